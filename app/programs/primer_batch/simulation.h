#pragma once

// Pupils made of numbers, who are taught by one policy or another: SIMULATION.md describes them.
// They are of another family than those that the knowledge model learned from and the policy was
// made on.

#include <cstdint>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/knowledge/knowledge_model.h"

namespace primer::batch {

enum class Policy : std::uint8_t { kPrimer, kRandom, kLinear };

struct SimulationOptions {
  Policy policy = Policy::kPrimer;
  int learners = 40;
  int sessions = 20;
  std::uint64_t seed = 1;
};

struct SimulationOutcome {
  long answers = 0;
  double knowledge_before = 0;  // mean true chance over all items, before the first session
  double knowledge_after = 0;   // the same, a week after the last
  double success_share = 0;
  long sessions_over_three_misses = 0;  // sessions in which more than three misses came running
};

// Every policy meets the same learners and asks the same number of questions.
Result<SimulationOutcome> simulate(const SimulationOptions& options,
                                   const knowledge::KnowledgeModel& model);

}  // namespace primer::batch
