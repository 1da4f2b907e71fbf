#pragma once

// Numbers that a network is given, by name and in order.

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "primer/writing/answer_features.h"

namespace primer::writing {

// Takes numbers by name, in order; what has no room is left out, which the tests would see.
class NumberList {
 public:
  NumberList(std::array<float, kPairNumbers>* values, std::vector<std::string>* names)
      : values_(values), names_(names) {}

  void put(const char* name, float value) {
    if (names_ != nullptr) names_->emplace_back(name);
    if (values_ != nullptr && at_ < kPairNumbers) {
      (*values_)[at_] = std::clamp(std::isfinite(value) ? value : 0.0f, -2.0f, 2.0f);
    }
    ++at_;
  }
  void put(const char* name, bool value) { put(name, value ? 1.0f : 0.0f); }

 private:
  std::array<float, kPairNumbers>* values_;
  std::vector<std::string>* names_;
  std::size_t at_ = 0;
};

inline float logOf(std::size_t count) { return std::log1p(static_cast<float>(count)) / 4; }

inline float share(std::size_t part, std::size_t whole) {
  return whole > 0 ? static_cast<float>(part) / static_cast<float>(whole) : 0;
}

}  // namespace primer::writing
