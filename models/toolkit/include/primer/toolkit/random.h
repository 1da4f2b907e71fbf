#pragma once

// Random numbers that are the same on every machine and compiler: for initial weights, augmentation
// and shuffling, so that a recipe and a seed name one model.

#include <cstdint>

#include "primer/base/split_mix.h"

namespace primer::toolkit {

class Random : public SplitMix {
 public:
  using SplitMix::SplitMix;

  // An independent stream for each combination of numbers: Random(seed, epoch, index).
  template <typename... More>
  Random(std::uint64_t seed, std::uint64_t next, More... more)
      : Random(Random(seed * 0xd1342543de82ef95u + next).bits(), more...) {}

  double uniform();                                      // [0, 1)
  double uniform(double low, double high);               // [low, high)
  std::uint64_t below(std::uint64_t count);              // 0 .. count-1; 0 < count < 2^53
  double normal(double mean = 0, double deviation = 1);  // Box and Muller
  bool chance(double probability) { return uniform() < probability; }
};

}  // namespace primer::toolkit
