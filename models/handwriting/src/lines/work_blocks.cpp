#include "src/lines/work_blocks.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "primer/handwriting/lines/line_strokes.h"
#include "src/columns/rulings.h"

namespace primer::handwriting::lines {

namespace {

// In writing scales: rows of column work stand no farther apart, pieces side by side no nearer.
constexpr float kRowsApart = 1.0f;
constexpr float kPiecesApart = 2.2f;
constexpr float kShortRule = 0.7f;
constexpr float kUnderInk = 1.2f;
constexpr float kGap = 0.05f;
constexpr float kOver = 0.35f;  // of the narrower of two rows must lie over the other

// A level stroke under ink and with nothing level beside it: a short line, or a fraction's bar.
// Which, the readers find out.
bool isShortRule(const std::vector<StrokeShape>& shapes, std::size_t stroke, float scale) {
  const auto isFlat = [](const StrokeBox& box) { return box.height() < 0.25f * box.width(); };
  const auto& bar = shapes[stroke].box;
  if (!isFlat(bar) || bar.width() < kShortRule * scale) return false;
  bool above = false;
  for (std::size_t s = 0; s < shapes.size(); ++s) {
    if (s == stroke) continue;
    const auto& box = shapes[s].box;
    const float shared = std::min(box.right, bar.right) - std::max(box.left, bar.left);
    const float apart = std::max(box.left - bar.right, bar.left - box.right);
    const bool level = box.top < bar.centreY() && box.bottom > bar.centreY();
    if (level && apart > 0 && apart < 0.5f * scale) return false;
    const float up = bar.centreY() - box.bottom;
    above = above || (shared > 0 && !isFlat(box) && up > -0.2f * scale && up < kUnderInk * scale);
  }
  return above;
}

bool hasRuling(const Ink& ink, const std::vector<StrokeShape>& shapes, const RowOfStrokes& row,
               float scale) {
  Ink part;
  for (const auto s : row.strokes) part.strokes.push_back(ink.strokes[s]);
  auto strokes = takeStrokes(part);
  strokes.scale = scale;  // of the sheet: a line may be alone in its row
  if (strokes.count() > 0 && !columns::findRulings(strokes).strokes.empty()) return true;
  return std::any_of(row.strokes.begin(), row.strokes.end(),
                     [&](std::size_t s) { return isShortRule(shapes, s, scale); });
}

bool standUnder(const StrokeBox& upper, const StrokeBox& lower, float scale) {
  const float shared = std::min(upper.right, lower.right) - std::max(upper.left, lower.left);
  return shared > kOver * std::min(upper.width(), lower.width()) &&
         lower.top - upper.bottom < kRowsApart * scale;
}

// Strokes between which no level gap runs. Rows of the page reader will not do: column work is so
// near itself that its rows grow together there.
std::vector<RowOfStrokes> rowsBetweenGaps(const std::vector<StrokeShape>& shapes, float scale) {
  std::vector<std::size_t> order(shapes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&shapes](std::size_t a, std::size_t b) {
    return shapes[a].box.top < shapes[b].box.top;
  });
  std::vector<RowOfStrokes> rows;
  for (const auto s : order) {
    const auto& box = shapes[s].box;
    if (rows.empty() || box.top > rows.back().box.bottom + kGap * scale) rows.push_back({{}, box});
    rows.back().strokes.push_back(s);
    rows.back().box.include(box);
  }
  for (auto& row : rows) std::sort(row.strokes.begin(), row.strokes.end());
  return rows;
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

bool WorkBlock::anyRuled() const {
  return std::find(ruled.begin(), ruled.end(), true) != ruled.end();
}

std::pair<WorkBlock, WorkBlock> parted(const WorkBlock& block) {
  std::size_t at = 1;
  float widest = -1e30f;
  float bottom = block.rows.front().box.bottom;
  for (std::size_t r = 1; r < block.rows.size(); ++r) {
    const float gap = block.rows[r].box.top - bottom;
    if (gap > widest) widest = gap, at = r;
    bottom = std::max(bottom, block.rows[r].box.bottom);
  }
  std::pair<WorkBlock, WorkBlock> parts;
  for (std::size_t r = 0; r < block.rows.size(); ++r) {
    auto& part = r < at ? parts.first : parts.second;
    part.rows.push_back(block.rows[r]);
    part.ruled.push_back(block.ruled[r]);
  }
  return parts;
}

std::vector<WorkBlock> possibleColumns(const Ink& ink, const std::vector<StrokeShape>& shapes) {
  std::vector<WorkBlock> blocks;
  if (shapes.empty()) return blocks;
  const float scale = writingScale(shapes);
  const auto rows = rowsBetweenGaps(shapes, scale);
  for (const auto& part : sideBySide(rows, shapes, scale)) {
    std::vector<bool> ruled;
    for (const auto& row : part) ruled.push_back(hasRuling(ink, shapes, row, scale));
    for (std::size_t from = 0; from < part.size();) {
      std::size_t to = from + 1;
      while (to < part.size() && standUnder(part[to - 1].box, part[to].box, scale)) ++to;
      WorkBlock block;
      for (std::size_t r = from; r < to; ++r) {
        block.rows.push_back(part[r]);
        block.ruled.push_back(ruled[r]);
      }
      if (block.anyRuled() && blocks.size() < kMostBlocks) blocks.push_back(std::move(block));
      from = to;
    }
  }
  return blocks;
}

}  // namespace primer::handwriting::lines
