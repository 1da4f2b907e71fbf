#pragma once

// The best ways to divide all strokes of a line among candidate groups.

#include <cstddef>
#include <vector>

#include "primer/handwriting/lines/line_strokes.h"

namespace primer::handwriting::lines {

struct LineDivision {
  std::vector<std::size_t> groups;
  std::vector<std::size_t> overwritten;  // groups that others were written over
  std::size_t covered = 0;  // how many others stand on, were they taken for overwritten or not
  float score = 0;
};

// More signs than this that others stand on are no corrections.
inline constexpr std::size_t kMostOverwritten = 2;

// The up to `count` divisions of the largest sum of `scores` (one a group), best first; every
// stroke is in exactly one group. The lowest stroke that is not covered goes on, a state is the set
// of covered strokes. Bounded: only the best states of each lowest stroke are followed, so that
// what comes out is nearly always, not always, the best.
std::vector<LineDivision> divideLine(const std::vector<LineGroup>& groups,
                                     const std::vector<float>& scores, std::size_t stroke_count,
                                     std::size_t count);

}  // namespace primer::handwriting::lines
