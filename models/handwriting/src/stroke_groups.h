#pragma once

// Which strokes could be one symbol together, and the best ways to divide all strokes among such
// groups.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "primer/base/ink.h"
#include "primer/handwriting/lines/stroke_shape.h"

namespace primer::handwriting {

inline constexpr std::size_t kMostStrokes = 32;  // what a StrokeMask holds
using StrokeMask = std::uint32_t;

struct GroupingLimits {
  std::size_t most_strokes_together = 4;
  std::size_t most_groups = 96;
};

struct StrokeGroup {
  StrokeMask strokes = 0;
  StrokeBox box;
  int strokeCount() const { return __builtin_popcount(strokes); }
};

// Every stroke by itself, then groups grown by strokes that lie near in space and time: the nearer
// in time, the farther apart they may lie. At most `limits.most_groups`, single strokes always
// among them. At most kMostStrokes strokes.
std::vector<StrokeGroup> proposeGroups(const std::vector<StrokeShape>& strokes,
                                       const GroupingLimits& limits);

// One way to divide the strokes: indices of groups, and the sum of their scores.
struct Division {
  std::vector<std::size_t> groups;
  float score = 0;
};

// The `count` divisions of the largest score, best first, of strokes 0..stroke_count-1 into groups
// whose scores (natural logarithms) are given; every stroke is in exactly one group.
std::vector<Division> bestDivisions(const std::vector<StrokeGroup>& groups,
                                    const std::vector<float>& scores, std::size_t stroke_count,
                                    std::size_t count);

}  // namespace primer::handwriting
