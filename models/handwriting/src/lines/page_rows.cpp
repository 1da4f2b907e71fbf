#include "src/lines/page_rows.h"

#include <algorithm>
#include <cmath>

namespace primer::handwriting::lines {

namespace {

// In writing scales: a pen that goes back this far to the left, and this far up or down, begins a
// new run.
constexpr float kBack = 1.5f;
constexpr float kAside = 0.5f;
constexpr float kOtherLine = 1.1f;  // this far up or down it does wherever it goes
// A run this near above or below a row, and over or under its ink, is part of it: rows of writing
// stand farther apart than the parts of a fraction.
constexpr float kTouching = 0.42f;
// How much of the lower of two must be shared for them to stand side by side.
constexpr float kLevel = 0.4f;

float shared(float a0, float a1, float b0, float b1) { return std::min(a1, b1) - std::max(a0, b0); }

// Of the row's strokes only those near the run in x count: lines drift.
StrokeBox near(const RowOfStrokes& row, const StrokeBox& run,
               const std::vector<StrokeShape>& strokes, float reach) {
  StrokeBox box = row.box;
  bool any = false;
  for (const auto s : row.strokes) {
    const auto& stroke = strokes[s].box;
    if (stroke.left > run.right + reach || stroke.right < run.left - reach) continue;
    if (any) {
      box.include(stroke);
    } else {
      box = stroke;
      any = true;
    }
  }
  return box;
}

// Above 0: the run belongs to the row, the more the larger.
float belonging(const RowOfStrokes& row, const StrokeBox& run,
                const std::vector<StrokeShape>& strokes, float scale) {
  const StrokeBox local = near(row, run, strokes, 4 * scale);
  const float height = std::min(local.height(), run.height()) + 0.1f * scale;
  const float level =
      (shared(local.top, local.bottom, run.top, run.bottom) + 0.1f * scale) / height;
  if (level > kLevel) return level;
  const StrokeBox over = near(row, run, strokes, 0);
  const float across = shared(over.left, over.right, run.left, run.right);
  const float gap = -shared(over.top, over.bottom, run.top, run.bottom);
  if (across > 0 && gap < kTouching * scale) return kLevel * (1 - gap / (kTouching * scale)) / 2;
  return 0;
}

}  // namespace

std::vector<RowOfStrokes> rowsOf(const std::vector<StrokeShape>& strokes) {
  std::vector<RowOfStrokes> rows;
  if (strokes.empty()) return rows;
  const float scale = std::max(writingScale(strokes), 1e-6f);
  std::vector<RowOfStrokes> runs;
  for (std::size_t s = 0; s < strokes.size(); ++s) {
    const auto& box = strokes[s].box;
    bool fresh = runs.empty();
    if (!fresh) {
      const auto& last = strokes[s - 1].box;
      const bool back = last.right - box.left > kBack * scale;
      const bool far = box.left - last.right > 4 * scale;
      const float height = std::abs(box.centreY() - last.centreY()) / scale;
      const bool aside = shared(last.top, last.bottom, box.top, box.bottom) < 0 && height > kAside;
      fresh = aside && (back || far || height > kOtherLine);
    }
    if (fresh) runs.push_back({{}, box});
    runs.back().strokes.push_back(s);
    runs.back().box.include(box);
  }
  for (auto& run : runs) {
    RowOfStrokes* best = nullptr;
    float most = 0;
    for (auto& row : rows) {
      const float worth = belonging(row, run.box, strokes, scale);
      if (worth > most) most = worth, best = &row;
    }
    if (best == nullptr) {
      rows.push_back(std::move(run));
      continue;
    }
    best->strokes.insert(best->strokes.end(), run.strokes.begin(), run.strokes.end());
    best->box.include(run.box);
  }
  for (auto& row : rows) std::sort(row.strokes.begin(), row.strokes.end());
  std::sort(rows.begin(), rows.end(), [](const RowOfStrokes& a, const RowOfStrokes& b) {
    return a.box.centreY() < b.box.centreY();
  });
  return rows;
}

}  // namespace primer::handwriting::lines
