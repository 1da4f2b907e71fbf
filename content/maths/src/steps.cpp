#include "primer/maths/steps.h"

#include "judge.h"

namespace primer::maths {

const StepWords& wordsOf(StepKind kind) {
  static const std::map<StepKind, StepWords> words = {
      {StepKind::kSplit,
       {"split", "Look at the second number: what is it made of?",
        "Split a number into tens and ones: each part is easy by itself."}},
      {StepKind::kPower,
       {"power", "Look for the power: it comes before the other signs.",
        "A power is a product of equal factors: the small number counts them."}},
      {StepKind::kRoot,
       {"root", "Look at the root.",
        "A root asks: which number, times itself, gives what stands below?"}},
      {StepKind::kMultiply,
       {"multiply", "Look at the product first: which numbers are multiplied?",
        "Split a number into tens and ones if that helps, multiply each part, and add."}},
      {StepKind::kDivide,
       {"divide", "Look at the division first: what is shared, and by how much?",
        "Share into equal parts: how many times does the divisor fit?"}},
      {StepKind::kAdd,
       {"add", "Look at the first two numbers that are added.",
        "Add place by place: ones to ones, tens to tens, and carry what makes ten."}},
      {StepKind::kSubtract,
       {"subtract", "Look at what is taken away, and from what.",
        "Go down on the number line, or take away place by place."}},
      {StepKind::kPercentOf,
       {"percent-of", "Look at the percentage: how many of each hundred is it?",
        "Find one percent by dividing by 100, then take as many as you need."}},
      {StepKind::kMixedToImproper,
       {"mixed-to-improper", "Look at the mixed numbers.",
        "Turn the wholes into parts: each whole is as many parts as the bottom says."}},
      {StepKind::kCommonDenominator,
       {"common-denominator", "Look at the bottoms of the fractions.",
        "Parts must be equally big before they can be counted together: make the bottoms the "
        "same."}},
      {StepKind::kAddFractions,
       {"add-fractions", "Look at the tops: the bottoms are the same now.",
        "Count the parts together. Their size, the bottom, stays."}},
      {StepKind::kMultiplyFractions,
       {"multiply-fractions", "Look at the two factors.", "Top times top, bottom times bottom."}},
      {StepKind::kTurnDivisor,
       {"turn-divisor", "Look at the fraction behind the division sign.",
        "Dividing by a fraction is multiplying by it turned over."}},
      {StepKind::kLowestTerms,
       {"lowest-terms", "Look at top and bottom: is there a number that divides both?",
        "Divide top and bottom by the same number until nothing divides both."}},
      {StepKind::kMixedNumber,
       {"mixed-number", "Look at the fraction: how many wholes are in it?",
        "Divide the top by the bottom: wholes in front, the rest stays a fraction."}},
      {StepKind::kRound,
       {"round", "Look at the digit behind the last one you keep.",
        "Five or more goes up, less than five stays."}},
      {StepKind::kExpand,
       {"expand", "Look at the brackets.",
        "What stands before a bracket multiplies everything in it."}},
      {StepKind::kCollect,
       {"collect", "Look for terms with the same letters.",
        "Put like terms together and leave the others."}},
      {StepKind::kFactorise,
       {"factorise", "Look for what all terms have in common, or for two numbers that fit.",
        "Write it as a product: multiplied out again it must give the same."}},
      {StepKind::kTidySides,
       {"tidy-sides", "Look at each side by itself first.",
        "Multiply brackets out and put like terms together before anything else."}},
      {StepKind::kClearFractions,
       {"clear-fractions", "Look at the fractions in the equation.",
        "Multiply every term on both sides by the common bottom."}},
      {StepKind::kCollectLetters,
       {"collect-letters", "Look at the letter: it stands on both sides.",
        "Take away the letter's term from both sides, so that it is left on one side only."}},
      {StepKind::kUndoAddition,
       {"undo-addition", "Look at the number that stands beside the letter's term.",
        "Undo it on both sides by its opposite: plus by minus, minus by plus."}},
      {StepKind::kUndoMultiplication,
       {"undo-multiplication", "Look at the number right before the letter.",
        "It multiplies the letter: divide both sides by it."}},
      {StepKind::kStandardForm,
       {"standard-form", "Look at the right side of the equation.",
        "Bring everything to one side, so that the other side is zero."}},
      {StepKind::kZeroProduct,
       {"zero-product", "Look at the factors: when is a product zero?",
        "A product is zero only when one of its factors is zero."}},
      {StepKind::kQuadraticFormula,
       {"quadratic-formula", "Look at the numbers before the square and before the letter.",
        "Complete the square, or put the three numbers into the formula."}},
      {StepKind::kEliminate,
       {"eliminate", "Look for a letter that you can make vanish from both equations.",
        "Add or subtract the equations, or put one into the other, so that one letter is left."}},
      {StepKind::kSubstitute,
       {"substitute", "Look at the value that you know already.",
        "Put it into one of the equations and solve for the other letter."}},
      {StepKind::kSolutionSet,
       {"solution-set", "Look for all numbers that make it true.",
        "Try a number on each side of the border."}},
      {StepKind::kCompareSameForm,
       {"compare-same-form", "Look whether both are written in the same kind of parts.",
        "Give both the same bottom, or the same number of digits behind the point."}},
      {StepKind::kCompareAnswer,
       {"compare", "Look at the largest places first.",
        "Compare place by place, or top with top."}},
      {StepKind::kWordAnswer,
       {"word-answer", "Read the story again: what is asked for?",
        "Say what is known and what is sought, then choose plus, minus, times or divide."}},
      {StepKind::kKeepAnswer,
       {"keep-answer", "Look at your last right line: is anything left to do?",
        "When nothing is left to work out, you have the answer. It only has to be in the form "
        "asked for."}}};
  return words.at(kind);
}

Solution solveInSteps(const Problem& problem, std::chrono::microseconds time) {
  Solution solution;
  Budget budget(time);
  try {
    const auto judge = makeJudge(problem, budget);
    solution.steps = judge->ahead(budget);
    solution.solved = !solution.steps.empty();
    if (problem.task == Task::kEvaluate || problem.task == Task::kSimplify) solution.solved = true;
  } catch (const BudgetSpent&) {
    solution = {};
  } catch (const NoNormalForm&) {
    solution = {};
  }
  return solution;
}

}  // namespace primer::maths
