#pragma once

// The strokes of one line as the reader sees them: usable points, places, distances, and which
// strokes could be one symbol together.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "primer/base/ink.h"
#include "primer/handwriting/lines/stroke_set.h"
#include "primer/handwriting/lines/stroke_shape.h"

namespace primer::handwriting::lines {

struct LineStrokes {
  std::vector<Stroke> strokes;        // finite points only, thinned where there are very many
  std::vector<std::size_t> indices;   // of each in the ink that was given
  std::vector<std::uint64_t> prints;  // a fingerprint of each stroke's points
  std::vector<StrokeShape> shapes;
  std::vector<float> distances;  // of the ink of each two, row by row; box distance beyond reach
  float scale = 0;               // writingScale()

  std::size_t count() const { return strokes.size(); }
  float distance(std::size_t a, std::size_t b) const { return distances[a * count() + b]; }
  bool isFlat(std::size_t stroke) const {
    const auto& box = shapes[stroke].box;
    return box.height() < 0.25f * box.width();
  }
};

// Takes what can be used of the ink. Where that is more than kMostLineStrokes strokes, or has no
// extent at all, the result has no strokes.
LineStrokes takeStrokes(const Ink& ink);

// Strokes that may be one symbol.
struct LineGroup {
  StrokeSet strokes;
  std::vector<std::size_t> members;  // in the order of writing
  StrokeBox box;
};

// Every stroke by itself, and groups of up to four that lie near in space and time; a root's hook
// and its bar may lie apart in time. Bounded: at most twice kMostLineGroups, the smaller first.
inline constexpr std::size_t kMostLineGroups = 320;
std::vector<LineGroup> nearGroups(const LineStrokes& line);

// Those of them that may be symbols (group_gate.h), at most kMostLineGroups.
std::vector<LineGroup> proposeLineGroups(const LineStrokes& line);

}  // namespace primer::handwriting::lines
