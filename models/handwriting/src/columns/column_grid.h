#pragma once

// Digits on paper in rows and columns.

#include <cstddef>
#include <vector>

#include "primer/handwriting/lines/stroke_shape.h"
#include "src/columns/rulings.h"

namespace primer::handwriting::columns {

struct DigitRow {
  std::vector<std::size_t> digits;  // from left to right; what the caller's boxes count
  StrokeBox box;
};

// Boxes that stand level and near each other, without a rule or a wall between; from top to bottom.
std::vector<DigitRow> rowsOfDigits(const std::vector<StrokeBox>& boxes,
                                   const std::vector<std::size_t>& which, const Rulings& rulings,
                                   float em);

// Columns that digits of several rows share.
class ColumnGrid {
 public:
  // Of the digits of these rows.
  static ColumnGrid fit(const std::vector<StrokeBox>& boxes,
                        const std::vector<const DigitRow*>& rows, float em);

  // The column of each digit of a row, counted from the grid's right end; no two the same.
  std::vector<int> columnsOf(const std::vector<StrokeBox>& boxes, const DigitRow& row) const;
  int columnAt(float x) const;
  // How far this is from the middle of its column, in pitches.
  float aside(float x) const;
  float pitch() const { return pitch_; }

  // How far the digits stand from the middle of their columns: the farthest, in pitches.
  float farthest(const std::vector<StrokeBox>& boxes, const DigitRow& row) const;

 private:
  // Moves the grid to the digits; what is left aside, as a cost.
  float refine(const std::vector<StrokeBox>& boxes, const std::vector<const DigitRow*>& rows,
               float em);
  float costOf(const std::vector<StrokeBox>& boxes, const DigitRow& row,
               const std::vector<int>& columns) const;
  float centre(int column) const { return right_ - pitch_ * static_cast<float>(column); }

  float right_ = 0;  // the middle of column 0
  float pitch_ = 1;
};

}  // namespace primer::handwriting::columns
