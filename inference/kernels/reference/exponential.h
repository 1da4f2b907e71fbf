#pragma once

// exp and 1/(1+x) in 32-bit fixed point, as SOFTMAX on bytes is specified. A value Q(n) has n bits
// above the point, a sign, and 31 - n below. The algorithms and constants are those of gemmlowp's
// fixed-point library (Jacob et al., "Quantization and Training of Neural Networks for Efficient
// Integer-Arithmetic-Only Inference", 2018), which the format's kernels use.

#include <bit>
#include <cstdint>
#include <limits>

#include "kernels/fixed_point.h"

namespace primer::inference::reference {

inline std::int32_t saturatingShiftLeft(std::int32_t x, int bits) {
  const std::int32_t limit = std::numeric_limits<std::int32_t>::max() >> bits;
  if (x > limit) return std::numeric_limits<std::int32_t>::max();
  if (x < -limit - 1) return std::numeric_limits<std::int32_t>::min();
  return x * (1 << bits);
}

// exp(a) in Q(0) for a in [-1/4, 0), Q(0): a Taylor polynomial around -1/8.
inline std::int32_t expNearZero(std::int32_t a) {
  constexpr std::int32_t kExpOfMinusOneEighth = 1895147668;
  constexpr std::int32_t kOneThird = 715827883;
  const std::int32_t x = a + (1 << 28);
  const std::int32_t x2 = roundingDoublingHighMul(x, x);
  const std::int32_t x3 = roundingDoublingHighMul(x2, x);
  const std::int32_t x4_over_4 = roundingDivideByPowerOfTwo(roundingDoublingHighMul(x2, x2), 2);
  const std::int32_t higher =
      roundingDivideByPowerOfTwo(roundingDoublingHighMul(x4_over_4 + x3, kOneThird) + x2, 1);
  return kExpOfMinusOneEighth + roundingDoublingHighMul(kExpOfMinusOneEighth, x + higher);
}

// exp(a) in Q(0) for a <= 0 in Q(5).
inline std::int32_t expOfNegative(std::int32_t a) {
  constexpr int kFraction = 26;
  constexpr std::int32_t kQuarter = 1 << (kFraction - 2);
  // exp(-2^e) in Q(0) for e = -2 .. 4.
  constexpr std::int32_t kFactors[] = {1672461947, 1302514674, 790015084, 290630308,
                                       39332535,   720401,     242};
  if (a == 0) return std::numeric_limits<std::int32_t>::max();
  const std::int32_t below_quarter = (a & (kQuarter - 1)) - kQuarter;
  std::int32_t result = expNearZero(saturatingShiftLeft(below_quarter, 5));
  const std::int32_t quarters = below_quarter - a;
  for (int e = 0; e < 7; ++e) {
    if ((quarters & (kQuarter << e)) != 0) result = roundingDoublingHighMul(result, kFactors[e]);
  }
  return result;
}

// 1 / (1 + a) in Q(0) for a in [0, 1), Q(0): three steps of Newton and Raphson.
inline std::int32_t reciprocalOfOnePlus(std::int32_t a) {
  constexpr std::int32_t k48Over17 = 1515870810;  // Q(2)
  constexpr std::int32_t kMinus32Over17 = -1010580540;
  constexpr std::int32_t kOneQ2 = 1 << 29;
  const std::int64_t sum = static_cast<std::int64_t>(a) + std::numeric_limits<std::int32_t>::max();
  const auto half = static_cast<std::int32_t>((sum + (sum >= 0 ? 1 : -1)) / 2);
  std::int32_t x = k48Over17 + roundingDoublingHighMul(half, kMinus32Over17);
  for (int step = 0; step < 3; ++step) {
    const std::int32_t error = kOneQ2 - roundingDoublingHighMul(half, x);
    x += saturatingShiftLeft(roundingDoublingHighMul(x, error), 2);
  }
  return saturatingShiftLeft(x, 1);
}

// x in Q(12), positive, as reciprocal in Q(0) and how many bits x has above one.
struct Reciprocal {
  std::int32_t value = 0;
  int bits_over_one = 0;
};
inline Reciprocal reciprocal(std::int32_t x) {
  constexpr int kIntegerBits = 12;
  const int headroom = std::countl_zero(static_cast<std::uint32_t>(x));
  const auto above_one =
      static_cast<std::int32_t>((static_cast<std::uint32_t>(x) << headroom) - (1u << 31));
  return {reciprocalOfOnePlus(above_one), kIntegerBits - headroom};
}

}  // namespace primer::inference::reference
