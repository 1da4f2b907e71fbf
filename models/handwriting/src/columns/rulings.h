#pragma once

// Strokes of column work that are no signs: lines under numbers, the house over a dividend, the
// corner beside one.

#include <optional>
#include <vector>

#include "primer/handwriting/lines/line_strokes.h"

namespace primer::handwriting::columns {

struct Rule {
  StrokeBox box;
  float left_y = 0;  // of its ends
  float right_y = 0;

  float heightAt(float x) const;
};

// A wall that a rule begins at: at its top (a house) or lower down (a corner).
struct Wall {
  StrokeBox box;
  Rule bar;
  bool is_house = false;
};

struct Rulings {
  std::vector<Rule> rules;  // from top to bottom, without the wall's bar
  std::optional<Wall> wall;
  std::vector<std::size_t> strokes;  // of the line, which are rules and walls; ascending
};

// By shape alone. A short rule that could be a minus sign is left to the reading of signs.
Rulings findRulings(const lines::LineStrokes& line);

}  // namespace primer::handwriting::columns
