#pragma once

#include "primer/toolkit/workshop.h"

namespace primer::pronunciation {

// The tasks and architectures of this room, for primer-model.
void addPronunciation(toolkit::Workshop& workshop);

}  // namespace primer::pronunciation
