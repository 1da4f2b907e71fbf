#pragma once

// Random numbers that are the same on every machine: a seed makes the same lesson everywhere.
// (std::uniform_int_distribution and std::shuffle may differ from library to library.)
//
// SplitMix64, see split_mix.h. Bounded numbers: D. Lemire, "Fast random integer generation in an
// interval", ACM TOMACS 29 (2019), without bias.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "primer/base/split_mix.h"

namespace primer::content {

class Random {
 public:
  explicit Random(std::uint64_t seed) : bits_(seed) {}

  std::uint64_t next() { return bits_.bits(); }

  // 0 .. bound-1, each equally likely. `bound` must not be 0.
  std::uint32_t below(std::uint32_t bound) {
    std::uint64_t product = (next() >> 32) * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
      const std::uint32_t unfair = (0U - bound) % bound;
      while (static_cast<std::uint32_t>(product) < unfair) product = (next() >> 32) * bound;
    }
    return static_cast<std::uint32_t>(product >> 32);
  }

  template <typename T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t left = values.size(); left > 1; --left) {
      std::swap(values[left - 1], values[below(static_cast<std::uint32_t>(left))]);
    }
  }

 private:
  SplitMix bits_;
};

}  // namespace primer::content
