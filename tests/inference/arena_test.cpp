#include "planner/arena.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <random>

#include "planner/arena_orders.h"
#include "time_bound.h"

namespace primer::inference {
namespace {

void expectSound(const std::vector<ArenaRequest>& requests, const ArenaPlan& plan) {
  ASSERT_EQ(plan.offsets.size(), requests.size());
  for (std::size_t a = 0; a < requests.size(); ++a) {
    EXPECT_EQ(plan.offsets[a] % kArenaAlignment, 0u);
    EXPECT_LE(plan.offsets[a] + requests[a].bytes, plan.bytes);
    for (std::size_t b = a + 1; b < requests.size(); ++b) {
      if (!needTogether(requests[a], requests[b])) continue;
      const bool apart = plan.offsets[a] + requests[a].bytes <= plan.offsets[b] ||
                         plan.offsets[b] + requests[b].bytes <= plan.offsets[a];
      EXPECT_TRUE(apart || requests[a].bytes == 0 || requests[b].bytes == 0)
          << "requests " << a << " and " << b << " share bytes while both live";
    }
  }
}

TEST(Arena, NothingNeedsNothing) { EXPECT_EQ(planArena({}).bytes, 0u); }

TEST(Arena, ReusesWhatIsNoLongerNeeded) {
  // A chain: each tensor lives from its operator to the next.
  const std::vector<ArenaRequest> chain = {
      {640, 0, 1, false}, {1280, 1, 2, false}, {640, 2, 3, false}, {1280, 3, 4, false}};
  const auto plan = planArena(chain);
  expectSound(chain, plan);
  EXPECT_EQ(plan.bytes, 640u + 1280u);
}

TEST(Arena, FillsTheSmallestGapThatHolds) {
  // When the last is placed there are gaps of 256 and 128 below the block that lives on.
  const std::vector<ArenaRequest> requests = {{1024, 0, 9, false}, {512, 0, 1, false},
                                              {256, 0, 9, false},  {128, 0, 1, false},
                                              {64, 0, 9, false},   {128, 5, 6, false}};
  const auto plan = planArena(requests);
  expectSound(requests, plan);
  EXPECT_EQ(plan.bytes, arenaLowerBound(requests));
}

TEST(Arena, OutputsStayWhileTheNextInputsAreWritten) {
  const ArenaRequest input{64, 0, 1, false};
  const ArenaRequest output{64, 3, 4, true};
  EXPECT_TRUE(needTogether(input, output));
  const std::vector<ArenaRequest> requests = {input, output};
  EXPECT_EQ(planArena(requests).bytes, 128u);
  EXPECT_EQ(arenaLowerBound(requests), 128u);
}

std::vector<ArenaRequest> randomRequests(std::mt19937& random, std::size_t most) {
  std::vector<ArenaRequest> requests(1 + random() % most);
  const std::size_t steps = 2 + requests.size() / 2;
  for (auto& request : requests) {
    // One draw a statement: the lists are the same however this is compiled.
    const bool none = random() % 5 == 0;
    const std::size_t most_bytes = random() % 3 == 0 ? 50000 : 5000;
    request.bytes = none ? 0 : random() % most_bytes;
    request.first = random() % steps;
    const std::size_t longest = random() % 10 == 0 ? steps : 6;
    request.last = request.first + random() % longest;
    request.kept_for_next_run = random() % 10 == 0;
  }
  return requests;
}

TEST(Arena, IsSoundNeverAboveGreedyAndMostlyAtTheBound) {
  std::mt19937 random(11);
  int greedy_at_bound = 0;
  int at_bound = 0;
  constexpr int kTrials = 300;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto requests = randomRequests(random, 60);
    const auto greedy = greedyArena(requests);
    const auto plan = planArena(requests);
    expectSound(requests, greedy);
    expectSound(requests, plan);
    const auto bound = arenaLowerBound(requests);
    EXPECT_GE(plan.bytes, bound);
    EXPECT_LE(plan.bytes, greedy.bytes);
    greedy_at_bound += greedy.bytes == bound ? 1 : 0;
    at_bound += plan.bytes == bound ? 1 : 0;
    EXPECT_EQ(planArena(requests).offsets, plan.offsets);
  }
  // Not promised for every list; this is what they give here, and a change for the worse is seen.
  EXPECT_LT(greedy_at_bound, kTrials * 8 / 10);
  EXPECT_GE(at_bound, kTrials * 94 / 100) << at_bound;
}

// The least that any plan needs, by trying every order: in one of them first fit is at its best.
std::uint64_t leastOfAllOrders(const std::vector<ArenaRequest>& requests) {
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto least = std::numeric_limits<std::uint64_t>::max();
  do {
    least = std::min(least, placeInOrder(requests, order, Gap::kFirst).bytes);
  } while (std::next_permutation(order.begin(), order.end()));
  return least;
}

TEST(Arena, FindsTheLeastOfSmallLists) {
  std::mt19937 random(13);
  int above_bound = 0;
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<ArenaRequest> requests(2 + random() % 6);
    for (auto& request : requests) {
      request.bytes = kArenaAlignment * (1 + random() % 9);
      request.first = random() % 6;
      request.last = request.first + random() % 4;
      request.kept_for_next_run = random() % 8 == 0;
    }
    const auto least = leastOfAllOrders(requests);
    EXPECT_EQ(planArena(requests).bytes, least) << "trial " << trial;
    above_bound += least > arenaLowerBound(requests) ? 1 : 0;
  }
  std::printf("%d of 300 lists cannot reach their bound\n", above_bound);
}

// The activations of MobileNet v1 0.25 at 128 pixels: the case that greedy is known to miss.
TEST(Arena, ReachesTheBoundOfMobileNetWhereGreedyDoesNot) {
  constexpr std::array<std::uint64_t, 30> kSizes = {
      49152, 32768, 32768, 65536, 16384, 32768, 32768, 32768, 8192, 16384,
      16384, 16384, 4096,  8192,  8192,  8192,  8192,  8192,  8192, 8192,
      8192,  8192,  8192,  8192,  2048,  4096,  4096,  4096,  256,  1024};
  std::vector<ArenaRequest> requests;
  for (std::size_t i = 0; i < kSizes.size(); ++i) {
    requests.push_back({kSizes[i], i, i + 1, i + 1 == kSizes.size()});
  }
  EXPECT_EQ(arenaLowerBound(requests), 98304u);
  EXPECT_EQ(greedyArena(requests).bytes, 114688u);
  const auto plan = planArena(requests);
  expectSound(requests, plan);
  EXPECT_EQ(plan.bytes, 98304u);
}

TEST(Arena, EffortIsBounded) {
  std::mt19937 random(14);
  std::vector<ArenaRequest> many(400);
  for (auto& request : many) {
    request.bytes = 1 + random() % 50000;
    request.first = random() % 200;
    request.last = request.first + random() % 40;
  }
  // No effort is greedy alone; more effort is never worse.
  EXPECT_EQ(planArena(many, {0}).offsets, greedyArena(many).offsets);
  EXPECT_EQ(planArena(many, {.of_byte = 0}).offsets, greedyArena(many).offsets);
  auto before = planArena(many, {0}).bytes;
  for (const std::uint64_t effort : {1'000'000u, 4'000'000u, 16'000'000u}) {
    ArenaPlan plan;
    const double taken = test::threadMilliseconds([&] { plan = planArena(many, {effort}); });
    EXPECT_LE(plan.bytes, before);
    before = plan.bytes;
    // A hundred times what it should take: a machine may be slow, but not lost.
    EXPECT_LT(taken, (static_cast<double>(effort) * 1e-4 + 200) * test::kSlowBuild);
  }
}

// As many requests as the loader's limits on tensors and operators let through.
TEST(Arena, TheLongestListsTakeSecondsNotMinutes) {
  std::mt19937 random(15);
  std::vector<ArenaRequest> chain(80000);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    chain[i] = {1 + random() % 5000, i, i + 1 + (i % 7 == 0 ? 5 : 0), false};
  }
  std::size_t bytes = 0;
  const double taken = test::threadMilliseconds([&] { bytes = planArena(chain).bytes; });
  EXPECT_GE(bytes, arenaLowerBound(chain));
  EXPECT_LT(taken, 10'000 * test::kSlowBuild);
}

// An independent, slower way to say what greedy by size means: at each offset in steps of the
// alignment, from the smallest gap.
TEST(Arena, IsGreedyBySize) {
  std::mt19937 random(12);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<ArenaRequest> requests(1 + random() % 12);
    for (auto& request : requests) {
      request.bytes = kArenaAlignment * (1 + random() % 12);
      request.first = random() % 8;
      request.last = request.first + random() % 4;
    }
    std::vector<std::size_t> order(requests.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return requests[a].bytes > requests[b].bytes;
    });
    constexpr std::size_t kUnits = 200;
    std::vector<std::uint64_t> offsets(requests.size(), 0);
    std::uint64_t total = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
      const auto& request = requests[order[rank]];
      std::vector<bool> taken(kUnits, false);
      for (std::size_t other = 0; other < rank; ++other) {
        if (!needTogether(request, requests[order[other]])) continue;
        const auto first = offsets[order[other]] / kArenaAlignment;
        const auto count = requests[order[other]].bytes / kArenaAlignment;
        std::fill_n(taken.begin() + static_cast<std::ptrdiff_t>(first), count, true);
      }
      const std::size_t size = request.bytes / kArenaAlignment;
      std::size_t best = kUnits;
      std::size_t best_gap = kUnits + 1;
      for (std::size_t begin = 0; begin < kUnits;) {
        if (taken[begin]) {
          ++begin;
          continue;
        }
        std::size_t end = begin;
        while (end < kUnits && !taken[end]) ++end;
        const std::size_t gap = end == kUnits ? kUnits : end - begin;  // beyond the last: endless
        if (gap >= size && gap < best_gap) {
          best = begin;
          best_gap = gap;
        }
        begin = end;
      }
      offsets[order[rank]] = best * kArenaAlignment;
      total = std::max<std::uint64_t>(total, (best + size) * kArenaAlignment);
    }
    const auto plan = greedyArena(requests);
    EXPECT_EQ(plan.offsets, offsets);
    EXPECT_EQ(plan.bytes, total);
  }
}

}  // namespace
}  // namespace primer::inference
