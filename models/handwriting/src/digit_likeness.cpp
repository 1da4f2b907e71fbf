#include "src/digit_likeness.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting {

namespace {

constexpr float kDigitWeight = 8;      // prior odds of a digit over a foreign sign, in a number
constexpr float kLookalikeWeight = 3;  // and of a sign that is a digit's double
constexpr float kFloor = 1e-4f;

const std::array<float, kSymbolCount>& weights() {
  static const auto table = [] {
    std::array<float, kSymbolCount> weight;
    weight.fill(0);
    const auto give = [&weight](const SymbolSet& set, float value) {
      for (std::size_t i = 0; i < kJunk; ++i) weight[i] = set.contains(i) ? value : weight[i];
    };
    give(SymbolSet::of("Oo°DQlI|/!zZsSbGTqgyB&a").value_or(SymbolSet{}), kLookalikeWeight);
    give(SymbolSet::digits(), kDigitWeight);
    return weight;
  }();
  return table;
}

}  // namespace

float digitLikeness(std::span<const float> log_probabilities) {
  float digit = 0;
  float other = 0;
  for (std::size_t i = 0; i < kSymbolCount; ++i) {
    const float p = std::exp(log_probabilities[i]);
    const float weight = weights()[i];
    if (weight > 0) {
      digit += weight * p;
    } else {
      other += p;
    }
  }
  return std::clamp(digit / (digit + other), kFloor, 1.0f);
}

float likenessConfidence(float likeness) {
  constexpr float kPlain = 0.7f;  // from here on nothing is taken
  return std::min(1.0f, likeness / kPlain);
}

}  // namespace primer::handwriting
