#include "planner/arena_search.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "planner/arena_orders.h"

namespace primer::inference {

// Moments are the steps at which something begins to be needed: what is needed together at any
// step is needed together at the latest moment up to it.
ArenaSearch::ArenaSearch(std::span<const ArenaRequest> requests) {
  std::vector<std::size_t> moments = {0};
  for (const auto& request : requests) moments.push_back(request.first);
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  const auto momentUpTo = [&](std::size_t step) {
    return static_cast<std::size_t>(std::upper_bound(moments.begin(), moments.end(), step) -
                                    moments.begin()) -
           1;
  };
  request_.resize(requests.size());
  std::iota(request_.begin(), request_.end(), std::size_t{0});
  const auto area = [&](std::size_t r) {
    return arenaAligned(requests[r].bytes) *
           (momentUpTo(requests[r].last) - momentUpTo(requests[r].first) + 1);
  };
  std::vector<std::uint64_t> keys;
  keys.reserve(requests.size());
  for (const auto r : request_) keys.push_back(~area(r));
  sortByKeys(request_, keys);
  floor_.assign(moments.size(), 0);
  for (const auto r : request_) {
    Item item;
    item.bytes = arenaAligned(requests[r].bytes);
    item.first = momentUpTo(requests[r].first);
    item.last = momentUpTo(requests[r].last);
    item.at_start = requests[r].kept_for_next_run && item.first > 0;
    items_.push_back(item);
    look_effort_ += 24 + 12 * (item.last - item.first + 1);
  }
  look_effort_ += 3 * floor_.size();
}

template <typename Visit>
void ArenaSearch::forMoments(const Item& item, Visit visit) const {
  for (std::size_t moment = item.first; moment <= item.last; ++moment) visit(moment);
  if (item.at_start) visit(std::size_t{0});
}

std::optional<std::vector<std::uint64_t>> ArenaSearch::find(std::uint64_t capacity,
                                                            std::uint64_t& effort) {
  if (items_.size() > kMostRequests) return std::nullopt;
  std::fill(floor_.begin(), floor_.end(), 0);
  to_come_.assign(floor_.size(), 0);
  least_rest_.assign(floor_.size(), 0);
  offsets_.assign(items_.size(), 0);
  for (auto& item : items_) {
    item.placed = false;
    item.rest = 0;
    forMoments(item, [&](std::size_t moment) { to_come_[moment] += item.bytes; });
  }
  capacity_ = capacity;
  effort_ = effort;
  left_ = items_.size();
  const bool found = look(0, items_.size());
  effort = effort_;
  if (!found) return std::nullopt;
  std::vector<std::uint64_t> offsets(items_.size(), 0);
  for (std::size_t i = 0; i < items_.size(); ++i) offsets[request_[i]] = offsets_[i];
  return offsets;
}

bool ArenaSearch::spend(std::uint64_t effort) {
  effort_ -= std::min(effort_, effort);
  return effort_ > 0;
}

// Whether each moment still has room for what is to come, all of which will lie at `floor` or above
// and none of it below what it must rest on.
bool ArenaSearch::fits(std::uint64_t floor) {
  constexpr auto kNone = std::numeric_limits<std::uint64_t>::max();
  std::fill(least_rest_.begin(), least_rest_.end(), kNone);
  for (const auto& item : items_) {
    if (item.placed) continue;
    const auto rest = std::max(item.rest, floor);
    if (rest + item.bytes > capacity_) return false;
    forMoments(item, [&](std::size_t moment) {
      least_rest_[moment] = std::min(least_rest_[moment], rest);
    });
  }
  for (std::size_t moment = 0; moment < floor_.size(); ++moment) {
    if (to_come_[moment] == 0) continue;
    if (std::max(floor_[moment], least_rest_[moment]) + to_come_[moment] > capacity_) return false;
  }
  return true;
}

// Places what is left, nothing lower than `floor`; what lies at `floor` itself is placed in the
// order of items, so that no set of neighbours is tried in every order.
bool ArenaSearch::look(std::uint64_t floor, std::size_t last_item) {
  if (left_ == 0) return true;
  if (!spend(look_effort_) || !fits(floor)) return false;
  // Something that would end below the next offset could be slid beneath it: another branch has it.
  auto lowest_top = std::numeric_limits<std::uint64_t>::max();
  for (const auto& item : items_) {
    if (!item.placed) lowest_top = std::min(lowest_top, item.rest + item.bytes);
  }
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const auto& item = items_[i];
    if (item.placed || item.rest < floor || item.rest >= lowest_top) continue;
    if (item.rest == floor && last_item != items_.size() && i < last_item) continue;
    choices.push_back({item.rest, i});
  }
  std::sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
    return std::pair(a.offset, a.item) < std::pair(b.offset, b.item);
  });
  std::vector<std::uint64_t> rests_before(items_.size());
  std::vector<std::uint64_t> floors_before;
  for (const auto& choice : choices) {
    auto& item = items_[choice.item];
    const auto top = choice.offset + item.bytes;
    floors_before.clear();
    forMoments(item, [&](std::size_t moment) {
      floors_before.push_back(floor_[moment]);
      floor_[moment] = top;
      to_come_[moment] -= item.bytes;
    });
    for (std::size_t i = 0; i < items_.size(); ++i) {
      rests_before[i] = items_[i].rest;
      if (items_[i].placed) continue;
      forMoments(items_[i], [&](std::size_t moment) {
        items_[i].rest = std::max(items_[i].rest, floor_[moment]);
      });
    }
    item.placed = true;
    --left_;
    offsets_[choice.item] = choice.offset;
    if (look(choice.offset, choice.item)) return true;
    ++left_;
    item.placed = false;
    std::size_t next = 0;
    forMoments(item, [&](std::size_t moment) {
      floor_[moment] = floors_before[next++];
      to_come_[moment] += item.bytes;
    });
    for (std::size_t i = 0; i < items_.size(); ++i) items_[i].rest = rests_before[i];
    if (effort_ == 0) return false;
  }
  return false;
}

}  // namespace primer::inference
