#pragma once

// What the handwriting room brings to `primer-model`: its tasks and architectures.

#include "primer/toolkit/workshop.h"

namespace primer::handwriting {

void addHandwriting(toolkit::Workshop& workshop);

}  // namespace primer::handwriting
