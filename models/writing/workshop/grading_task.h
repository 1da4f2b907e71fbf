#pragma once

#include "primer/toolkit/workshop.h"

namespace primer::writing::workshop {

// "short-answers": right or not, and whether it is a text at all; architecture "answer-net".
void addGradingTask(toolkit::Workshop& workshop);

}  // namespace primer::writing::workshop
