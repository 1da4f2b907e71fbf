#include "column_cells.h"

#include <algorithm>

namespace primer::app {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// From the right.
std::vector<InkBox> boxesOf(const handwriting::ColumnReading& reading,
                            handwriting::ColumnRole role) {
  std::vector<InkBox> boxes;
  for (const auto& [symbol, own] : reading.symbols) {
    if (own != role || symbol.symbol.size() != 1 || !isDigit(symbol.symbol[0])) continue;
    const auto& box = symbol.box;
    boxes.push_back({box.left, box.top, box.right, box.bottom});
  }
  std::sort(boxes.begin(), boxes.end(),
            [](const InkBox& a, const InkBox& b) { return a.left > b.left; });
  return boxes;
}

// A box for each digit that stands there.
std::vector<ColumnCell> placed(const std::vector<InkBox>& boxes, const std::string& digits) {
  std::vector<ColumnCell> cells;
  std::size_t column = 0;
  for (auto c = digits.rbegin(); c != digits.rend() && cells.size() < boxes.size(); ++c) {
    if (isDigit(*c)) cells.push_back({column, boxes[cells.size()]});
    if (*c != '.') ++column;
  }
  return cells;
}

}  // namespace

ColumnCells cellsOf(const handwriting::ColumnReading& reading, const maths::ColumnWork& work) {
  ColumnCells cells;
  cells.result = placed(boxesOf(reading, handwriting::ColumnRole::kResult), work.result);
  cells.marks = placed(boxesOf(reading, handwriting::ColumnRole::kMark), work.carries);
  for (const auto& place : reading.places) {
    const float room = 0.2F * (place.right - place.left);
    cells.places.push_back(
        {place.left + room, place.top + room, place.right - room, place.bottom - room});
  }
  const auto rest = boxesOf(reading, handwriting::ColumnRole::kRemainder);
  if (!rest.empty()) cells.remainder = rest.front();
  return cells;
}

JudgedCells judged(const ColumnCells& cells, const maths::ColumnVerdict& verdict) {
  JudgedCells judged;
  const bool division = !verdict.follows.empty();
  for (const auto& [column, box] : cells.result) {
    if (column >= verdict.column_right.size()) continue;
    if (verdict.column_right[column]) {
      judged.right.push_back(box);
    } else if (!division || !verdict.follows[column]) {
      judged.wrong.push_back(box);
    }
  }
  if (!division) return judged;  // elsewhere a small digit that does not fit is told in words
  // A place that ought not to be empty.
  const auto first = verdict.first_wrong_column.value_or(cells.places.size());
  const bool written =
      std::any_of(cells.result.begin(), cells.result.end(),
                  [first](const ColumnCell& cell) { return cell.column == first; });
  if (first < cells.places.size() && !written) judged.wrong.push_back(cells.places[first]);
  for (const auto& [column, box] : cells.marks) {
    if (column < verdict.mark_right.size() && !verdict.mark_right[column]) {
      judged.wrong.push_back(box);
    }
  }
  if (!cells.remainder) return judged;
  if (verdict.remainder == maths::RemainderState::kRight) {
    judged.right.push_back(*cells.remainder);
  } else if (verdict.remainder == maths::RemainderState::kWrong) {
    judged.wrong.push_back(*cells.remainder);
  }
  return judged;
}

}  // namespace primer::app
