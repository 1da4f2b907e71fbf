#include "primer/maths/line.h"

#include <gtest/gtest.h>

namespace primer::maths {
namespace {

struct Pair {
  const char* written;
  const char* printed;
};

TEST(Line, ReadsSchoolNotation) {
  const Pair pairs[] = {
      {"47+38", "47 + 38"},
      {"47 + 38 = 85", "47 + 38 = 85"},
      {"= 85", "= 85"},
      {"3×2/5", "3 × 2/5"},
      {"3*2:5", "3 × 2:5"},
      {"2/3÷4/5", "2/3 ÷ 4/5"},
      {"\\frac{2}{3} \\div \\frac{4}{5}", "2/3 ÷ 4/5"},
      {"2 1/3", "2 1/3"},
      {"2\\frac{1}{3}", "2 1/3"},
      {"2½", "2 1/2"},
      {"0,5 + 1.25", "0.5 + 1.25"},
      {"1,300,000", "1300000"},
      {"20% of 50", "20% of 50"},
      {"3 r 1", "3 r 1"},
      {"7 ÷ 2 = 3 remainder 1", "7 ÷ 2 = 3 r 1"},
      {"-3^2", "-3^2"},
      {"(-3)²", "(-3)^2"},
      {"3(x+4) = 3x + 12", "3(x + 4) = 3x + 12"},
      {"(x+1)(x-2)", "(x + 1)(x - 2)"},
      {"\\sqrt{x+1}", "√(x + 1)"},
      {"√16", "√16"},
      {"x = 2 or x = -2", "x = 2 or x = -2"},
      {"x = ±2", "x = 2 or x = -2"},
      {"x = 2 or -2", "x = 2 or x = -2"},
      {"x = 2, y = 3", "x = 2, y = 3"},
      {"→ 2x = 8", "2x = 8"},
      {"2x = 8 => x = 4", "2x = 8 → x = 4"},
      {"-1 ≤ x < 4", "-1 ≤ x < 4"},
      {"0.3 ? 0.47", "0.3 ? 0.47"},
      {"2:3=4:?", "2:3 = 4:?"},
      {"12 x 4", "12 × 4"},
      {"Answer: 12 apples", "12"},
      {"2 x^2 - 3 x", "2x^2 - 3x"},
      {"5--3", "5 + (-3)"},
      {"10-3+2", "10 - 3 + 2"},
      {"2^10^10", "2^(10^10)"},
      {"no solution", "no solution"},
      {"1) 2x = 8", "2x = 8"},
      {"0.3 is less than 0.47", "0.3 < 0.47"},
  };
  for (const auto& [written, printed] : pairs) {
    const auto read = readLine(written);
    EXPECT_EQ(read.state, ReadState::kRead) << written << ": " << read.message;
    std::string out = toText(read.line);
    if (std::string(written) == "5--3") {
      EXPECT_EQ(read.line.chains[0].members[0]->value, Rational(8));
      continue;
    }
    EXPECT_EQ(out, printed) << written;
  }
}

TEST(Line, SaysWhatIsMissingAndWhatCannotBeRead) {
  for (const char* written :
       {"", "2x +", "3x =", "=", "2(x+3", "2(x+3 = 10", "5 ×", "\\frac{1}{", "2^"}) {
    if (std::string(written) == "=") continue;
    EXPECT_EQ(readLine(written).state, ReadState::kIncomplete) << written;
  }
  for (const char* written :
       {"2x)", "двадцать", "二十", "I do not know", "2x+3]=7", "\\foo{2}", "3 4"}) {
    EXPECT_EQ(readLine(written).state, ReadState::kUnreadable) << written;
  }
}

TEST(Line, HoldsItsBounds) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '(') + "1" +
           std::string(static_cast<std::size_t>(depth), ')');
  };
  EXPECT_EQ(readLine(nested(100)).state, ReadState::kRead);
  EXPECT_EQ(readLine(nested(1000)).state, ReadState::kUnreadable);
  EXPECT_EQ(readLine(std::string(1000, '-') + "1").state, ReadState::kUnreadable);
  EXPECT_EQ(readLine(std::string(5000, '1')).state, ReadState::kUnreadable);
  const auto large = readLine(std::string(200, '9') + " + 1");
  ASSERT_EQ(large.state, ReadState::kRead);
  EXPECT_EQ(large.line.chains[0].members[0]->value->toString(), "1" + std::string(200, '0'));
  const auto tower = readLine("10^10^10");
  ASSERT_EQ(tower.state, ReadState::kRead);
  EXPECT_TRUE(tower.line.chains[0].members[0]->too_big);
  EXPECT_TRUE(readLine("5 ÷ 0").line.chains[0].members[0]->undefined);
  EXPECT_TRUE(readLine("0^0").line.chains[0].members[0]->undefined);
}

TEST(Line, KnowsTheLettersOfTheProblem) {
  ReadOptions options;
  options.letters = {"x", "y"};
  EXPECT_EQ(toText(readLine("xy = 12", options).line), "xy = 12");
  EXPECT_EQ(toText(readLine("X = 4", options).line), "x = 4");
  EXPECT_EQ(toText(readLine("(2, 3)", options).line), "x = 2, y = 3");
  EXPECT_EQ(toText(readLine("(x, y) = (2, 3)", options).line), "x = 2, y = 3");
  const auto unit = readLine("3 cm × 4 cm = 12 cm²");
  EXPECT_EQ(toText(unit.line), "3 × 4 = 12");
  EXPECT_EQ(unit.line.chains[0].unit, "cm^2");
}

TEST(Line, BringsQuantitiesOfOneKindToOneUnit) {
  const auto expect = [](const char* written, const char* printed, const char* unit) {
    const auto read = readLine(written);
    ASSERT_EQ(read.state, ReadState::kRead) << written << ": " << read.message;
    EXPECT_EQ(toText(read.line), printed) << written;
    EXPECT_EQ(read.line.chains[0].unit, unit) << written;
  };
  expect("1.2 m + 35 cm", "120 + 35", "cm");
  expect("1 h 40 min", "100", "min");
  expect("1 h 1 min 5 s", "3665", "s");
  expect("£3 50p", "350", "p");
  expect("£5 - 80p", "500 - 80", "p");
  expect("12 € 50 c + 3 €", "1250 + 300", "c");
  expect("3 × 1 kg 20 g", "3 × 1020", "g");
  expect("2 m : 50 cm", "200:50", "");
  expect("120 km : 2 h", "120:2", "km/h");
  expect("3 cm + 4 cm", "3 + 4", "cm");
  expect("3 apples + 2 pears", "3 + 2", "apples pears");
  EXPECT_EQ(readLine("2 m 3 kg").state, ReadState::kUnreadable);
}

TEST(Line, ReadsSetsOfSolutions) {
  ReadOptions options;
  options.letters = {"x"};
  EXPECT_EQ(toText(readLine("x ∈ {2; 3}", options).line), "x = 2 or x = 3");
  EXPECT_EQ(toText(readLine("L = {2, 3}", options).line), "x = 2 or x = 3");
  EXPECT_EQ(toText(readLine("x \\in \\{-1\\}", options).line), "x = -1");
  EXPECT_TRUE(readLine("L = {}", options).line.no_solution);
  EXPECT_EQ(toText(readLine("L = {2,3}", options).line), "x = 2.3");
  EXPECT_TRUE(readLine("L = {2,3}", options).saw_list_comma);
  options.list_commas = true;
  EXPECT_EQ(toText(readLine("L = {2,3}", options).line), "x = 2 or x = 3");
  options.letters = {"x", "y"};
  EXPECT_EQ(toText(readLine("L = {(2; 3)}", options).line), "x = 2, y = 3");
}

TEST(Line, ReadsFactorialsWhereTheProblemHasThem) {
  ReadOptions options;
  EXPECT_EQ(toText(readLine("5!", options).line), "5");  // said with joy
  options.factorials = true;
  EXPECT_EQ(toText(readLine("5!", options).line), "5 × 4 × 3 × 2 × 1");
  EXPECT_EQ(*readLine("0! + 1!", options).line.chains[0].members[0]->value, Rational(2));
  EXPECT_EQ(readLine("21!", options).state, ReadState::kUnreadable);
  EXPECT_EQ(readLine("2.5!", options).state, ReadState::kUnreadable);
}

TEST(Line, ReadsWhatItPrintsInBothNotations) {
  for (const char* written :
       {"3(x + 4) - 2/3", "√(x + 1)/2", "-x^2 + 5 1/4", "2/3 ÷ 4/5", "(a + b)^2", "x/(x + 1)",
        "2(3x - 1)(x + 2)", "-(x - 2)", "4 - (3 - x)", "20% × 50", "(-3)^2", "2^(-3)", "(1/2)x",
        "3 r 1", "6 ÷ (2 × 3)"}) {
    const auto once = readLine(written);
    ASSERT_EQ(once.state, ReadState::kRead) << written;
    const auto& e = once.line.chains[0].members[0];
    for (const auto& text : {toText(e), toLatex(e)}) {
      const auto again = readLine(text);
      ASSERT_EQ(again.state, ReadState::kRead) << text << ": " << again.message;
      EXPECT_TRUE(sameShape(e, again.line.chains[0].members[0]))
          << written << " -> " << text << " -> " << toText(again.line);
    }
  }
}

}  // namespace
}  // namespace primer::maths
