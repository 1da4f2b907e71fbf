#pragma once

// Where the signs of column arithmetic stand on paper, and such paper as ink made by code: for the
// tour, for demonstrations, for tests, and for the workshop, which sets the same plan in collected
// characters.

#include <cstddef>
#include <string>
#include <vector>

#include "primer/base/ink.h"
#include "primer/handwriting/column_text.h"
#include "primer/handwriting/drawn_digits.h"
#include "primer/handwriting/printed_division.h"

namespace primer::handwriting {

// How the paper is laid out; lengths in heights of a digit.
struct ColumnStyle {
  float pitch = 1.0f;          // from column to column
  float row_pitch = 1.5f;      // from row to row
  float mark_height = 0.45f;   // of small digits
  bool marks_below = false;    // carries just above the line, not above the first number
  bool strike_lenders = true;  // a digit that lent a ten is struck
  bool minus_signs = true;     // before the products of a long division
  bool point_comma = false;    // a decimal comma
  bool divide_dots = true;     // ":", else "÷"
};

struct PlannedSign {
  std::string symbol;  // as in symbol_set.h
  float x = 0;         // its middle; the ones stand at 0
  float top = 0;       // of a digit that stands there; y grows downward
  float height = 1;
};

struct PlannedRule {
  std::vector<std::pair<float, float>> corners;  // x, y
  bool curved = false;                           // a house's wall
};

// In the order of writing: `sign` counts signs, or nothing where a rule is drawn.
struct ColumnPlan {
  struct Step {
    bool is_rule = false;
    std::size_t index = 0;
  };
  std::vector<PlannedSign> signs;
  std::vector<PlannedRule> rules;
  std::vector<Step> order;
};

ColumnPlan planColumns(const ColumnText& text, const ColumnStyle& style = {});

// The plan in the hand of drawn_digits.h, one digit `pen.height` high.
Ink drawColumns(const ColumnPlan& plan, const PenStyle& pen = {});
Ink drawColumns(const ColumnText& text, const ColumnStyle& style = {}, const PenStyle& pen = {});

// What is written into a printed division: quotient, small digits and remainder of `text`. A digit
// of the quotient is `digit` of a column's width high, and no digit stands farther from the middle
// of its place than `astray` of it. The plan's lengths are in heights of such a digit.
ColumnPlan planInto(const PrintedDivision& printed, const ColumnText& text, float digit,
                    float astray = 0, std::uint32_t seed = 1);
// The same drawn; here the pen's height is `digit`.
Ink drawInto(const PrintedDivision& printed, const ColumnText& text, const PenStyle& pen,
             float astray = 0.08f);

}  // namespace primer::handwriting
