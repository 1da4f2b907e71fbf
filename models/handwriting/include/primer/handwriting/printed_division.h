#pragma once

// Short division on squares that the page has printed: divisor, bracket and dividend stand there,
// the quotient's digits are written above and what is left over small before the next digit. Where
// ink stands says what it is, so that each place is read by itself (number_reader.h); what is read
// has the same shape as column work that is set out by hand (column_reader.h).

#include <cstddef>
#include <string>
#include <vector>

#include "primer/base/ink.h"
#include "primer/handwriting/column_reader.h"
#include "primer/handwriting/number_reader.h"

namespace primer::handwriting {

// Lengths in the ink's units, y downward. A digit of the dividend stands in the right part of its
// column, so that there is room for a small one before it.
struct PrintedDivision {
  std::string dividend;
  std::string divisor;
  float right = 0;         // where the column of the ones ends
  float bar = 0;           // y of the line above the dividend
  float cell = 1;          // width of a column, height of the row above the line and of that below
  bool remainder = false;  // an r is printed behind the quotient
  float remainder_left = 0;  // where the place behind the r begins; as wide as a column

  friend bool operator==(const PrintedDivision&, const PrintedDivision&) = default;

  // The place of a digit of the quotient, and of a small one; columns from the right.
  Box quotientCell(std::size_t column) const;
  Box markCell(std::size_t column) const;
  Box remainderCell() const;
};

// Thread-compatible, as NumberReader.
class PrintedDivisionReader {
 public:
  explicit PrintedDivisionReader(NumberReader numbers);

  // Reads what stands in the printed places. Of a place that cannot be read as one digit the whole
  // has no text. Never fails, takes bounded time. Strokes elsewhere are not looked at; where there
  // are none in any place, the reading has no symbols and no text.
  ColumnReading read(const Ink& ink, const PrintedDivision& printed);

 private:
  NumberReader numbers_;
};

}  // namespace primer::handwriting
