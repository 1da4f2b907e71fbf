#pragma once

// Random numbers that are the same on every machine.

#include <cstdint>

#include "primer/base/split_mix.h"

namespace primer::maths {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : bits_(seed) {}
  int from(int low, int high) {
    const auto span = static_cast<std::uint64_t>(high - low + 1);
    return low + static_cast<int>((bits_.bits() >> 32) * span >> 32);
  }
  int signedFrom(int low, int high) { return from(0, 1) == 0 ? from(low, high) : -from(low, high); }

 private:
  SplitMix bits_;
};

}  // namespace primer::maths
