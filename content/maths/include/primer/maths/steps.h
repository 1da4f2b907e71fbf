#pragma once

// The way to an answer, one named step after another: what help shows, and what a worked example
// is made of. Every step is equivalent to the line before it.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "primer/maths/problem.h"

namespace primer::maths {

enum class StepKind : std::uint8_t {
  kSplit,
  kPower,
  kRoot,
  kMultiply,
  kDivide,
  kAdd,
  kSubtract,
  kPercentOf,
  kMixedToImproper,
  kCommonDenominator,
  kAddFractions,
  kMultiplyFractions,
  kTurnDivisor,
  kLowestTerms,
  kMixedNumber,
  kRound,
  kExpand,
  kCollect,
  kFactorise,
  kTidySides,
  kClearFractions,
  kCollectLetters,
  kUndoAddition,
  kUndoMultiplication,
  kStandardForm,
  kZeroProduct,
  kQuadraticFormula,
  kEliminate,
  kSubstitute,
  kSolutionSet,
  kCompareSameForm,
  kCompareAnswer,
  kWordAnswer,
  kKeepAnswer,
};

struct StepWords {
  std::string_view name;   // "undo-addition"
  std::string_view point;  // where to look, without the answer
  std::string_view teach;  // the idea
};
const StepWords& wordsOf(StepKind kind);

struct Step {
  StepKind kind;
  std::string text;   // the line after the step, as it would be written
  std::string latex;  // the same in LaTeX, where there is one
  // What was worked out, where that is one calculation with plain numbers: "48 and 80 make 128."
  std::string said = {};
};

// The steps from the problem to an answer in the form asked; empty where the problem is its own
// answer, or is beyond what this version solves (then `solved` is false). Takes at most `time`.
struct Solution {
  std::vector<Step> steps;
  bool solved = false;
};
Solution solveInSteps(const Problem& problem,
                      std::chrono::microseconds time = std::chrono::milliseconds(20));

}  // namespace primer::maths
