#pragma once

// What the writing room brings to `primer-model`.

#include "primer/toolkit/workshop.h"

namespace primer::writing {

void addWriting(toolkit::Workshop& workshop);

}  // namespace primer::writing
