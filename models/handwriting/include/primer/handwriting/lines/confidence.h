#pragma once

// How likely a line's readings are what was meant.

#include <array>
#include <cstddef>
#include <vector>

#include "primer/handwriting/lines/reading_search.h"

namespace primer::handwriting::lines {

inline constexpr float kSureAbove = 0.85f;

// What the confidence of the best reading is made of, each number about 0 where all is well and
// below 0 where it is not: the lead over the next reading and the one after it, its share among all
// that were found, the weakest group and class, all of them together, how many are likely wrong,
// the structure, how usual the notation is, signs that others were written over; how many letters
// and how long the line is.
inline constexpr std::size_t kDoubtCount = 13;
using Doubts = std::array<float, kDoubtCount>;
Doubts doubtsOf(const std::vector<FoundReading>& readings, const std::vector<GroupScores>& scores);

// A small network from doubts to a chance: a linear part and one hidden layer of tanh.
struct DoubtNet {
  static constexpr std::size_t kHidden = 6;
  std::array<float, kDoubtCount + 1> linear{};  // the last: alone
  std::array<std::array<float, kDoubtCount + 1>, kHidden> hidden{};
  std::array<float, kHidden> out{};

  float chance(const Doubts& doubts) const;
};

// The chance that the best reading is right; fitted on development lines and on junk
// (ink-lines --calibrate).
float chanceOf(const Doubts& doubts);
const DoubtNet& shippedDoubtNet();

// Of each reading, best first; the others share what the best leaves, in the measure of their
// scores.
std::vector<float> confidencesOf(const std::vector<FoundReading>& readings,
                                 const std::vector<GroupScores>& scores);

}  // namespace primer::handwriting::lines
