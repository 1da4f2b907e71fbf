#pragma once

// Signs that were written over: a digit that was corrected by another on top of it.

#include <cstddef>
#include <vector>

#include "primer/handwriting/lines/division_search.h"
#include "primer/handwriting/lines/group_scorer.h"
#include "primer/handwriting/lines/line_strokes.h"

namespace primer::handwriting::lines {

// Takes out of a division those groups that a later one stands on: letters or digits, about as
// large, in one place. More than kMostOverwritten of them are no corrections but two hands at once:
// then the division stays as it is, and is not to be trusted.
void takeOverwritten(LineDivision& division, const std::vector<LineGroup>& groups,
                     const std::vector<GroupScores>& scores);

}  // namespace primer::handwriting::lines
