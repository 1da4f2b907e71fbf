#pragma once

// How much a reading looks like school notation: pairs of signs that seldom stand side by side,
// brackets that do not close, letters that a line seldom mixes. Weak on purpose: what was written
// is read, not what should have been.

#include <vector>

#include "primer/handwriting/lines/notation.h"

namespace primer::handwriting::lines {

// Nats, 0 for what is wholly usual, below 0 for the rest.
float plausibilityOf(const Row& row, const std::vector<std::size_t>& labels);

// How usual a class is in such lines before anything is seen; 0 for the most usual. Classes that
// are no notation at all (quotes, @) have kNever.
inline constexpr float kNever = -30;
float usualness(std::size_t label);

}  // namespace primer::handwriting::lines
