#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "planner/arena.h"
#include "planner/arena_orders.h"

namespace primer::inference {

bool needTogether(const ArenaRequest& a, const ArenaRequest& b) {
  if (a.first <= b.last && b.first <= a.last) return true;
  const bool a_at_start = a.kept_for_next_run || a.first == 0;
  const bool b_at_start = b.kept_for_next_run || b.first == 0;
  return a_at_start && b_at_start;
}

namespace {

// What is placed so far, by offset: all of it, and in one list for each stretch of steps, so that a
// request of a short life need not look at all that live at another time.
class Placed {
 public:
  explicit Placed(std::span<const ArenaRequest> requests) : requests_(requests) {
    constexpr std::size_t kWorthAList = 64;
    constexpr std::size_t kMostLists = 1024;
    std::size_t steps = 1;
    for (const auto& request : requests) steps = std::max(steps, request.last + 1);
    const auto lists = std::clamp<std::size_t>(requests.size() / kWorthAList, 1, kMostLists);
    width_ = (steps + lists - 1) / lists;
    lists_.resize((steps + width_ - 1) / width_);
    all_.reserve(requests.size());
  }

  void add(std::size_t index, const std::vector<std::uint64_t>& offsets) {
    const auto insert = [&](std::vector<std::size_t>& list) {
      const auto at = std::upper_bound(
          list.begin(), list.end(), offsets[index],
          [&](std::uint64_t offset, std::size_t other) { return offset < offsets[other]; });
      list.insert(at, index);
    };
    insert(all_);
    if (lists_.size() == 1) return;
    const auto& request = requests_[index];
    for (auto list = firstList(index); list <= lastList(index); ++list) insert(lists_[list]);
    if (request.kept_for_next_run && firstList(index) > 0) insert(lists_[0]);
  }

  // Those that may be needed together with a request, by offset. Valid until the next call.
  const std::vector<std::size_t>& candidates(std::size_t index,
                                             const std::vector<std::uint64_t>& offsets) {
    constexpr std::size_t kShortLife = 4;  // in lists
    const auto first = firstList(index);
    const auto last = lastList(index);
    if (lists_.size() == 1 || last - first >= kShortLife) return all_;
    const bool at_start = requests_[index].kept_for_next_run && first > 0;
    if (first == last && !at_start) return lists_[first];
    found_.clear();
    for (auto list = first; list <= last; ++list) {
      for (const auto other : lists_[list]) {
        if (list == first || firstList(other) == list) found_.push_back(other);
      }
    }
    if (at_start) found_.insert(found_.end(), lists_[0].begin(), lists_[0].end());
    std::sort(found_.begin(), found_.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(offsets[a], a) < std::pair(offsets[b], b);
    });
    return found_;
  }

 private:
  std::size_t firstList(std::size_t index) const { return requests_[index].first / width_; }
  std::size_t lastList(std::size_t index) const { return requests_[index].last / width_; }

  std::span<const ArenaRequest> requests_;
  std::size_t width_ = 1;  // of a stretch, in steps
  std::vector<std::size_t> all_;
  std::vector<std::vector<std::size_t>> lists_;
  std::vector<std::size_t> found_;
};

}  // namespace

ArenaPlan placeInOrder(std::span<const ArenaRequest> requests, std::span<const std::size_t> order,
                       Gap gap) {
  ArenaPlan plan;
  plan.offsets.assign(requests.size(), 0);
  Placed placed(requests);
  constexpr auto kNone = std::numeric_limits<std::uint64_t>::max();
  for (const auto index : order) {
    const auto size = arenaAligned(requests[index].bytes);
    if (size == 0) continue;
    std::uint64_t best_offset = 0;
    auto best_gap = kNone;
    std::uint64_t end = 0;  // of what was passed so far
    for (const auto other : placed.candidates(index, plan.offsets)) {
      if (!needTogether(requests[index], requests[other])) continue;
      const auto offset = plan.offsets[other];
      if (offset > end && offset - end >= size && offset - end < best_gap) {
        best_gap = offset - end;
        best_offset = end;
        if (gap == Gap::kFirst) break;
      }
      end = std::max(end, offset + arenaAligned(requests[other].bytes));
    }
    if (best_gap == kNone) best_offset = end;
    plan.offsets[index] = best_offset;
    plan.bytes = std::max(plan.bytes, best_offset + size);
    placed.add(index, plan.offsets);
  }
  return plan;
}

void sortByKeys(std::vector<std::size_t>& order, const std::vector<std::uint64_t>& keys) {
  std::vector<std::pair<std::uint64_t, std::size_t>> places;
  places.reserve(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    places.emplace_back(keys[place], place);
  }
  std::sort(places.begin(), places.end());
  const auto before = order;
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = before[places[i].second];
}

std::vector<std::size_t> orderBySize(std::span<const ArenaRequest> requests) {
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<std::uint64_t> keys;
  keys.reserve(requests.size());
  for (const auto& request : requests) keys.push_back(~std::uint64_t{request.bytes});
  sortByKeys(order, keys);
  return order;
}

ArenaPlan greedyArena(std::span<const ArenaRequest> requests) {
  return placeInOrder(requests, orderBySize(requests), Gap::kSmallest);
}

std::uint64_t arenaLowerBound(std::span<const ArenaRequest> requests) {
  std::size_t steps = 1;
  for (const auto& request : requests) steps = std::max(steps, request.last + 1);
  std::vector<std::int64_t> change(steps + 1, 0);
  for (const auto& request : requests) {
    const auto size = static_cast<std::int64_t>(arenaAligned(request.bytes));
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
