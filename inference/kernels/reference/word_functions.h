#pragma once

// The logistic function and tanh of 16-bit fixed point, as the gates of integer LSTMs are
// specified; and 1/sqrt in 32 bits, for their layer norms. Algorithms and constants are those of
// gemmlowp's fixed-point library (see exponential.h), whose 16-bit constants are its 32-bit ones,
// rounded. A value Q(n) has n bits above the point, a sign, and the rest below.

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernels/fixed_point.h"

namespace primer::inference::reference {

// High half of 2ab, rounded half up; x * 2^bits, saturated; x / 2^bits, rounded half away from
// zero.
std::int16_t wordHighMul(std::int16_t a, std::int16_t b);
std::int16_t wordShiftLeft(std::int16_t x, int bits);
std::int16_t wordShiftRight(std::int16_t x, int bits);

// logistic(x) in Q(0) of x in Q(3).
std::int16_t wordLogistic(std::int16_t x);

// tanh(x) in Q(0) of x in Q(integer_bits), integer_bits in 0..6.
std::int16_t wordTanh(std::int16_t x, int integer_bits);

// The same functions, worked out once for every argument: a gate asks for millions of values, and
// the algorithm above takes some forty operations for each. Both are symmetric, so that a table
// holds the arguments from -32768 to 0: 64 kB, made on first use and kept for the life of the
// process. Any thread.
class WordTable {
 public:
  static const WordTable& logistic();
  static const WordTable& tanh(int integer_bits);  // 0..6

  std::int16_t operator()(std::int16_t x) const {
    const std::int32_t value = negative_[static_cast<std::size_t>(x > 0 ? x : -x)];
    return static_cast<std::int16_t>(x > 0 ? mirror_ - value : value);
  }

  // `function` of 0 and of what is negative; of x > 0 it is mirror - function(-x).
  template <typename Function>
  WordTable(const Function& function, std::int32_t mirror);

 private:
  std::array<std::int16_t, 32769> negative_;  // of -i
  std::int32_t mirror_;
};

// 1/sqrt(x) as a multiplier, for x >= 0; x below 2 counts as 1.
Multiplier inverseRootMultiplier(std::int32_t x);

}  // namespace primer::inference::reference
