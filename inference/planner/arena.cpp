#include "planner/arena.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "planner/arena_orders.h"
#include "planner/arena_search.h"

namespace primer::inference {
namespace {

using Order = std::vector<std::size_t>;

// Those that take memory, in the order given.
class Planner {
 public:
  Planner(std::span<const ArenaRequest> requests, ArenaPlan greedy, std::uint64_t bound,
          std::uint64_t effort)
      : requests_(requests), effort_(effort), bound_(bound), best_(std::move(greedy)) {
    for (const auto r : orderBySize(requests)) {
      if (requests[r].bytes > 0) by_size_.push_back(r);
    }
    moments_ = 1;
    for (const auto& request : requests) moments_ = std::max(moments_, request.last + 1);
  }

  ArenaPlan plan() {
    tryOrders();
    repairOrder();
    searchHardest();
    return std::move(best_);
  }

 private:
  bool done() const { return best_.bytes <= bound_ || effort_ == 0; }

  // Places all in the given order and keeps what is better. Nothing, where the effort does not
  // allow a look at every pair any more.
  std::optional<ArenaPlan> place(const Order& order, Gap gap) {
    const std::uint64_t cost = 2 * order.size() * order.size() + 1;
    if (cost > effort_) {
      effort_ = 0;
      return std::nullopt;
    }
    effort_ -= cost;
    auto plan = placeInOrder(requests_, order, gap);
    if (plan.bytes < best_.bytes) best_ = plan;
    return plan;
  }

  std::uint64_t length(std::size_t r) const { return requests_[r].last - requests_[r].first + 1; }

  // The least key first.
  Order sorted(std::uint64_t (*key)(const Planner&, std::size_t)) const {
    Order order = by_size_;
    std::vector<std::uint64_t> keys;
    keys.reserve(order.size());
    for (const auto r : order) keys.push_back(key(*this, r));
    sortByKeys(order, keys);
    return order;
  }

  void tryOrders() {
    const auto by_area = [](const Planner& p, std::size_t r) {
      return ~(p.requests_[r].bytes * p.length(r));
    };
    const auto by_length = [](const Planner& p, std::size_t r) { return ~p.length(r); };
    const auto by_first = [](const Planner& p, std::size_t r) {
      return std::uint64_t{p.requests_[r].first};
    };
    for (const auto& order : {by_size_, sorted(by_area), sorted(by_length), sorted(by_first)}) {
      for (const auto gap : {Gap::kFirst, Gap::kSmallest}) {
        if (done()) return;
        place(order, gap);
      }
    }
  }

  // What ended above the bound was placed too late: it moves forward, and all are placed again.
  void repairOrder() {
    constexpr int kMostRounds = 200;
    Order order = by_size_;
    for (int round = 0; round < kMostRounds && !done(); ++round) {
      const auto plan = place(order, round % 2 == 0 ? Gap::kSmallest : Gap::kFirst);
      if (!plan) return;
      std::stable_partition(order.begin(), order.end(), [&](std::size_t r) {
        return plan->offsets[r] + arenaAligned(requests_[r].bytes) > bound_;
      });
    }
  }

  // Bytes needed at each step.
  std::vector<std::uint64_t> loads() const {
    std::vector<std::uint64_t> loads(moments_, 0);
    for (const auto r : by_size_) {
      const auto bytes = arenaAligned(requests_[r].bytes);
      for (auto step = requests_[r].first; step <= requests_[r].last; ++step) loads[step] += bytes;
      if (requests_[r].kept_for_next_run && requests_[r].first > 0) loads[0] += bytes;
    }
    return loads;
  }

  // Searches what is needed at the fullest steps; the rest, which is smaller, is placed around it.
  void searchHardest() {
    if (done() || by_size_.size() > ArenaSearch::kMostRequests) return;
    const auto load = loads();
    for (const std::uint64_t percent : {90u, 70u, 50u, 0u}) {
      const auto full = bound_ / 100 * percent;
      Order hard;
      Order rest;
      for (const auto r : by_size_) {
        bool is_hard = requests_[r].kept_for_next_run && load[0] > full;
        for (auto step = requests_[r].first; step <= requests_[r].last && !is_hard; ++step) {
          is_hard = load[step] > full;
        }
        (is_hard ? hard : rest).push_back(r);
      }
      auto share = percent == 0 ? effort_ : effort_ / 2;
      const auto before = share;
      searchAround(hard, rest, share);
      effort_ -= std::min(effort_, before - share);
      if (done()) return;
    }
  }

  void searchAround(const Order& hard, const Order& rest, std::uint64_t& effort) {
    std::vector<ArenaRequest> chosen;
    chosen.reserve(hard.size());
    for (const auto r : hard) chosen.push_back(requests_[r]);
    ArenaSearch search(chosen);
    // The bound itself has half of the effort; then any betterment will do.
    auto half = effort / 2;
    const auto before = half;
    auto found = search.find(bound_, half);
    effort -= before - half;
    if (!found) found = search.find(best_.bytes - kArenaAlignment, effort);
    if (!found) return;
    Order by_offset = hard;
    // Placed from the bottom up into the first gap, they land where the search put them or lower.
    sortByKeys(by_offset, *found);
    by_offset.insert(by_offset.end(), rest.begin(), rest.end());
    for (const auto gap : {Gap::kFirst, Gap::kSmallest}) place(by_offset, gap);
  }

  std::span<const ArenaRequest> requests_;
  std::uint64_t effort_;
  std::uint64_t bound_;
  ArenaPlan best_;
  Order by_size_;  // those that take memory
  std::size_t moments_ = 1;
};

}  // namespace

ArenaPlan planArena(std::span<const ArenaRequest> requests, const ArenaEffort& effort) {
  auto greedy = greedyArena(requests);
  const auto bound = arenaLowerBound(requests);
  if (greedy.bytes == bound) return greedy;
  const auto worth = (greedy.bytes - bound) * effort.of_byte;
  return Planner(requests, std::move(greedy), bound, std::min(effort.most, worth)).plan();
}

}  // namespace primer::inference
