#pragma once

// Branch and bound for plans that must fit a given size. After Moffitt, "MiniMalloc: A Lightweight
// Memory Allocator for Hardware-Accelerated Machine Learning", ASPLOS 2023: requests are placed
// from the bottom up, each on what lies beneath it, and a branch is left as soon as some step can
// no longer hold what is still to come.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "planner/arena.h"

namespace primer::inference {

class ArenaSearch {
 public:
  // Requests without bytes must be left out. The longest lists that the search takes on:
  static constexpr std::size_t kMostRequests = 512;

  explicit ArenaSearch(std::span<const ArenaRequest> requests);

  // Offsets of a plan of at most `capacity` bytes, if one is found. Lowers `effort` by what was
  // spent; gives up when nothing is left.
  std::optional<std::vector<std::uint64_t>> find(std::uint64_t capacity, std::uint64_t& effort);

 private:
  struct Item {
    std::uint64_t bytes = 0;
    // The moments at which it is needed: those of `first_` to `last_`, and moment 0 for outputs.
    std::size_t first = 0;
    std::size_t last = 0;
    bool at_start = false;
    std::uint64_t rest = 0;  // the top of what lies beneath it so far
    bool placed = false;
  };
  struct Choice {
    std::uint64_t offset;
    std::size_t item;
  };

  template <typename Visit>
  void forMoments(const Item& item, Visit visit) const;
  bool look(std::uint64_t floor, std::size_t last_item);
  bool fits(std::uint64_t floor);
  bool spend(std::uint64_t effort);

  std::vector<Item> items_;                // the most awkward first
  std::vector<std::size_t> request_;       // of each item
  std::vector<std::uint64_t> floor_;       // of each moment: the top of what is placed there
  std::vector<std::uint64_t> to_come_;     // of each moment: bytes not yet placed
  std::vector<std::uint64_t> least_rest_;  // of each moment, over those not yet placed
  std::vector<std::uint64_t> offsets_;     // of each item
  std::uint64_t capacity_ = 0;
  std::uint64_t effort_ = 0;
  std::uint64_t look_effort_ = 0;  // what one look costs at most
  std::size_t left_ = 0;
};

}  // namespace primer::inference
