#pragma once

// Sounds made by code, the same everywhere: whole numbers only.

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace primer::speech::test {

// A triangle wave of `period` samples: its harmonics fall off quickly.
inline std::vector<std::int16_t> triangle(std::size_t count, int period, int amplitude) {
  std::vector<std::int16_t> samples(count);
  for (std::size_t i = 0; i < count; ++i) {
    const int at = static_cast<int>(i % static_cast<std::size_t>(period));
    const int height = period - 2 * std::abs(period - 2 * at);  // -period .. period
    samples[i] = static_cast<std::int16_t>(amplitude * height / period);
  }
  return samples;
}

// Noise of a linear congruential generator (Numerical Recipes).
inline std::vector<std::int16_t> noise(std::size_t count, int amplitude) {
  std::vector<std::int16_t> samples(count);
  std::uint32_t state = 2026;
  for (auto& sample : samples) {
    state = state * 1664525u + 1013904223u;
    const auto high = static_cast<std::int32_t>(state >> 16) - 32768;
    sample = static_cast<std::int16_t>(high * amplitude / 32768);
  }
  return samples;
}

// FNV-1a over the numbers' bytes, low byte first.
inline std::uint64_t checksum(const std::vector<std::int16_t>& values) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const auto value : values) {
    const auto bits = static_cast<std::uint16_t>(value);
    for (const unsigned byte : {bits & 0xffu, static_cast<unsigned>(bits) >> 8}) {
      hash = (hash ^ byte) * 0x100000001b3u;
    }
  }
  return hash;
}

}  // namespace primer::speech::test
