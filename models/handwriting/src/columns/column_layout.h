#pragma once

// From digits and signs with places, rules and walls to column arithmetic.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "primer/handwriting/column_reader.h"
#include "primer/handwriting/column_text.h"
#include "primer/handwriting/lines/stroke_shape.h"
#include "src/columns/rulings.h"

namespace primer::handwriting::columns {

// Whether a digit is one of a row or a small one beside or above it.
enum class DigitSize : std::uint8_t { kAsItLooks, kOfRow, kMark };

// One candidate symbol on the paper. Whether it is a digit or a sign is said before; where both are
// likely the search tries both.
struct PaperSign {
  StrokeBox box;
  char digit = 0;  // '0'..'9', or 0 for a sign
  char sign = 0;   // '+' '-' 'x' ':' '=' '.' 'r', or 0
  DigitSize size = DigitSize::kAsItLooks;
};

// A digit that could be small or of a row: what it is taken for the other way costs so many nats.
struct DoubtfulSize {
  float price = 0;
  std::size_t sign = 0;
  DigitSize other = DigitSize::kMark;
};

struct ColumnLayout {
  ColumnText text;
  std::vector<ColumnRole> roles;  // of each sign
  // Nats, 0 where all is well: signs without a place, digits between columns, a line that is
  // missing.
  float score = 0;
  std::vector<DoubtfulSize> doubtful;  // the cheapest first
};

// Nothing where this is no column work at all.
std::optional<ColumnLayout> layOutColumns(const std::vector<PaperSign>& signs,
                                          const Rulings& rulings);

}  // namespace primer::handwriting::columns
