#pragma once

// Column arithmetic as it stands on paper: what was written where, right or wrong. The column
// reader makes it from ink, drawn_columns.h makes ink from it, and it holds what a checker of
// columns asks for.

#include <cstdint>
#include <string>
#include <vector>

#include "primer/base/result.h"

namespace primer::handwriting {

enum class ColumnMethod : std::uint8_t { kSum, kDifference, kProduct, kDivision };

// How a division is set out.
enum class DivisionLayout : std::uint8_t {
  kHouse,   // 6)618 under a bar, the quotient above it
  kEquals,  // 618 : 6 = 103, or with ÷
  kCorner,  // 618 | 6, the quotient under the divisor: potence, galera
};

// A row is aligned with the ones: one character a column, from the left, ' ' where nothing stands,
// and none before the first that does. A point stands between its columns and takes none.
struct ColumnText {
  ColumnMethod method = ColumnMethod::kSum;
  DivisionLayout division = DivisionLayout::kHouse;
  std::vector<std::string> operands;  // digits and at most one point; dividend, divisor
  // Below the line. Of a division the quotient, in the columns of the dividend: where steps show
  // that it is not finished, blanks follow.
  std::string result;
  // Long multiplication: the rows to be added. Division: the steps under the dividend, in its
  // columns.
  std::vector<std::string> rows;
  std::string remainder;  // of a division, where one is written
  std::string carries;    // small digits, in the columns of the result (of the dividend)

  friend bool operator==(const ColumnText&, const ColumnText&) = default;
};

// What somebody who makes no mistake writes: whole operands, two of them (a sum: up to ten), of at
// most nine digits, with all small digits if `marks`. Of a division, steps if `steps`, else small
// digits where `marks`. kInvalidArgument where the operands are no such numbers, a difference is
// below zero, or the divisor is.
Result<ColumnText> workColumns(ColumnMethod method, const std::vector<std::string>& operands,
                               bool marks, bool steps = false);

}  // namespace primer::handwriting
