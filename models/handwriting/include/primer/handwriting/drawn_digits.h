#pragma once

// Digits as a steady hand writes them: ink made by code, for the tour, for demonstrations and for
// tests. Nobody's handwriting, and not used to train or to choose a model.

#include <cstdint>
#include <string_view>
#include <vector>

#include "primer/base/ink.h"

namespace primer::handwriting {

struct PenStyle {
  float height = 100;      // of a digit, in the ink's units
  float gap = 0.25f;       // between digits, in heights
  float slant = 0.08f;     // to the right, in widths per height
  float wobble = 0.012f;   // how far the hand strays, in heights
  std::uint32_t seed = 1;  // the same seed draws the same ink
};

// The strokes of one digit (0..9) whose box begins at (left, top), with times of a calm hand from
// `start_ms`. No strokes for any other number.
std::vector<Stroke> drawDigit(int digit, float left, float top, const PenStyle& style = {},
                              float start_ms = 0);

// A whole number from left to right; characters that are not digits leave a gap. The ink's times
// grow throughout, with a short pause between digits.
Ink drawNumber(std::string_view digits, float left, float top, const PenStyle& style = {});

}  // namespace primer::handwriting
