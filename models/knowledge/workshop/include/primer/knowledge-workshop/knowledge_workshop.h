#pragma once

// What the knowledge model's room brings to `primer-model`.

#include "primer/toolkit/workshop.h"

namespace primer::knowledge {

// Adds the task "knowledge" and the architecture "monotone-mlp".
void addKnowledge(toolkit::Workshop& workshop);

}  // namespace primer::knowledge
