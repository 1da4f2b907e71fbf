#pragma once

// Rows of floats brought to int8 on the fly, for layers whose weights alone are int8.

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace primer::inference::reference {

// real = scale * (byte - zero_point).
struct DynamicScale {
  float scale = 1.0f;
  std::int32_t zero_point = 0;
};

// At most 127 either way, no zero point.
inline DynamicScale quantizeSymmetric(const float* from, std::int64_t count, std::int8_t* to) {
  float low = 0.0f;
  float high = 0.0f;
  for (std::int64_t i = 0; i < count; ++i) {
    low = std::min(low, from[i]);
    high = std::max(high, from[i]);
  }
  constexpr float kMost = 127.0f;
  const float range = std::max(-low, high);
  if (range == 0.0f) {
    std::fill_n(to, count, std::int8_t{0});
    return {};
  }
  const float inverse = kMost / range;
  for (std::int64_t i = 0; i < count; ++i) {
    const float scaled = std::round(from[i] * inverse);
    to[i] = static_cast<std::int8_t>(scaled > -kMost ? std::min(scaled, kMost) : -kMost);
  }
  return {range / kMost, 0};
}

// All of int8, with a zero point: of the two that the ends of the range ask for, that which rounds
// less.
inline DynamicScale quantizeAsymmetric(const float* from, std::int64_t count, std::int8_t* to) {
  constexpr double kLow = -128.0;
  constexpr double kHigh = 127.0;
  double low = 0.0;
  double high = 0.0;
  for (std::int64_t i = 0; i < count; ++i) {
    low = std::min(low, static_cast<double>(from[i]));
    high = std::max(high, static_cast<double>(from[i]));
  }
  if (!(low < high)) {
    std::fill_n(to, count, std::int8_t{0});
    return {};
  }
  const double scale = (high - low) / (kHigh - kLow);
  const bool by_low = -kLow + std::abs(low / scale) < kHigh + std::abs(high / scale);
  const double exact = by_low ? kLow - low / scale : kHigh - high / scale;
  DynamicScale result;
  // Of a range without end `exact` is not a number: a comparison with it is false.
  const double rounded = std::round(exact);
  result.zero_point = static_cast<std::int32_t>(rounded > kLow ? std::min(rounded, kHigh) : kLow);
  result.scale = static_cast<float>(scale);
  const float inverse = 1.0f / result.scale;
  const auto zero_point = static_cast<float>(result.zero_point);
  for (std::int64_t i = 0; i < count; ++i) {
    const float scaled = std::round(zero_point + from[i] * inverse);
    to[i] = static_cast<std::int8_t>(scaled > -128.0f ? std::min(scaled, 127.0f) : -128.0f);
  }
  return result;
}

inline DynamicScale quantizeRow(const float* from, std::int64_t count, bool asymmetric,
                                std::int8_t* to) {
  return asymmetric ? quantizeAsymmetric(from, count, to) : quantizeSymmetric(from, count, to);
}

inline std::int32_t byteDot(const std::int8_t* __restrict a, const std::int8_t* __restrict b,
                            std::int64_t depth) {
  std::int32_t sum = 0;
  for (std::int64_t k = 0; k < depth; ++k) sum += a[k] * b[k];
  return sum;
}

// The same with a zero point taken from a.
inline std::int32_t byteDot(const std::int8_t* __restrict a, std::int32_t zero_point,
                            const std::int8_t* __restrict b, std::int64_t depth) {
  if (zero_point == 0) return byteDot(a, b, depth);
  std::int32_t sum = 0;
  for (std::int64_t k = 0; k < depth; ++k) sum += (a[k] - zero_point) * b[k];
  return sum;
}

}  // namespace primer::inference::reference
