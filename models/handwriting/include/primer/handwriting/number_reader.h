#pragma once

// A whole number written by hand in a box: ink in, digits out, each with its strokes, its place and
// its alternatives.

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "primer/base/ink.h"
#include "primer/base/result.h"
#include "primer/handwriting/symbol_reader.h"

namespace primer::handwriting {

struct Box {
  float left = 0, top = 0, right = 0, bottom = 0;  // in the ink's units
};

struct ReadDigit {
  SymbolReading reading;
  std::vector<std::size_t> strokes;  // indices into Ink::strokes
  Box box;
};

struct NumberReading {
  std::vector<ReadDigit> digits;  // left to right; empty where the ink is empty
  // The best digits in order ("42"). Empty where the ink cannot be read as a number: then it must
  // not be graded.
  std::string text;
  float confidence = 0;  // chance that `text` is what was meant
  bool unsure = true;    // ask, do not grade
};

}  // namespace primer::handwriting
