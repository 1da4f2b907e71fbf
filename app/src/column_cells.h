#pragma once

// Where the digits of column work stand in the ink, and which of them are right.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "primer/app/values.h"
#include "primer/handwriting/column_reader.h"
#include "primer/maths/column_work.h"

namespace primer::app {

struct ColumnCell {
  std::size_t column = 0;  // from the right
  InkBox box;
};

struct ColumnCells {
  std::vector<ColumnCell> result;
  std::vector<ColumnCell> marks;
  std::optional<InkBox> remainder;
  std::vector<InkBox> places;  // printed, of the result, from the right
};
ColumnCells cellsOf(const handwriting::ColumnReading& reading, const maths::ColumnWork& work);

// What follows from a digit that is not right is in neither.
struct JudgedCells {
  std::vector<InkBox> right;
  std::vector<InkBox> wrong;
};
JudgedCells judged(const ColumnCells& cells, const maths::ColumnVerdict& verdict);

}  // namespace primer::app
