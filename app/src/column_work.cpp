#include "primer/app/column_work.h"

#include <algorithm>
#include <cstddef>

namespace primer::app {

namespace {

// How many columns the numbers above a result take: left of what is written there, columns are
// still blank.
std::size_t columnsOf(const handwriting::ColumnText& text) {
  std::size_t all = 0;
  std::size_t widest = 0;
  for (const auto& operand : text.operands) {
    const auto points = static_cast<std::size_t>(std::count(operand.begin(), operand.end(), '.'));
    all += operand.size() - points;
    widest = std::max(widest, operand.size() - points);
  }
  switch (text.method) {
    case handwriting::ColumnMethod::kSum:
    case handwriting::ColumnMethod::kDifference:
      return widest;
    case handwriting::ColumnMethod::kProduct:
      return all;
    case handwriting::ColumnMethod::kDivision:
      return 0;
  }
  return 0;
}

}  // namespace

maths::ColumnWork columnWorkOf(const handwriting::ColumnText& text) {
  maths::ColumnWork work;
  switch (text.method) {
    case handwriting::ColumnMethod::kSum:
      work.method = maths::ColumnMethod::kAdd;
      break;
    case handwriting::ColumnMethod::kDifference:
      work.method = maths::ColumnMethod::kSubtract;
      break;
    case handwriting::ColumnMethod::kProduct:
      work.method = maths::ColumnMethod::kMultiply;
      work.rows = text.rows;
      break;
    case handwriting::ColumnMethod::kDivision:
      work.method = maths::ColumnMethod::kShortDivision;
      break;
  }
  work.operands = text.operands;
  work.result = text.result;
  const auto points = std::count(work.result.begin(), work.result.end(), '.');
  const auto width = columnsOf(text) + static_cast<std::size_t>(points);
  if (width > work.result.size()) work.result.insert(0, width - work.result.size(), ' ');
  work.remainder = text.remainder;
  work.carries = text.carries;
  return work;
}

}  // namespace primer::app
