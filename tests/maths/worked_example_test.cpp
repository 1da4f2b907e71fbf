#include "primer/maths/worked_example.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "primer/maths/exercises.h"
#include "primer/maths/working.h"

namespace primer::maths {
namespace {

// What any worked example must be, for its problem.
void expectLike(const ProblemSource& source, const WorkedExample& example) {
  SCOPED_TRACE(source.text + " -> " + example.problem.text);
  const auto problem = readProblem(source);
  ASSERT_TRUE(problem);
  const auto own = solveInSteps(*problem);
  ASSERT_FALSE(own.steps.empty());
  ASSERT_FALSE(example.steps.empty());
  EXPECT_NE(example.problem.text, source.text);
  EXPECT_NE(example.steps.back().text, own.steps.back().text);
  EXPECT_EQ(example.steps.back().kind, own.steps.back().kind);
  std::vector<WrittenLine> lines;
  for (const auto& step : example.steps) lines.push_back({step.text, {}});
  const auto verdict = checkWorking(example.problem, lines);
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->finished);
  for (const auto& line : verdict->lines) {
    EXPECT_TRUE(line.state == LineState::kRight || line.state == LineState::kOffPath);
  }
}

// What nobody sees at a glance is shown in steps that one does.
TEST(WorkedExample, TakesLargerNumbersApart) {
  const auto stepsOf = [](const char* text) {
    std::vector<std::string> lines;
    const auto problem = readProblem({text, {}, {}});
    for (const auto& step : solveInSteps(*problem).steps) lines.push_back(step.text);
    return lines;
  };
  using Lines = std::vector<std::string>;
  EXPECT_EQ(stepsOf("48+89"), (Lines{"48 + 80 + 9", "128 + 9", "137"}));
  EXPECT_EQ(stepsOf("82-47"), (Lines{"82 - 40 - 7", "42 - 7", "35"}));
  EXPECT_EQ(stepsOf("24*6"), (Lines{"20 × 6 + 4 × 6", "120 + 4 × 6", "120 + 24", "144"}));
  EXPECT_EQ(stepsOf("24*13"), (Lines{"24 × 10 + 24 × 3", "240 + 24 × 3", "240 + 72", "312"}));
  EXPECT_EQ(stepsOf("348+205").front(), "348 + 200 + 5") << "no step for a nought";
  for (const char* easy : {"8+9", "48+9", "48+30", "200-40", "20*6", "3*4", "1*48"}) {
    EXPECT_EQ(stepsOf(easy).size(), 1U) << easy;
  }
  EXPECT_NE(stepsOf("0.8+0.7").front(), "0.8 + 0.7") << "decimals are no whole numbers";
}

TEST(WorkedExample, IsLikeTheProblemWithAnotherAnswer) {
  for (const char* text : {"47+38",
                           "602-327",
                           "24×13",
                           "618÷6",
                           "4+3×2",
                           "5^3",
                           "-5+2",
                           "1/2+1/3",
                           "2/3÷4/5",
                           "5 1/4 - 2 3/4",
                           "Simplify 24/36",
                           "1/4 ? 1/3",
                           "0.3 ? 0.47",
                           "0.8+0.7",
                           "20% of 50",
                           "2:3=4:x",
                           "3(x+4)",
                           "Factorise x^2+5x+6",
                           "2x+3=11",
                           "5x-2=3x+8",
                           "3(x-2)=12",
                           "2x+3<11",
                           "x^2-5x+6=0",
                           "x+y=5, x-y=1",
                           "Make x the subject: y = 3x + 2",
                           "Round 3.456 to 2 decimal places",
                           "Simplify 3x+5-x",
                           "x/3+2=7",
                           "12 - (3 + 4)",
                           "2(x+1)+3(x-2)"}) {
    const auto example = workedExample({text, "", ""}, 0, std::chrono::seconds(5));
    ASSERT_TRUE(example) << text << ": " << example.error().message;
    expectLike({text, "", ""}, *example);
  }
}

TEST(WorkedExample, IsFoundForEveryKindOfExercise) {
  for (const auto& kind : exerciseKinds()) {
    for (int level = 1; level <= kHardest; ++level) {
      const auto exercise = makeExercise(kind.name, level, 977);
      ASSERT_TRUE(exercise);
      const auto problem = readProblem(exercise->problem);
      if (solveInSteps(*problem).steps.empty()) continue;
      const auto example = workedExample(exercise->problem, 1, std::chrono::seconds(5));
      ASSERT_TRUE(example) << kind.name << " " << level << ": " << exercise->problem.text;
      expectLike(exercise->problem, *example);
    }
  }
}

TEST(WorkedExample, KeepsTheStoryAndBeginsWithItsCalculation) {
  const ProblemSource source{"Ben has 4 boxes with 12 eggs each. How many eggs has he?", "", "48"};
  const auto example = workedExample(source, 3);
  ASSERT_TRUE(example) << example.error().message;
  expectLike(source, *example);
  EXPECT_NE(example->problem.text.find("boxes with"), std::string::npos);
  ASSERT_EQ(example->steps.size(), 2u);
  EXPECT_NE(example->steps[0].text.find("×"), std::string::npos);
}

TEST(WorkedExample, HasNumbersOfTheSameLengthAndUnits) {
  const auto digits = [](const std::string& text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  for (const char* text : {"602-327", "24×13", "0.3 + 0.45", "1.2 m + 35 cm"}) {
    const auto example = workedExample({text, "", ""}, 1, std::chrono::seconds(5));
    ASSERT_TRUE(example) << text << ": " << example.error().message;
    EXPECT_EQ(digits(example->problem.text), digits(text)) << example->problem.text;
    const bool in_units = std::string(text).find(" cm") != std::string::npos;
    EXPECT_EQ(example->problem.text.find(" cm") != std::string::npos, in_units);
  }
}

TEST(WorkedExample, DiffersWithItsSeedAndIsTheSameForTheSame) {
  const ProblemSource source{"2x+3=11", "", ""};
  const auto a = workedExample(source, 1);
  const auto b = workedExample(source, 2);
  ASSERT_TRUE(a && b);
  EXPECT_NE(a->problem.text, b->problem.text);
  EXPECT_EQ(workedExample(source, 1)->problem.text, a->problem.text);
}

TEST(WorkedExample, SaysWhereThereIsNone) {
  EXPECT_EQ(workedExample({"((", "", ""}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(workedExample({"7", "", ""}).error().code, ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace primer::maths
