#pragma once

// Random numbers that are the same on every machine.

#include <cstdint>

namespace primer::maths {

// splitmix64 (Steele, Lea, Flood 2014).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  int from(int low, int high) {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    z ^= z >> 31;
    const auto span = static_cast<std::uint64_t>(high - low + 1);
    return low + static_cast<int>((z >> 32) * span >> 32);
  }
  int signedFrom(int low, int high) { return from(0, 1) == 0 ? from(low, high) : -from(low, high); }

 private:
  std::uint64_t state_;
};

}  // namespace primer::maths
