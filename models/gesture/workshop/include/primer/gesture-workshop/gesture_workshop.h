#pragma once

// What the gesture room brings to `primer-model`: its task and architecture.

#include "primer/toolkit/workshop.h"

namespace primer::gesture {

void addGestures(toolkit::Workshop& workshop);

}  // namespace primer::gesture
