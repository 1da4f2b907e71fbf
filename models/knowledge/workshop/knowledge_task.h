#pragma once

// The task of the knowledge network: from a learner's features to the logit of
// success.

#include "primer/toolkit/workshop.h"

namespace primer::knowledge::workshop {

// Adds the task "knowledge" (data options: "classes", "learners" in each,
// "rows" for training) and the architecture "monotone-mlp" (options: "widths").
// Training samples are simulated learners only. The development split is
// simulated classes that no training sample comes from and, where the data
// folder has them, first days on real platforms.
void addKnowledgeTask(toolkit::Workshop& workshop);

}  // namespace primer::knowledge::workshop
