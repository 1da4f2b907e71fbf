#pragma once

// Random numbers that are the same on every machine: for fitting.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "primer/base/split_mix.h"

namespace primer::knowledge {

class Numbers : public SplitMix {
 public:
  using SplitMix::SplitMix;

  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }  // [0, 1)
  bool chance(double p) { return uniform() < p; }

  template <typename T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[bits() % i]);
  }
};

}  // namespace primer::knowledge
