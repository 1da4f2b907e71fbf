#include "src/arena_planner.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace primer::inference {
namespace {

std::uint64_t aligned(std::uint64_t bytes) {
  return (bytes + kArenaAlignment - 1) / kArenaAlignment * kArenaAlignment;
}

}  // namespace

bool needTogether(const ArenaRequest& a, const ArenaRequest& b) {
  if (a.first <= b.last && b.first <= a.last) return true;
  const bool a_at_start = a.kept_for_next_run || a.first == 0;
  const bool b_at_start = b.kept_for_next_run || b.first == 0;
  return a_at_start && b_at_start;
}

ArenaPlan planArena(std::span<const ArenaRequest> requests) {
  std::vector<std::size_t> by_size(requests.size());
  std::iota(by_size.begin(), by_size.end(), std::size_t{0});
  std::stable_sort(by_size.begin(), by_size.end(), [&](std::size_t a, std::size_t b) {
    return requests[a].bytes > requests[b].bytes;
  });

  ArenaPlan plan;
  plan.offsets.assign(requests.size(), 0);
  std::vector<std::size_t> placed;  // by offset
  for (const auto index : by_size) {
    const auto size = aligned(requests[index].bytes);
    if (size == 0) continue;
    std::uint64_t best_offset = 0;
    auto best_gap = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t end = 0;  // of what was passed so far
    for (const auto other : placed) {
      if (!needTogether(requests[index], requests[other])) continue;
      const auto offset = plan.offsets[other];
      if (offset > end && offset - end >= size && offset - end < best_gap) {
        best_gap = offset - end;
        best_offset = end;
      }
      end = std::max(end, offset + aligned(requests[other].bytes));
    }
    if (best_gap == std::numeric_limits<std::uint64_t>::max()) best_offset = end;
    plan.offsets[index] = best_offset;
    plan.bytes = std::max(plan.bytes, best_offset + size);
    const auto at = std::upper_bound(
        placed.begin(), placed.end(), best_offset,
        [&](std::uint64_t offset, std::size_t other) { return offset < plan.offsets[other]; });
    placed.insert(at, index);
  }
  return plan;
}

std::uint64_t arenaLowerBound(std::span<const ArenaRequest> requests) {
  std::size_t steps = 1;
  for (const auto& request : requests) steps = std::max(steps, request.last + 1);
  std::vector<std::int64_t> change(steps + 1, 0);
  for (const auto& request : requests) {
    const auto size = static_cast<std::int64_t>(aligned(request.bytes));
    change[request.first] += size;
    change[request.last + 1] -= size;
    if (request.kept_for_next_run && request.first > 0) {
      change[0] += size;
      change[1] -= size;
    }
  }
  std::int64_t now = 0;
  std::int64_t most = 0;
  for (const auto delta : change) {
    now += delta;
    most = std::max(most, now);
  }
  return static_cast<std::uint64_t>(most);
}

}  // namespace primer::inference
