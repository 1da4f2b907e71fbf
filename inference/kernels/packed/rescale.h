#pragma once

// The reference's two roundings (DoubleRounding) in the form that vectors of 32-bit lanes do best:
// one product, its upper half, one addition, one shift.
//
// With a multiplier m, a right shift e >= 1 and s = +1 or -1 as the sum's sign, the reference gives
//   floor((sum m + 2^(30+e) + s 2^30) / 2^(31+e)),
// which is, with both sides of the fraction divided by 2^30,
//   floor((sum m / 2^30 + 2^e + s) / 2^(e+1)).
// 2^e + s is whole, and so is the divisor: cutting sum m / 2^30 to a whole number first changes
// nothing. That number is the upper half of the 64-bit product (4 sum) m. The output's zero point z
// is z 2^(e+1) beside 2^e. For e = 0 the reference has no term of the sign.
// tests/inference/rescale_test.cpp holds the equality, wholly for a small problem.

#include <cstdint>
#include <optional>

#include "kernels/fixed_point.h"

namespace primer::inference::packed {

// Sums whose fourfold fits 32 bits with room for the rest.
inline constexpr std::int64_t kMostSum = std::int64_t{1} << 29;

struct HighHalf {
  std::int32_t multiplier = 0;
  std::int32_t addend = 0;
  std::int32_t shift = 0;
  std::int32_t sign = 0;  // taken off for sums below zero

  // For sums of a magnitude below kMostSum. Nothing where the factor is 1 or more, or so small that
  // the zero point would not fit beside it.
  static std::optional<HighHalf> make(Multiplier m, std::int32_t zero_point) {
    constexpr int kMostShift = 21;
    if (m.value == 0) m.shift = 0;
    const int e = -m.shift;
    if (e < 0 || e > kMostShift) return std::nullopt;
    HighHalf result;
    result.multiplier = m.value;
    result.shift = e + 1;
    result.addend = (1 << e) + (e > 0 ? 1 : 0) + zero_point * (1 << (e + 1));
    result.sign = e > 0 ? 2 : 0;
    return result;
  }

  // The zero point in it, not clamped to the output's type.
  std::int32_t operator()(std::int32_t sum) const {
    const auto high =
        static_cast<std::int32_t>((static_cast<std::int64_t>(sum) * 4 * multiplier) >> 32);
    return (high + addend - (sum < 0 ? sign : 0)) >> shift;
  }
};

}  // namespace primer::inference::packed
