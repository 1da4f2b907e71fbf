#include "lines/page_figures.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "primer/base/thread_clock.h"

namespace primer::handwriting::workshop {

namespace {

using toolkit::Random;

struct Placed {
  std::vector<std::size_t> strokes;
  bool is_columns = false;
  std::string latex;
  ColumnText text;
};

struct Bounds {
  float left = 1e9f, top = 1e9f, bottom = -1e9f;
};

Bounds boundsOf(const Ink& ink) {
  Bounds b;
  for (const auto& stroke : ink.strokes) {
    for (const auto& p : stroke) {
      b.left = std::min(b.left, p.x);
      b.top = std::min(b.top, p.y);
      b.bottom = std::max(b.bottom, p.y);
    }
  }
  return b;
}

// The median height of the strokes that are not flat: of one piece of ink, to bring all pieces of a
// sheet to the same size.
float heightOf(const Ink& ink) {
  std::vector<float> heights;
  for (const auto& stroke : ink.strokes) {
    if (stroke.empty()) continue;
    const auto [x0, x1] = std::minmax_element(
        stroke.begin(), stroke.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
    const auto [y0, y1] = std::minmax_element(
        stroke.begin(), stroke.end(), [](const auto& a, const auto& b) { return a.y < b.y; });
    const float height = y1->y - y0->y;
    if (height > 0.5f * (x1->x - x0->x)) heights.push_back(height);
  }
  if (heights.empty()) return 1;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return std::max(*middle, 1.0f);
}

}  // namespace

nlohmann::ordered_json measureSheets(const LineComposer& lines, const ColumnComposer& columns,
                                     WorkReader& reader, std::size_t count, std::uint64_t seed) {
  constexpr float kDigit = 100;
  std::array<std::size_t, 2> all{}, kind{}, exact{}, sure_wrong{};
  double milliseconds = 0;
  for (std::size_t i = 0; i < count; ++i) {
    Random random(seed, i);
    Ink sheet;
    std::vector<Placed> pieces;
    float top = 0;
    const auto wanted = 2 + random.below(3);
    for (std::size_t k = 0; k < wanted; ++k) {
      Placed piece;
      Ink ink;
      piece.is_columns = random.chance(0.5);
      if (piece.is_columns) {
        auto made = columns.make(random);
        ink = std::move(made.ink);
        piece.text = std::move(made.text);
      } else {
        auto made = lines.make(random);
        ink = std::move(made.ink);
        piece.latex = std::move(made.latex);
      }
      const float scale = kDigit / heightOf(ink);
      const auto bounds = boundsOf(ink);
      const float left = static_cast<float>(random.uniform(0, 2)) * kDigit;
      for (auto& stroke : ink.strokes) {
        for (auto& p : stroke) {
          p.x = scale * (p.x - bounds.left) + left;
          p.y = scale * (p.y - bounds.top) + top;
        }
        piece.strokes.push_back(sheet.strokes.size());
        sheet.strokes.push_back(std::move(stroke));
      }
      top += scale * (bounds.bottom - bounds.top) +
             static_cast<float>(random.uniform(0.8, 1.8)) * kDigit;
      pieces.push_back(std::move(piece));
    }
    std::vector<WorkPiece> read;
    milliseconds += threadMilliseconds([&] { read = reader.read(sheet); });
    for (const auto& piece : pieces) {
      const std::size_t k = piece.is_columns ? 1 : 0;
      ++all[k];
      for (const auto& one : read) {
        if (one.columns.has_value() != piece.is_columns || one.strokes != piece.strokes) continue;
        ++kind[k];
        const bool right =
            piece.is_columns ? one.columns->text == piece.text : one.line->latex == piece.latex;
        exact[k] += right ? 1 : 0;
        sure_wrong[k] += !right && !one.unsure() ? 1 : 0;
      }
    }
  }
  const auto percent = [](std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
  };
  nlohmann::ordered_json report = {{"sheets", count},
                                   {"ms_mean", milliseconds / static_cast<double>(count)}};
  for (const std::size_t k : {0u, 1u}) {
    report[k == 0 ? "lines" : "columns"] = {{"pieces", all[k]},
                                            {"found", percent(kind[k], all[k])},
                                            {"exact", percent(exact[k], all[k])},
                                            {"sure_wrong", percent(sure_wrong[k], all[k])}};
  }
  return report;
}

}  // namespace primer::handwriting::workshop
