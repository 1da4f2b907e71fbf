#pragma once

// Column methods as they are written: digits in their places, with carries and borrows. A piece of
// column work is checked column by column, and the wrong procedures of `rulebook.h` are run on what
// was really written.
//
// Columns are counted from the right, the ones first. Pure functions, safe on any thread.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/maths/working.h"

namespace primer::maths {

enum class ColumnMethod : std::uint8_t { kAdd, kSubtract, kMultiply, kShortDivision };

struct ColumnWork {
  ColumnMethod method = ColumnMethod::kAdd;
  std::vector<std::string> operands;  // digits, at most one point; division: dividend, divisor
  // What was written below the line: one character a column from the left, ' ' where nothing stands
  // yet. Long multiplication: the sum of its rows.
  std::string result;
  std::vector<std::string> rows;  // long multiplication: the rows, moved by their blanks at the end
  std::string remainder;          // short division, empty where none was written
  // Small digits above, in the columns of the result; ' ' for none, which is never wrong. Of a
  // difference: the top digits that were lessened, and a 1 for the ten that came.
  std::string carries;
};

// What was written as the remainder of a short division.
enum class RemainderState : std::uint8_t {
  kNone,  // nothing yet
  kRight,
  kFollows,  // rightly from a digit that is not right
  kWrong,
};

struct ColumnVerdict {
  LineState state = LineState::kIncomplete;
  std::string misconception;
  std::vector<std::string> also;
  std::string explanation;
  std::vector<bool> column_right;  // of the result, from the right; blanks count as right
  std::optional<std::size_t> first_wrong_column;
  std::optional<std::size_t> first_wrong_row;  // long multiplication
  std::vector<bool> mark_right;                // of `carries`, from the right
  // The small digit that does not fit what stands in the columns. In a finished right answer it is
  // mentioned; in one that is not, it is a slip.
  std::optional<std::size_t> first_wrong_mark;
  bool finished = false;
  // Help with the first place that is to be mended (of short division by one digit: or written):
  // where to look, the idea, what to write. Empty where it is right; of long multiplication where
  // the rows are right and their sum is not; of division by more digits.
  std::array<std::string, 3> hints;
  // Of short division by one digit, which is judged from the left, each place from what stands
  // before it; and what to draw beside the second hint:
  std::vector<bool> follows;  // from the right: not right, but follows from what is not; not blamed
  RemainderState remainder = RemainderState::kNone;
  std::optional<Picture> picture;
};

// Where several procedures give the same result, the small digits tell which it was: who has marked
// a ten as taken did not take the smaller digit from the larger.
//
// kInvalidArgument names what is not digits, too many operands, a negative difference or a division
// by zero. At most nine digits an operand.
Result<ColumnVerdict> checkColumns(const ColumnWork& work);

}  // namespace primer::maths
