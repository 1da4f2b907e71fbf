#pragma once

// What the speech room brings to `primer-model`: its tasks and architectures.

#include "primer/toolkit/workshop.h"

namespace primer::speech {

void addSpeech(toolkit::Workshop& workshop);

}  // namespace primer::speech
