#pragma once

// A worked example on request: a problem like the one at hand, of the same kind with other numbers
// and another answer, and its steps by name. The child sees the way without being told the answer.
//
// Made by the generators of exercises.h where one of them poses such problems; else the numbers of
// the problem are changed until the way has the same steps and its numbers are no larger or less
// even than before. A problem in words keeps its words; its way begins with the calculation.
//
// Pure functions, safe on any thread; up to `time` long.

#include <chrono>
#include <cstdint>
#include <vector>

#include "primer/base/result.h"
#include "primer/maths/problem.h"
#include "primer/maths/steps.h"

namespace primer::maths {

struct WorkedExample {
  ProblemSource problem;
  std::vector<Step> steps;  // at least one; every line is accepted by checkWorking
};

// Another `seed` gives another example. kInvalidArgument: the problem cannot be understood.
// kUnsupported: it has no steps to show, or nothing like it was found.
Result<WorkedExample> workedExample(
    const ProblemSource& source, std::uint64_t seed = 0,
    std::chrono::milliseconds time = std::chrono::milliseconds(200));

}  // namespace primer::maths
