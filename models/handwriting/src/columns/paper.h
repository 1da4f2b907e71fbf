#pragma once

// Signs of column work on paper, sorted into rows and marks: what layouts are read from.

#include <cstddef>
#include <string>
#include <vector>

#include "src/columns/column_grid.h"
#include "src/columns/column_layout.h"

namespace primer::handwriting::columns {

// Nats.
inline constexpr float kUnplaced = 4;
inline constexpr float kNoRule = 1.5f;
inline constexpr float kExtraRow = 4;
inline constexpr float kInnerBlank = 3;  // between the digits of a number
inline constexpr float kNoQuotient = 4;  // of a division that has steps

class Paper {
 public:
  Paper(const std::vector<PaperSign>& all_signs, const Rulings& all_rulings);

  // False where there are fewer than two digits.
  bool sortOut();

  std::size_t count() const { return signs.size(); }
  bool isDigit(std::size_t i) const { return signs[i].digit != 0; }
  // The first sign of this kind, or count().
  std::size_t findSign(char sign) const;
  // The row that stands level with a sign, or rows.size().
  std::size_t rowBeside(std::size_t sign) const;
  float leftOf(const DigitRow& row) const { return boxes[row.digits.front()].centreX(); }
  float heightOf(const DigitRow& row) const;
  // Digits of a row between two places in x.
  DigitRow between(const DigitRow& row, float left, float right) const;
  // The rightmost column that any of these rows has a digit in.
  int onesOf(const ColumnGrid& grid, const std::vector<const DigitRow*>& of) const;

  void setRole(const DigitRow& row, ColumnRole role);
  // Digits of a row as a number, with a point that stands among them.
  std::string numberOf(const DigitRow& row);
  // A row in columns, aligned with column `ones`; digits between columns cost.
  std::string placedText(const ColumnGrid& grid, const DigitRow& row, int ones);
  // Small digits at their columns; `before`: at that of the digit that they stand in front of. Of
  // two in one column the right one says it: of a 12 above a digit the 2.
  void placeMarks(const ColumnGrid& grid, int ones, bool before);

  const std::vector<PaperSign>& signs;
  Rulings rulings;  // with the short ones
  std::vector<StrokeBox> boxes;
  std::vector<bool> is_rule;  // signs that are short rules
  std::vector<DigitRow> rows;
  std::vector<std::size_t> marks;
  float em = 1;  // the height of a digit
  ColumnLayout result;

 private:
  bool measure();
  void findShortRules();
  void findRows();
  // Which digit is of a row by its height and by how far above its neighbours' feet it ends, and
  // which small one by standing level with a row.
  DigitSize sizeOf(std::size_t digit);
  float ofRowMargin(std::size_t digit) const;
  DigitRow* rowLevelWith(std::size_t small);
  void doubt(std::size_t digit, float margin, DigitSize taken);
  std::vector<std::size_t> pointsOf(const DigitRow& row);
  // Whether it stands at the height of a row, where a digit of the row would.
  bool couldBeOfARow(std::size_t mark) const;
  // Whether it stands at the height of a digit right of it, not above one.
  bool besideDigit(std::size_t mark) const;
};

// Puts what is read into the paper's result; false where it is no such work.
bool layOutStacked(Paper& paper);
bool layOutDivision(Paper& paper);

}  // namespace primer::handwriting::columns
