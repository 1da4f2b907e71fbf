#pragma once

#include "primer/toolkit/workshop.h"

namespace primer::pronunciation::workshop {

// The task "pronunciation-scores" (what raters say of phones, words and the sentence) and the
// architecture "scores-conv".
void addScorer(toolkit::Workshop& workshop);

}  // namespace primer::pronunciation::workshop
