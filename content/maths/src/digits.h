#pragma once

// Digits of numbers in columns; shared by the column procedures.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "primer/maths/rational.h"

namespace primer::maths {

inline constexpr std::size_t kMostDigits = 9;
inline constexpr std::size_t kMostVariants = 1500;

using Digits = std::vector<int>;  // the ones first

inline Digits digitsOf(std::int64_t value) {
  Digits digits;
  do {
    digits.push_back(static_cast<int>(value % 10));
    value /= 10;
  } while (value > 0);
  return digits;
}

// Of a whole number of any length.
inline Digits digitsOf(const Rational& whole) {
  Digits digits;
  const std::string text = whole.toString();
  for (auto c = text.rbegin(); c != text.rend(); ++c) digits.push_back(*c - '0');
  return digits;
}

inline Rational fromText(const std::string& digits) {
  return Rational::fromDigits(digits).value_or(Rational(0));
}

inline Rational valueOf(const Digits& digits) {
  std::string text;
  for (const int d : digits) text.insert(0, std::to_string(d));
  return fromText(text);
}

inline int at(const Digits& digits, std::size_t i) { return i < digits.size() ? digits[i] : 0; }

// Both as whole numbers of one unit.
struct Aligned {
  std::vector<std::int64_t> values;
  int places = 0;
};

inline std::optional<Aligned> align(const std::vector<Rational>& values) {
  Aligned aligned;
  for (const auto& value : values) {
    const auto places = value.decimalPlaces();
    if (!places || *places > 6 || value.sign() < 0) return std::nullopt;
    aligned.places = std::max(aligned.places, *places);
  }
  for (const auto& value : values) {
    const auto whole = (value * powerOfTen(aligned.places)).toInt();
    if (!whole || digitsOf(*whole).size() > kMostDigits) return std::nullopt;
    aligned.values.push_back(*whole);
  }
  return aligned;
}

// Whole parts and decimal digits as numbers of their own.
struct Halves {
  Rational whole;
  Rational digits;
  int places;
};

inline Halves halves(const Rational& value) {
  const int places = value.decimalPlaces().value_or(0);
  const Rational whole = value.floor();
  return {whole, (value - whole) * powerOfTen(places), places};
}

inline Rational joined(const Rational& whole, const Rational& digits) {
  return fromText(whole.toString() + "." + digits.toString());
}

}  // namespace primer::maths
