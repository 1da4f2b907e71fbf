#include "primer/maths/exercises.h"

#include <gtest/gtest.h>

#include <set>

#include "algebra.h"
#include "everywhere.h"
#include "primer/maths/rulebook.h"
#include "primer/maths/steps.h"
#include "primer/maths/working.h"

namespace primer::maths {
namespace {

template <typename Act>
void forExercises(int seeds, const Act& act) {
  for (const auto& kind : exerciseKinds()) {
    for (int level = 1; level <= kHardest; ++level) {
      for (int seed = 0; seed < seeds; ++seed) {
        const auto exercise = makeExercise(kind.name, level, static_cast<std::uint64_t>(seed));
        ASSERT_TRUE(exercise) << exercise.error().message;
        act(*exercise);
      }
    }
  }
}

TEST(Exercises, AreTheSameForTheSameSeed) {
  forExercises(3, [](const Exercise& e) { (void)e; });
  EXPECT_EQ(makeExercise("add", 2, 7)->problem.text, makeExercise("add", 2, 7)->problem.text);
  std::set<std::string> different;
  for (std::uint64_t seed = 0; seed < 50; ++seed)
    different.insert(makeExercise("add", 2, seed)->problem.text);
  EXPECT_GT(different.size(), 40u);
  EXPECT_FALSE(makeExercise("no-such-kind", 1, 1));
}

TEST(Exercises, NameKindsAndKeysThatExist) {
  std::set<std::string_view> names;
  for (const auto& kind : exerciseKinds()) {
    for (const auto& before : kind.prerequisites) EXPECT_TRUE(names.count(before)) << before;
    for (const auto& key : kind.misconceptions) EXPECT_NE(findMisconception(key), nullptr) << key;
    EXPECT_TRUE(names.insert(kind.name).second);
  }
}

// The solver's own steps are right, line by line, and end in a finished answer.
TEST(Exercises, AreSolvedByStepsThatAreAccepted) {
  forExercises(25, [](const Exercise& exercise) {
    const auto problem = readProblem(exercise.problem);
    ASSERT_TRUE(problem) << exercise.problem.text << ": " << problem.error().message;
    const auto solution = solveInSteps(*problem);
    EXPECT_TRUE(solution.solved) << exercise.problem.text;
    std::vector<WrittenLine> lines;
    for (const auto& step : solution.steps) lines.push_back({step.text, {}});
    if (lines.empty()) return;  // the problem is its own answer
    const auto verdict = checkWorking(exercise.problem, lines);
    ASSERT_TRUE(verdict);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto state = verdict->lines[i].state;
      EXPECT_TRUE(state == LineState::kRight || state == LineState::kOffPath)
          << exercise.problem.text << " | " << lines[i].text << ": " << stateName(state) << " "
          << verdict->lines[i].misconception;
    }
    EXPECT_TRUE(verdict->finished) << exercise.problem.text << " | " << lines.back().text;
  });
}

// Whatever a wrong procedure gives that differs in value is rejected, and named.
TEST(Exercises, WhatTheRulesGiveIsRejected) {
  int written = 0;
  int named = 0;
  forExercises(4, [&](const Exercise& exercise) {
    const auto problem = readProblem(exercise.problem);
    ASSERT_TRUE(problem);
    if (problem->task != Task::kEvaluate && problem->task != Task::kSimplify) return;
    Budget budget(std::chrono::seconds(5));
    int left = 12;
    rewriteEverywhere(problem->expression(), budget,
                      [&](const Expr& wrong, std::string_view key, std::string_view) {
                        const auto same = sameValue(wrong, problem->expression(), budget);
                        if (same.value_or(true) || wrong->undefined || left-- <= 0) return;
                        const std::string line = "= " + toText(wrong);
                        const auto verdict = checkWorking(exercise.problem, {{line, {}}});
                        ASSERT_TRUE(verdict);
                        const auto& v = verdict->lines[0];
                        EXPECT_TRUE(v.state == LineState::kMisconception ||
                                    v.state == LineState::kSlip || v.state == LineState::kWrong ||
                                    v.state == LineState::kIncomplete)
                            << exercise.problem.text << " | " << line << " (" << key
                            << "): " << stateName(v.state);
                        ++written;
                        named += v.state == LineState::kMisconception ? 1 : 0;
                      });
  });
  EXPECT_GT(written, 500);
  EXPECT_GT(named, written * 9 / 10) << named << " of " << written;
}

}  // namespace
}  // namespace primer::maths
