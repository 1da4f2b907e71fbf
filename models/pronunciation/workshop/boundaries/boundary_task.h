#pragma once

#include "primer/toolkit/workshop.h"

namespace primer::pronunciation::workshop {

// The task "pronunciation-boundaries" (how far a walk missed the ends of words) and the
// architecture "edges-dense".
void addBoundaries(toolkit::Workshop& workshop);

}  // namespace primer::pronunciation::workshop
