#pragma once

// What the ways to plan an arena share: placing requests one after another.

#include <cstddef>
#include <span>
#include <vector>

#include "planner/arena.h"

namespace primer::inference {

enum class Gap : std::uint8_t { kSmallest, kFirst };

// Places the requests in the given order, each into the smallest or the first gap between those
// placed before it that holds it, or on top of them. Those left out of `order` get offset 0.
ArenaPlan placeInOrder(std::span<const ArenaRequest> requests, std::span<const std::size_t> order,
                       Gap gap);

// Brings `order` into the order of `keys`, one for each of its places, the least first; equals stay
// as they stand.
void sortByKeys(std::vector<std::size_t>& order, const std::vector<std::uint64_t>& keys);

// The largest first; equals as they stand.
std::vector<std::size_t> orderBySize(std::span<const ArenaRequest> requests);

}  // namespace primer::inference
