#include "src/digit_likeness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting {

namespace {

// Signs that a digit may look like; in a number they speak for the digit.
constexpr std::array<std::string_view, 10> kDoubles = {
    "OoDQ°", "lI|/\\!'i,)([]", "zZ", "}", "yu", "sS$", "bGC", "T>?)", "B&gS", "qga"};

constexpr float kDigitWeight = 8;   // prior odds of a digit over a foreign sign, in a number
constexpr float kDoubleWeight = 3;  // and of a digit's double
// A double counts only where the digit itself is not out of the question: a "1" and a "3" that
// touch are a clear "B" and no "8".
constexpr float kMostDoubles = 300;  // times the digit's own chance
constexpr float kFloor = 1e-4f;

const std::array<SymbolSet, 10>& doubles() {
  static const auto kSets = [] {
    std::array<SymbolSet, 10> result;
    for (std::size_t d = 0; d < result.size(); ++d) {
      result[d] = SymbolSet::of(kDoubles[d]).value_or(SymbolSet{});
    }
    return result;
  }();
  return kSets;
}

}  // namespace

namespace {

struct Support {
  float own = 0;
  float alike = 0;
};

Support supportOf(std::span<const float> log_probabilities, std::size_t digit) {
  static const std::size_t kZero = *symbolIndex("0");
  Support support;
  support.own = std::exp(log_probabilities[kZero + digit]);
  for (std::size_t i = 0; i < kJunk; ++i) {
    if (doubles()[digit].contains(i)) support.alike += std::exp(log_probabilities[i]);
  }
  support.alike = std::min(support.alike, kMostDoubles * support.own);
  return support;
}

}  // namespace

float digitSupport(std::span<const float> log_probabilities, std::size_t digit) {
  const auto support = supportOf(log_probabilities, digit);
  return std::min(1.0f, support.own + support.alike);
}

float digitLikeness(std::span<const float> log_probabilities) {
  float digit = 0;  // weighted
  float explained = 0;
  for (std::size_t d = 0; d < 10; ++d) {
    const auto support = supportOf(log_probabilities, d);
    digit += kDigitWeight * support.own + kDoubleWeight * support.alike;
    explained += support.own + support.alike;
  }
  const float other = std::max(0.0f, 1 - explained);
  return std::clamp(digit / (digit + other), kFloor, 1.0f);
}

float likenessConfidence(float likeness) {
  constexpr float kPlain = 0.7f;  // from here on nothing is taken
  return std::min(1.0f, likeness / kPlain);
}

}  // namespace primer::handwriting
