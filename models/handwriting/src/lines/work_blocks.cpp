#include "src/lines/work_blocks.h"

#include <algorithm>
#include <utility>

#include "primer/handwriting/lines/line_strokes.h"
#include "src/columns/rulings.h"

namespace primer::handwriting::lines {

namespace {

// In writing scales: rows of column work stand no farther apart, pieces side by side no nearer.
constexpr float kRowsApart = 1.0f;
constexpr float kPiecesApart = 2.2f;
constexpr float kOver = 0.35f;  // of the narrower of two rows must lie over the other

bool hasRuling(const Ink& ink, const RowOfStrokes& row) {
  Ink part;
  for (const auto s : row.strokes) part.strokes.push_back(ink.strokes[s]);
  const auto strokes = takeStrokes(part);
  return strokes.count() > 0 && !columns::findRulings(strokes).strokes.empty();
}

bool standUnder(const StrokeBox& upper, const StrokeBox& lower, float scale) {
  const float shared = std::min(upper.right, lower.right) - std::max(upper.left, lower.left);
  return shared > kOver * std::min(upper.width(), lower.width()) &&
         lower.top - upper.bottom < kRowsApart * scale;
}

// What stands side by side with much room between, as rows of their own.
std::vector<std::vector<RowOfStrokes>> sideBySide(const std::vector<RowOfStrokes>& rows,
                                                  const std::vector<StrokeShape>& shapes,
                                                  float scale) {
  std::vector<std::pair<float, float>> spans;
  for (const auto& row : rows) {
    for (const auto s : row.strokes) spans.emplace_back(shapes[s].box.left, shapes[s].box.right);
  }
  std::sort(spans.begin(), spans.end());
  std::vector<float> ends;  // of the pieces, to the right
  float right = spans.front().second;
  for (const auto& [from, to] : spans) {
    if (from > right + kPiecesApart * scale) ends.push_back((from + right) / 2);
    right = std::max(right, to);
  }
  std::vector<std::vector<RowOfStrokes>> parts(ends.size() + 1);
  for (const auto& row : rows) {
    std::vector<RowOfStrokes> split(parts.size());
    for (const auto s : row.strokes) {
      const auto at = std::upper_bound(ends.begin(), ends.end(), shapes[s].box.centreX());
      auto& into = split[static_cast<std::size_t>(at - ends.begin())];
      if (into.strokes.empty()) into.box = shapes[s].box;
      into.strokes.push_back(s);
      into.box.include(shapes[s].box);
    }
    for (std::size_t k = 0; k < parts.size(); ++k) {
      if (!split[k].strokes.empty()) parts[k].push_back(std::move(split[k]));
    }
  }
  return parts;
}

}  // namespace

std::vector<WorkBlock> possibleColumns(const Ink& ink, const std::vector<StrokeShape>& shapes) {
  std::vector<WorkBlock> blocks;
  if (shapes.empty()) return blocks;
  const float scale = writingScale(shapes);
  const auto rows = rowsOf(shapes);
  for (const auto& part : sideBySide(rows, shapes, scale)) {
    std::vector<bool> ruled;
    for (const auto& row : part) ruled.push_back(hasRuling(ink, row));
    for (std::size_t from = 0; from < part.size();) {
      std::size_t to = from + 1;
      bool any = ruled[from];
      while (to < part.size() && standUnder(part[to - 1].box, part[to].box, scale)) {
        any = any || ruled[to];
        ++to;
      }
      if (any && blocks.size() < kMostBlocks) {
        WorkBlock block;
        for (std::size_t r = from; r < to; ++r) block.rows.push_back(part[r]);
        blocks.push_back(std::move(block));
      }
      from = to;
    }
  }
  return blocks;
}

}  // namespace primer::handwriting::lines
