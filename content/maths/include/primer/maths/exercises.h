#pragma once

// Exercises made from a seed: the same number gives the same exercise on every machine. Each is
// solved by solveInSteps, and its steps are right line by line (a test holds that).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/maths/problem.h"

namespace primer::maths {

struct ExerciseKind {
  std::string_view name;                         // "fraction-add"
  std::string_view skill;                        // in words, for the teacher
  std::vector<std::string_view> prerequisites;   // names of kinds
  std::vector<std::string_view> misconceptions;  // keys that are expected here
};
const std::vector<ExerciseKind>& exerciseKinds();

struct Exercise {
  std::string_view kind;
  int difficulty = 1;
  ProblemSource problem;
};

inline constexpr int kHardest = 3;

// `difficulty` 1 to kHardest. kNotFound names a kind that does not exist.
Result<Exercise> makeExercise(std::string_view kind, int difficulty, std::uint64_t seed);

}  // namespace primer::maths
