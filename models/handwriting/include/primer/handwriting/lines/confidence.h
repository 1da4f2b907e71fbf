#pragma once

// How likely a line's readings are what was meant.

#include <array>
#include <cstddef>
#include <vector>

#include "primer/handwriting/lines/reading_search.h"

namespace primer::handwriting::lines {

inline constexpr float kSureAbove = 0.85f;

// What the confidence of the best reading is made of, each number about 0 where all is well and
// below 0 where it is not: the lead over the next reading, the weakest group and class, all groups
// together, how usual the notation is; and 1, and how long the line is.
inline constexpr std::size_t kDoubtCount = 7;
using Doubts = std::array<float, kDoubtCount>;
Doubts doubtsOf(const std::vector<FoundReading>& readings, const std::vector<GroupScores>& scores);

// The chance that the best reading is right; weights fitted on development lines and on junk
// (ink-lines --calibrate).
float chanceOf(const Doubts& doubts);

// Of each reading, best first; the others share what the best leaves, in the measure of their
// scores.
std::vector<float> confidencesOf(const std::vector<FoundReading>& readings,
                                 const std::vector<GroupScores>& scores);

}  // namespace primer::handwriting::lines
