#pragma once

#include "data/witness_rows.h"
#include "primer/toolkit/workshop.h"

namespace primer::pronunciation::workshop {

// Recordings with lists of answers; kTrue where the likeliest answer is what was said.
namespace choice_row {
inline constexpr RowFlags kRightThere = 2;  // what was said is among the answers
inline constexpr RowFlags kFewWords = 4;    // cut out of a sentence: one to three of its words
}  // namespace choice_row

// The task "pronunciation-choices": whether the likeliest of several answers was said at all.
void addChoices(toolkit::Workshop& workshop);

}  // namespace primer::pronunciation::workshop
