#pragma once

// IEEE half precision.

#include <bit>
#include <cmath>
#include <cstdint>

namespace primer::toolkit {

// Exact.
inline float fromHalf(std::uint16_t half) {
  const int exponent = (half >> 10) & 0x1f;
  const auto fraction = static_cast<float>(half & 0x3ff);
  float value = 0;
  if (exponent == 31) {
    value = fraction == 0 ? HUGE_VALF : std::nanf("");
  } else if (exponent == 0) {
    value = std::ldexp(fraction, -24);
  } else {
    value = std::ldexp(1024 + fraction, exponent - 25);
  }
  return (half & 0x8000) != 0 ? -value : value;
}

// The nearest half, ties to even; infinite beyond 65,519.
inline std::uint16_t toHalf(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000);
  const float size = std::fabs(value);
  if (std::isnan(value)) return static_cast<std::uint16_t>(sign | 0x7e00);
  if (size >= 65520.0f) return static_cast<std::uint16_t>(sign | 0x7c00);
  int exponent = 0;
  std::frexp(size, &exponent);  // size = f * 2^exponent, f in [0.5, 1)
  const int step = size == 0 ? -24 : std::max(exponent - 11, -24);  // place of the last bit kept
  const auto steps = static_cast<std::uint32_t>(std::nearbyint(std::ldexp(size, -step)));
  // Below 2^-14 the steps are the bits; above, the hidden bit carries into the exponent by itself.
  const auto bias = static_cast<std::uint32_t>(step + 24) << 10;
  return static_cast<std::uint16_t>(sign | (bias + steps));
}

}  // namespace primer::toolkit
