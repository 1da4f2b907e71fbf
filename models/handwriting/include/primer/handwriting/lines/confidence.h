#pragma once

// How likely a line's readings are what was meant.

#include <array>
#include <cstddef>
#include <vector>

#include "primer/handwriting/lines/reading_search.h"
#include "primer/handwriting/lines/small_net.h"

namespace primer::handwriting::lines {

inline constexpr float kSureAbove = 0.85f;

// What the confidence of the best reading is made of, each number about 0 where all is well and
// below 0 where it is not: the lead over the next reading and the one after it, its share among all
// that were found, the weakest group and class, all of them together, how many are likely wrong,
// the structure, how usual the notation is, signs that others were written over; how many letters
// and how long the line is; the weakest class to the symbol model alone and how many that model
// reads otherwise; the strongest group that was not chosen.
inline constexpr std::size_t kDoubtCount = 16;
using Doubts = std::array<float, kDoubtCount>;
Doubts doubtsOf(const std::vector<FoundReading>& readings, const std::vector<GroupScores>& scores);

using DoubtNet = SmallNet<kDoubtCount, 10>;

// The chance that the best reading is right; fitted on development lines and on junk
// (ink-lines --calibrate).
float chanceOf(const Doubts& doubts);
const DoubtNet& shippedDoubtNet();

// Of each reading, best first; the others share what the best leaves, in the measure of their
// scores.
std::vector<float> confidencesOf(const std::vector<FoundReading>& readings,
                                 const std::vector<GroupScores>& scores);

}  // namespace primer::handwriting::lines
