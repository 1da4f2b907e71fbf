#pragma once

// Readings as the recogniser would give them.

#include <initializer_list>
#include <string>
#include <utility>

#include "primer/handwriting/number_reader.h"

namespace primer::app {

// A digit with its likelier and less likely readings.
inline handwriting::ReadDigit readDigit(
    std::initializer_list<std::pair<const char*, float>> candidates, bool unsure = false) {
  handwriting::ReadDigit digit;
  for (const auto& [symbol, p] : candidates) digit.reading.candidates.push_back({symbol, p});
  digit.reading.unsure = unsure;
  return digit;
}

inline handwriting::NumberReading readNumber(std::vector<handwriting::ReadDigit> digits) {
  handwriting::NumberReading reading;
  reading.confidence = 1;
  reading.unsure = false;
  for (const auto& digit : digits) {
    reading.text += digit.reading.candidates.front().symbol;
    reading.confidence *= digit.reading.candidates.front().probability;
    reading.unsure = reading.unsure || digit.reading.unsure;
  }
  reading.digits = std::move(digits);
  return reading;
}

// A number that is read without any doubt.
inline handwriting::NumberReading clearly(const std::string& number) {
  std::vector<handwriting::ReadDigit> digits;
  for (const char digit : number) {
    const std::string symbol(1, digit);
    const std::string other(1, digit == '9' ? '0' : static_cast<char>(digit + 1));
    digits.push_back(readDigit({{symbol.c_str(), 0.998F}, {other.c_str(), 0.001F}, {"", 0.001F}}));
  }
  return readNumber(std::move(digits));
}

inline Ink someInk() { return {{{{10, 10, 0, 1}, {20, 30, 16, 1}, {12, 60, 32, 1}}}}; }

}  // namespace primer::app
