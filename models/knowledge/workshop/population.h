#pragma once

// Simulated learners, from whom the shipped weights come: SIMULATED_LEARNERS.md
// describes them. Wide on purpose: a class that exists should look like one of
// these.

#include <cstdint>
#include <vector>

#include "primer/knowledge/answer.h"
#include "primer/toolkit/random.h"

namespace primer::knowledge::workshop {

// One class of learners on one platform. Depends on the seed alone.
struct SimulatedClass {
  std::vector<History> learners;
};

SimulatedClass simulateClass(std::uint64_t seed, int learners);

}  // namespace primer::knowledge::workshop
