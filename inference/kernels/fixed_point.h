#pragma once

// The integer arithmetic of quantised networks: a real factor as a 31-bit multiplier and a shift,
// and the ways to round when an accumulator is multiplied by it. These functions are the
// specification: every kernel, on every CPU, gives what they give.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace primer::inference {

// factor = multiplier * 2^(shift - 31), multiplier in [2^30, 2^31) or 0.
struct Multiplier {
  std::int32_t value = 0;
  int shift = 0;
};

// Rounds half away from zero to 31 bits. `factor` is not negative; below 2^-32 it becomes 0, from
// 2^30 on the greatest multiplier.
Multiplier quantizeMultiplier(double factor);

// High half of 2ab, rounded half up; saturates where both are the least int32.
inline std::int32_t roundingDoublingHighMul(std::int32_t a, std::int32_t b) {
  if (a == b && a == std::numeric_limits<std::int32_t>::min()) {
    return std::numeric_limits<std::int32_t>::max();
  }
  const std::int64_t product = static_cast<std::int64_t>(a) * b;
  const std::int64_t nudge = product >= 0 ? (1 << 30) : (1 - (1 << 30));
  return static_cast<std::int32_t>((product + nudge) / (std::int64_t{1} << 31));
}

// x / 2^exponent, rounded half away from zero; exponent in 0..31.
inline std::int32_t roundingDivideByPowerOfTwo(std::int32_t x, int exponent) {
  const std::int64_t mask = (std::int64_t{1} << exponent) - 1;
  const std::int64_t remainder = x & mask;
  const std::int64_t threshold = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> exponent) + (remainder > threshold ? 1 : 0);
}

// x * 2^shift in 32 bits that wrap, as the reference's compiled code does.
inline std::int32_t wrappingShiftLeft(std::int32_t x, int shift) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << shift);
}

// Mode D, two roundings: the specification in its own words. multiplyDouble() is the same, faster.
inline std::int32_t multiplyTwoRoundings(std::int32_t x, Multiplier m) {
  const int left = std::max(m.shift, 0);
  const int right = std::max(-m.shift, 0);
  if (std::max(left, right) > 31) return 0;  // scales far apart leave nothing of 32 bits
  return roundingDivideByPowerOfTwo(roundingDoublingHighMul(wrappingShiftLeft(x, left), m.value),
                                    right);
}

// A multiplier made ready for mode D with a single 64-bit shift: the two roundings are one with a
// threshold that depends on the sign of x. Equal to multiplyTwoRoundings for every x; the proof is
// in README.md, the test in tests/inference/fixed_point_test.cpp.
class DoubleRounding {
 public:
  DoubleRounding() = default;
  explicit DoubleRounding(Multiplier m)
      : multiplier_(m.value), left_(std::max(m.shift, 0)), right_(31 + std::max(-m.shift, 0)) {
    half_ = std::int64_t{1} << (right_ - 1);
    sign_ = right_ > 31 ? std::int64_t{1} << 30 : 0;
  }

  std::int32_t operator()(std::int32_t x) const {
    const std::int32_t shifted = wrappingShiftLeft(x, left_);
    const std::int64_t product = static_cast<std::int64_t>(shifted) * multiplier_;
    return static_cast<std::int32_t>((product + half_ + (shifted >= 0 ? sign_ : -sign_)) >> right_);
  }

 private:
  std::int64_t half_ = 0;
  std::int64_t sign_ = 0;
  std::int32_t multiplier_ = 0;
  int left_ = 0;
  int right_ = 31;
};

// The product in double, rounded once, half away from zero: what FULLY_CONNECTED does.
class RealRounding {
 public:
  RealRounding() = default;
  // Scales far apart make a factor that is infinite, and 0 times that is no number.
  explicit RealRounding(double factor) : factor_(std::min(factor, 1e300)) {}

  template <typename Sum>
  std::int32_t operator()(Sum x) const {
    constexpr double kLow = std::numeric_limits<std::int32_t>::min();
    constexpr double kHigh = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>(
        std::clamp(std::round(static_cast<double>(x) * factor_), kLow, kHigh));
  }

 private:
  double factor_ = 0.0;
};

// The exponent of a scale that is a power of two, or nearly one: the specification's measure.
std::optional<int> powerOfTwo(float scale);

// Sums of 64 bits (int16 inputs): a multiplier of 15 bits, one rounding, half up.
class WordRounding {
 public:
  WordRounding() = default;
  explicit WordRounding(Multiplier m)
      : multiplier_(m.value < 0x7fff0000 ? (m.value + (1 << 15)) >> 16 : 0x7fff),
        right_(15 - m.shift) {}

  // (sum + bias) scaled; saturates far outside int16 where the product would not fit.
  std::int64_t operator()(std::int64_t sum, std::int64_t bias) const {
    constexpr std::int64_t kMost = std::int64_t{1} << 46;
    const std::int64_t x = std::clamp(sum + std::clamp(bias, -kMost, kMost), -kMost, kMost);
    const std::int64_t product = x * multiplier_;
    if (right_ <= 0) return product;  // a factor of 2^15 and more: any x but 0 is outside int16
    return right_ > 62 ? 0 : (product + (std::int64_t{1} << (right_ - 1))) >> right_;
  }

 private:
  std::int64_t multiplier_ = 0;
  int right_ = 15;
};

// Sums that a hostile bias or zero point may push over the edge: they wrap, as in two's complement.
inline std::int32_t wrappingAdd(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}
inline std::int32_t wrappingSubtract(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b));
}

template <typename T>
T saturate(std::int32_t x) {
  return static_cast<T>(
      std::clamp<std::int32_t>(x, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
}

}  // namespace primer::inference
