#pragma once

// What a candidate group's surroundings say about it: numbers from the strokes alone, not from any
// division of the line, so that one net can judge class and cut at once.

#include <array>
#include <cstddef>

#include "primer/handwriting/lines/line_strokes.h"

namespace primer::handwriting::lines {

inline constexpr std::size_t kContextCount = 55;
using GroupContext = std::array<float, kContextCount>;

// Each number in about [-1.5, 1.5]: the group's size and shape; distances and overlaps within it;
// the nearest other stroke, those that touch it or lie in its box; the stroke before and after in
// time; the nearest to the left, to the right, above and below; its place in the whole line.
GroupContext contextOf(const LineStrokes& line, const LineGroup& group);

}  // namespace primer::handwriting::lines
