#include "primer/maths/working.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "primer/maths/rulebook.h"
#include "time_bound.h"

namespace primer::maths {
namespace {

Verdict check(const std::string& problem, const std::vector<std::string>& lines,
              const std::string& answer = "", const std::string& task = "") {
  std::vector<WrittenLine> written;
  for (const auto& line : lines) written.push_back({line, {}});
  const auto verdict = checkWorking({problem, task, answer}, written);
  EXPECT_TRUE(verdict) << problem << ": " << (verdict ? "" : verdict.error().message);
  return verdict ? *verdict : Verdict{};
}

std::vector<std::string> states(const Verdict& verdict) {
  std::vector<std::string> names;
  for (const auto& line : verdict.lines) names.emplace_back(stateName(line.state));
  return names;
}

bool names(const LineVerdict& line, const std::string& key) {
  return line.misconception == key ||
         std::find(line.also.begin(), line.also.end(), key) != line.also.end();
}

struct Example {
  const char* key;
  const char* problem;
  const char* line;
  const char* answer = "";
};

// The examples of the contract's table, one for each key.
const Example kExamples[] = {
    {"add-no-carry", "47+38", "47+38=715"},
    {"add-carry-dropped", "47+38", "75"},
    {"add-misaligned", "34+5", "84"},
    {"numeral-longer-is-larger", "0.04 ? 0.5", "0.04>0.5"},
    {"subtract-smaller-from-larger", "143-28", "125"},
    {"subtract-borrow-no-decrement", "143-28", "125"},
    {"subtract-borrow-from-zero", "1300-522", "878"},
    {"subtract-zero-minus-n", "140-21", "121"},
    {"subtract-borrow-across-zero", "602-327", "225"},
    {"subtract-stops-at-zero", "602-327", "285"},
    {"multiply-carry-before", "29×4", "206"},
    {"multiply-carry-dropped", "97×3", "271"},
    {"multiply-no-shift", "24×13", "96"},
    {"multiply-zero-identity", "5×0", "5"},
    {"divide-zero-omitted", "618÷6", "13"},
    {"divide-remainder-as-decimal", "7÷2", "3.1"},
    {"fraction-add-across", "1/2+1/3", "2/5"},
    {"fraction-numerators-kept", "1/2+1/3", "2/6"},
    {"mixed-smaller-from-larger", "5 1/4-2 3/4", "3 2/4"},
    {"fraction-times-both", "3×2/5", "6/15"},
    {"fraction-divide-inverts-wrong", "2/3÷4/5", "3/2×4/5"},
    {"fraction-natural-number-bias", "1/4 ? 1/3", "1/4>1/3"},
    {"fraction-cancel-one", "24/36", "12/36"},
    {"integer-two-negatives-positive", "-3-4", "7"},
    {"integer-sign-guessed", "-5+2", "-7"},
    {"order-left-to-right", "4+3×2", "14"},
    {"order-acronym", "10-3+2", "5"},
    {"power-of-negative", "-3^2", "9"},
    {"power-as-product", "2^9", "18"},
    {"distribute-partial", "3(x+4)", "3x+4"},
    {"distribute-negative", "-(x-2)", "-x-2"},
    {"equation-wrong-inverse", "x+5=9", "x=14"},
    {"equation-one-side", "2x+3=9", "2x=9"},
    {"algebra-conjoin", "3+2x", "5x"},
    {"equation-subtract-coefficient", "3x=12", "x=9"},
    {"equals-running", "8+4+5", "8+4=12+5=17"},
    {"algebra-reversal", "There are six times as many pupils as teachers.", "6S=P", "S=6P"},
    {"algebra-letter-as-label",
     "Sam buys 3 apples at 4 each and 2 pears at 5 each. What does he pay?", "3a+2p", "22"},
    {"linearity-power-root", "(a+b)^2", "a^2+b^2"},
    {"cancel-terms", "(x+3)/x", "3"},
    {"decimal-longer-is-larger", "4.63 ? 4.8", "4.63>4.8"},
    {"decimal-shorter-is-larger", "0.3 ? 0.47", "0.3>0.47"},
    {"decimal-point-separate", "0.8+0.7", "0.15"},
    {"decimal-multiply-point", "0.3×0.2", "0.6"},
    {"ratio-additive", "2:3=4:?", "2:3=4:5"},
    {"percent-one-formula", "20% of 50", "2.5"},
};

TEST(Working, NamesEveryKeyOfTheContract) {
  std::set<std::string_view> keys;
  for (const auto& example : kExamples) {
    const auto verdict = check(example.problem, {example.line}, example.answer);
    ASSERT_EQ(verdict.lines.size(), 1u);
    EXPECT_EQ(verdict.lines[0].state, LineState::kMisconception) << example.key;
    EXPECT_TRUE(names(verdict.lines[0], example.key))
        << example.key << ": " << verdict.lines[0].misconception;
    EXPECT_FALSE(verdict.finished);
    keys.insert(example.key);
  }
  EXPECT_EQ(keys.size(), 46u);
  // What only digits in their places tell: column_work_test.cpp has these.
  keys.insert(
      {"divide-remainder-not-carried", "divide-digits-separately", "divide-remainder-too-large"});
  for (const auto& m : misconceptions()) EXPECT_TRUE(keys.count(m.key)) << m.key;
  EXPECT_EQ(misconceptions().size(), keys.size());
}

TEST(Working, BothExplanationsAreGivenWhereTwoFit) {
  const auto verdict = check("143-28", {"125"});
  EXPECT_TRUE(names(verdict.lines[0], "subtract-smaller-from-larger"));
  EXPECT_TRUE(names(verdict.lines[0], "subtract-borrow-no-decrement"));
  EXPECT_EQ(verdict.lines[0].also.size(), 1u);
}

TEST(Working, AcceptsRightLinesInFreeStyles) {
  struct Case {
    const char* problem;
    std::vector<std::string> lines;
    const char* answer = "";
  };
  const std::vector<Case> cases = {
      {"47+38", {"40+30=70", "7+8=15", "70+15=85"}},
      {"2x+3=11", {"2x+3-3=11-3", "2x=8", "x=4"}},
      {"2x+3=11", {"11=2x+3", "8=2x", "4=x"}},
      {"2x+3=11", {"2x=8 → x=4"}},
      {"2x+3=11", {"2x = 8, x = 4"}},
      {"x^2=9", {"x=±3"}},
      {"x^2-5x+6=0", {"(x-2)(x-3)=0", "x-2=0", "x=2", "x-3=0", "x=3"}},
      {"3x-2<10", {"3x<12", "x<4"}},
      {"-2x<6", {"x>-3"}},
      {"x+y=5, x-y=1", {"2x=6", "x=3", "3+y=5", "y=2"}},
      {"x+y=5, x-y=1", {"(3,2)"}},
      {"1/2+1/3", {"3/6+2/6=5/6"}},
      {"2/3÷4/5", {"2/3×5/4", "10/12", "5/6"}},
      {"7÷2", {"3 r 1"}},
      {"24×13", {"24×10=240", "24×3=72", "240+72=312"}},
      {"3/4 ? 2/3", {"9/12 ? 8/12", "9/12>8/12", "3/4>2/3"}},
      {"3(x+4)-2x", {"3x+12-2x", "x+12"}},
      {"Make x the subject: y=2x+3", {"y-3=2x", "x=(y-3)/2"}},
      {"Factorise 6x+9", {"3(2x+3)"}},
      {"x=x+1", {"0=1", "no solution"}},
      {"Round 3.456 to 2 decimal places", {"3.46"}},
      {"Write 7/3 as a mixed number", {"2 1/3"}},
      {"There are 4 bags with 6 sweets each. How many?", {"4×6=24", "24 sweets"}, "24"},
      {"x^2-2x-1=0", {"x=1+√2 or x=1-√2"}},
      {"√(x+1)=3", {"x+1=9", "x=8"}},
      {"6/x=3", {"6=3x", "x=2"}},
      {"1/2x=4", {"x=8"}},
      {"1,300-522", {"778"}},
      {"A=lw, l=5, w=3", {"A=5·3", "A=15"}},
      {"15% of 80", {"10%=8", "5%=4", "12"}},
      {"x+y=5, x+y=6", {"x+y=6", "0=1", "no solution"}},
      {"x+y=5, 2x+2y=10", {"0=0", "infinitely many solutions"}},
      {"5÷0", {"undefined"}},
  };
  for (const auto& c : cases) {
    const auto verdict = check(c.problem, c.lines, c.answer);
    for (std::size_t i = 0; i < verdict.lines.size(); ++i) {
      EXPECT_EQ(verdict.lines[i].state, LineState::kRight)
          << c.problem << " | " << c.lines[i] << ": " << stateName(verdict.lines[i].state) << " "
          << verdict.lines[i].misconception;
    }
    EXPECT_TRUE(verdict.finished) << c.problem;
  }
}

TEST(Working, NobodyIsBlamedTwice) {
  auto verdict = check("2x+3=11", {"2x=14", "x=7"});
  EXPECT_EQ(states(verdict), (std::vector<std::string>{"misconception", "wrong"}));
  EXPECT_FALSE(verdict.lines[0].follows_error);
  EXPECT_TRUE(verdict.lines[1].follows_error);
  verdict = check("2x+3=11", {"2x=14", "2x=8", "x=4"});
  EXPECT_EQ(states(verdict), (std::vector<std::string>{"misconception", "right", "right"}));
  EXPECT_TRUE(verdict.finished);
}

TEST(Working, KnowsSlipsDetoursAndUnfinishedLines) {
  EXPECT_EQ(states(check("7×8", {"54"})), std::vector<std::string>{"slip"});
  EXPECT_EQ(states(check("2x+3=11", {"2x+3=12"})), std::vector<std::string>{"slip"});
  EXPECT_EQ(states(check("2x+3=11", {"2x+4=12"})), std::vector<std::string>{"off_path"});
  EXPECT_EQ(states(check("2x+3=11", {"2x", "2x=", "x"})),
            (std::vector<std::string>{"incomplete", "incomplete", "incomplete"}));
  EXPECT_EQ(states(check("47+38", {"двадцать", "4+)"})),
            (std::vector<std::string>{"unreadable", "unreadable"}));
  EXPECT_EQ(states(check("47+38", {"12"})), std::vector<std::string>{"wrong"});
}

TEST(Working, FinishedMeansTheFormThatWasAsked) {
  EXPECT_TRUE(check("1/4+1/4", {"2/4"}).finished);
  EXPECT_FALSE(check("1/4+1/4", {"2/4"}, "", "simplify").finished);
  EXPECT_TRUE(check("1/4+1/4", {"2/4=1/2"}, "", "simplify").finished);
  EXPECT_FALSE(check("Write 7/3 as a mixed number", {"7/3"}).finished);
  EXPECT_FALSE(check("x^2=9", {"x=3"}).finished);
  EXPECT_FALSE(check("2x+3=11", {"x=8/2+0"}).finished);
  EXPECT_FALSE(check("Round 3.456 to 2 decimal places", {"3.456"}).finished);
  EXPECT_FALSE(check("Factorise 4x+8", {"2(2x+4)"}).finished);
}

TEST(Working, KnowsUnitsWithinAnExpression) {
  const auto expect = [](const std::string& problem, const std::vector<std::string>& lines,
                         const std::string& answer = "") {
    const auto verdict = check(problem, lines, answer);
    for (const auto& line : verdict.lines) EXPECT_EQ(line.state, LineState::kRight) << problem;
    EXPECT_TRUE(verdict.finished) << problem;
  };
  expect("1.2 m + 35 cm", {"120 cm + 35 cm", "155 cm", "1.55 m"});
  expect("1.2 m + 35 cm", {"1.2 + 0.35 = 1.55"});
  expect("3 kg 250 g + 900 g", {"3250 g + 900 g = 4150 g", "4 kg 150 g"});
  expect("6 × 1 h 20 min", {"80·6=480", "8 h"});
  expect("0.5 kg = ? g", {"500 g"});
  expect("? cm = 2.4 m", {"240"});
  expect("£5 - 80p", {"500p-80p=420p", "£4.20"});
  expect("A rectangle is 3 m by 40 cm. Its area?", {"40 cm = 0.4 m", "3 m × 0.4 m = 1.2 m²"},
         "1.2 m^2");
  EXPECT_EQ(check("1.2 m + 35 cm", {"155 m"}).lines[0].state, LineState::kWrong);
  // Letters without another unit beside them stay letters.
  EXPECT_EQ(check("3m + 2 = 8", {"m=2"}).lines[0].state, LineState::kRight);
}

TEST(Working, PutsGivenValuesIn) {
  const auto verdict = check("Work out x^2 - 3x when x = -2", {"(-2)^2-3·(-2)", "4-6", "10"});
  EXPECT_EQ(verdict.lines[0].state, LineState::kRight);
  EXPECT_NE(verdict.lines[1].state, LineState::kRight);
  EXPECT_EQ(verdict.lines[2].state, LineState::kRight);
  EXPECT_TRUE(check("5a + 3b for a=2 and b=4", {"22"}, "22").finished);
}

TEST(Working, SolvesAbsoluteValuesByCases) {
  EXPECT_TRUE(check("|x-2|=3", {"x-2=3 or x-2=-3", "x=5 or x=-1"}).finished);
  EXPECT_EQ(check("|x|=5", {"x=5"}).lines[0].state, LineState::kWrong);
  EXPECT_EQ(check("√(x^2)=5", {"x=5"}).lines[0].state, LineState::kWrong);
  EXPECT_TRUE(check("|x|<2", {"-2<x<2"}).finished);
  EXPECT_TRUE(check("|x|=-3", {"no solution"}).finished);
}

TEST(Working, LooksForTheReasonInTheCalculationBehindAnAnswer) {
  const auto key = [](const std::string& problem, const std::string& line,
                      const std::string& answer = "") {
    return check(problem, {line}, answer).lines[0].misconception;
  };
  EXPECT_EQ(key("x+46=93", "x=53"), "subtract-smaller-from-larger");
  EXPECT_EQ(key("x/8=34", "x=242"), "multiply-carry-dropped");
  EXPECT_EQ(
      key("A tram ride costs 90 cents, for children 45 cents less. What do they pay?", "55", "45"),
      "subtract-zero-minus-n");
  EXPECT_EQ(key("-3x-4x", "7x"), "integer-two-negatives-positive");
  EXPECT_EQ(key("(-5)·6", "30"), "integer-sign-guessed");
  EXPECT_EQ(key("Subtract 7 from n.", "7-n", "n-7"), "algebra-reversal");
  EXPECT_EQ(check("x/6=7", {"x=48"}).lines[0].state, LineState::kSlip);
}

TEST(Working, SaysWhichOfTwoIsLarger) {
  EXPECT_TRUE(check("Which is larger, 3.16 or 3.5?", {"3.5"}).finished);
  EXPECT_EQ(check("Which is larger, 3.16 or 3.5?", {"3.16"}).lines[0].misconception,
            "decimal-longer-is-larger");
  EXPECT_TRUE(check("90 min ? 1.5 h", {"90 min = 1.5 h"}).finished);
}

TEST(Working, ReadsBarsAndFactorialsOfNumbers) {
  EXPECT_TRUE(check("-|5| + |-2|·3", {"-5+6", "1"}).finished);
  EXPECT_TRUE(check("7!/5!", {"7×6", "42"}).finished);
  EXPECT_NE(check("5!", {"20"}).lines[0].state, LineState::kRight);
}

TEST(Working, HintsKeepTheirRules) {
  for (const auto& example : kExamples) {
    const auto verdict = check(example.problem, {example.line, example.line}, example.answer);
    for (const auto& line : verdict.lines) {
      std::set<std::string> different(line.hints.begin(), line.hints.end());
      EXPECT_EQ(different.size(), 3u) << example.key;
      for (const auto& hint : line.hints) {
        EXPECT_FALSE(hint.empty());
        const auto characters = std::count_if(hint.begin(), hint.end(), [](char c) {
          return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        });
        EXPECT_LE(characters, 160) << hint;
      }
      EXPECT_FALSE(line.explanation.empty());
      // The first rung never holds a number, so it cannot give the answer away.
      EXPECT_EQ(line.hints[0].find_first_of("0123456789"), std::string::npos) << line.hints[0];
    }
  }
  const auto verdict = check("2x+3=11", {"2x=14"});
  EXPECT_NE(verdict.lines[0].hints[2].find("2x = 8"), std::string::npos)
      << verdict.lines[0].hints[2];
}

TEST(Working, ASecondReadingIsAskedAboutAndNotBlamed) {
  const auto verdict = checkWorking({"47+38", "", ""}, {{"35", {"65", "85"}}});
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->lines[0].state, LineState::kUnreadable);
  EXPECT_EQ(verdict->lines[0].second_reading, "85");
  EXPECT_EQ(verdict->lines[0].misconception, "");
}

TEST(Working, HostileInputEndsInTimeAndIsNeverCalledWrongForIt) {
  const std::string nested = std::string(100, '(') + "x" + std::string(100, ')');
  const std::string digits(200, '7');
  const std::vector<std::string> lines = {nested + "=1",
                                          digits + "+" + digits,
                                          "10^10^10",
                                          "(a+b+c+d+f+g+h)^90",
                                          "0^0",
                                          "5÷0",
                                          std::string(3000, '+'),
                                          std::string(3000, '('),
                                          "1/(x-x)",
                                          "((((((x+1)^9+1)^9+1)^9+1)^9+1)^9",
                                          "\xff\xfe\x01",
                                          "x^x^x^x=x",
                                          "√√√√√√√√x=" + digits};
  for (const auto* problem : {"2x+3=11", "47+38", "3(x+4)", "0.3 ? 0.47", "x+y=5, x-y=1",
                              "(x+1)^1000", "10^10^10", "x^9+x+1=0"}) {
    for (const auto& line : lines) {
      Result<Verdict> verdict;
      const double took = test::threadMilliseconds([&] {
        verdict = checkWorking({problem, "", ""}, {{line, {}}});
      });
      // The bound is on the thread's own time; slow machines get some grace.
      EXPECT_LT(took, 500 * test::kSlowBuild) << problem << " | " << line.substr(0, 40);
      EXPECT_TRUE(verdict || !verdict.error().message.empty());
    }
  }
  EXPECT_EQ(states(check("10^10^10", {"10^10^10"})), std::vector<std::string>{"unreadable"});
}

TEST(Working, ASpentBudgetIsNeverWrong) {
  Limits limits;
  limits.line = std::chrono::microseconds(0);
  const auto verdict =
      checkWorking({"(a+b)^6", "", ""}, {{"a^6+6a^5b", {}}, {"(b+a)^6", {}}}, limits);
  if (!verdict) return;  // the problem itself is then too much, and says so
  for (const auto& line : verdict->lines) {
    EXPECT_NE(line.state, LineState::kWrong);
    EXPECT_NE(line.state, LineState::kMisconception);
  }
}

TEST(Working, BadProblemsAreOneClearError) {
  const std::vector<ProblemSource> bad = {{"Anna has 3 bags of apples", "", ""},
                                          {"2x+3", "solve", ""},
                                          {"2+3", "guess", ""},
                                          {"((2+3", "", ""},
                                          {"", "", ""}};
  for (const auto& source : bad) {
    const auto verdict = checkWorking(source, {});
    ASSERT_FALSE(verdict) << source.text;
    EXPECT_EQ(verdict.error().code, ErrorCode::kInvalidArgument);
  }
  const auto verdict = checkWorking({"2+3", "", ""}, std::vector<WrittenLine>(500));
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().code, ErrorCode::kLimitExceeded);
}

TEST(Working, HintsFitTheLine) {
  // A rounded value, a second solution, a question mark that is left, a line after the answer.
  auto v = check("1/2+1/3", {"0.83", "5/6", "0.8333"});
  EXPECT_NE(v.lines[0].explanation.find("rounded"), std::string::npos);
  EXPECT_NE(v.lines[2].explanation.find("rounded"), std::string::npos);
  v = check("1/2+1/3", {"1"});
  EXPECT_EQ(v.lines[0].explanation.find("rounded"), std::string::npos);
  v = check("x^2=16", {"x=4"});
  EXPECT_NE(v.lines[0].hints[0].find("other numbers"), std::string::npos);
  v = check("2x+3=11", {"x=?", "x=4", "x="});
  EXPECT_NE(v.lines[0].explanation.find("question mark"), std::string::npos);
  EXPECT_EQ(v.lines[2].state, LineState::kIncomplete);
  EXPECT_TRUE(v.finished);
  EXPECT_EQ(v.lines[2].hints[2], "You are done. Go on to the next problem.");
  // The next step, not the answer, of a story, a system and a formula; with its unit.
  v = check("Ben buys 3 pens at 4 each. What does he pay?", {"7", "3×4", "9"}, "12");
  EXPECT_EQ(v.lines[0].hints[2], "Next, write: 3 × 4");
  EXPECT_EQ(v.lines[2].hints[2], "Next, write: 12");
  EXPECT_EQ(check("x+y=5, x-y=1", {"x=7"}).lines[0].hints[2], "Next, write: 2x = 6");
  EXPECT_EQ(check("2x+y=7, 3x-2y=0", {"x=7"}).lines[0].hints[2], "Next, write: 4x + 2y = 14");
  EXPECT_EQ(check("1.2 m + 35 cm", {"36.2 cm"}).lines[0].hints[2], "Next, write: 155 cm");
  EXPECT_EQ(check("Make x the subject: y = 3x + 2", {"x=y"}).lines[0].hints[2],
            "Next, write: x = (y - 2)/3");
  EXPECT_EQ(check("x/6=7", {"x=1"}).lines[0].hints[2], "Next, write: x = 42");
  EXPECT_EQ(check("3+2x=11", {"x=9"}).lines[0].hints[2], "Next, write: 2x = 8");
  EXPECT_NE(check("(-5)×(-6)", {"-30"}).lines[0].hints[1].find("alike"), std::string::npos);
  EXPECT_NE(check("-5+2", {"-7"}).lines[0].hints[1].find("to the right"), std::string::npos);
  EXPECT_EQ(check("(x-2)(x-3)=0", {"x=5"}).lines[0].hints[2], "Next, write: x = 2 or x = 3");
}

TEST(Working, AFunctionThatIsNotKnownIsSaid) {
  const auto verdict = checkWorking({"sin(30)", "", ""}, {{"0.5", {}}});
  ASSERT_FALSE(verdict);
  EXPECT_NE(verdict.error().message.find("'sin'"), std::string::npos);
  EXPECT_TRUE(checkWorking({"35 min + 20 min", "", ""}, {{"55 min", {}}}));
}

}  // namespace
}  // namespace primer::maths
