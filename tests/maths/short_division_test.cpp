#include "primer/maths/short_division.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "primer/maths/column_work.h"
#include "primer/maths/exercises.h"
#include "primer/maths/rulebook.h"

namespace primer::maths {
namespace {

ColumnVerdict check(const std::string& dividend, const std::string& divisor,
                    const std::string& result, const std::string& marks = "",
                    const std::string& remainder = "") {
  const auto verdict = checkColumns(
      {ColumnMethod::kShortDivision, {dividend, divisor}, result, {}, remainder, marks});
  EXPECT_TRUE(verdict) << (verdict ? "" : verdict.error().message);
  return verdict ? *verdict : ColumnVerdict{};
}

void expectHelp(const ColumnVerdict& verdict) {
  EXPECT_FALSE(verdict.hints[0].empty() || verdict.hints[1].empty() || verdict.hints[2].empty());
  EXPECT_NE(verdict.hints[0], verdict.hints[1]);
  EXPECT_NE(verdict.hints[1], verdict.hints[2]);
  for (const auto& hint : verdict.hints) EXPECT_LE(hint.size(), 160U) << hint;
}

TEST(ShortDivision, IsKnownByItsProblem) {
  const auto exact = shortDivisionOf("846 ÷ 3");
  ASSERT_TRUE(exact);
  EXPECT_EQ(*exact, (ShortDivision{"846", 3, false}));
  const auto over = shortDivisionOf("86 ÷ 4 with remainder");
  ASSERT_TRUE(over);
  EXPECT_EQ(*over, (ShortDivision{"86", 4, true}));
  EXPECT_EQ(over->remainder(), 2);
  for (const char* other : {"846 + 3", "846 ÷ 12", "8.4 ÷ 2", "8 ÷ 2", "046 ÷ 2", "84 ÷ 1", "÷", "",
                            "84 ÷ 0", "1234567890 ÷ 2", "(84) ÷ 2", " with remainder"}) {
    EXPECT_FALSE(shortDivisionOf(other)) << other;
  }
}

TEST(ShortDivision, StepsMultiplyBack) {
  for (int divisor = 2; divisor <= 9; ++divisor) {
    for (int dividend = 10; dividend < 1000; ++dividend) {
      const ShortDivision division{std::to_string(dividend), divisor};
      int quotient = 0;
      for (const auto& step : divisionSteps(division)) {
        quotient = quotient * 10 + step.digit;
        EXPECT_LT(step.rest, divisor);
        EXPECT_EQ(step.digit * divisor + step.rest, step.taken);
      }
      ASSERT_EQ(quotient * divisor + division.remainder(), dividend);
    }
  }
}

TEST(ShortDivision, RightWorkIsRightDigitByDigit) {
  auto v = check("72", "3", "24", " 1");
  EXPECT_TRUE(v.finished);
  EXPECT_EQ(v.state, LineState::kRight);
  EXPECT_TRUE(v.hints[0].empty());
  v = check("72", "3", "2 ", " 1");
  EXPECT_EQ(v.state, LineState::kRight);
  EXPECT_FALSE(v.finished);
  expectHelp(v);
  ASSERT_TRUE(v.picture);
  EXPECT_EQ(std::get<BusStop>(*v.picture).quotient, "2?");
  EXPECT_EQ(std::get<BusStop>(*v.picture).carries, " 1");
  for (const char* written : {" 82", "082", "82"}) {
    EXPECT_TRUE(check("246", "3", written, " 2 ").finished) << written;
  }
  EXPECT_TRUE(check("86", "4", "21", "", "2").finished);
  // What is left over is still to be said.
  v = check("86", "4", "21");
  EXPECT_EQ(v.state, LineState::kRight);
  EXPECT_FALSE(v.finished);
  EXPECT_NE(v.hints[2].find("2 behind the r"), std::string::npos) << v.hints[2];
}

TEST(ShortDivision, NamesWhatWentWrong) {
  struct Case {
    const char* dividend;
    const char* divisor;
    const char* result;
    const char* marks;
    const char* remainder;
    const char* key;
    std::size_t column;
  };
  for (const auto& c : {
           Case{"72", "3", "20", "", "2", "divide-remainder-not-carried", 0},
           Case{"846", "3", "212", "", "", "divide-remainder-not-carried", 1},
           Case{"852", "3", "21 ", "", "", "divide-remainder-not-carried", 1},
           Case{"618", "6", "13", "", "", "divide-zero-omitted", 1},
           Case{"618", "6", "13 ", "", "", "divide-zero-omitted", 1},
           Case{"618", "6", "1 3", "", "", "divide-zero-omitted", 1},
           Case{"72", "3", "21", "", "", "divide-digits-separately", 0},
           Case{"412", "8", "284", "", "", "divide-digits-separately", 2},
           Case{"86", "4", "20", "", "6", "divide-remainder-too-large", 0},
           Case{"96", "4", "1 ", " 5", "", "divide-remainder-too-large", 1},
       }) {
    const auto v = check(c.dividend, c.divisor, c.result, c.marks, c.remainder);
    EXPECT_EQ(v.state, LineState::kMisconception) << c.dividend << " " << c.result;
    EXPECT_EQ(v.misconception, c.key) << c.dividend << " " << c.result;
    EXPECT_EQ(v.first_wrong_column, c.column) << c.dividend << " " << c.result;
    EXPECT_TRUE(v.picture);
    expectHelp(v);
  }
}

TEST(ShortDivision, WhoMarksWhatIsLeftOverHasNotLostIt) {
  const auto v = check("72", "3", "20", " 1");
  EXPECT_EQ(v.misconception, "");
  EXPECT_EQ(v.state, LineState::kSlip);
  EXPECT_EQ(v.first_wrong_column, 0U);
}

TEST(ShortDivision, WhatFollowsFromAnErrorIsNotBlamed) {
  // 7 ÷ 3 leaves 1; with the 2 that was written, 22 ÷ 3 is 7.
  auto v = check("72", "3", "27", " 2", "1");
  EXPECT_EQ(v.first_wrong_mark, 0U);
  EXPECT_FALSE(v.first_wrong_column);
  EXPECT_TRUE(v.follows[0]);
  EXPECT_TRUE(v.column_right[1]);
  EXPECT_EQ(v.remainder, RemainderState::kFollows);
  EXPECT_EQ(v.state, LineState::kSlip);
  EXPECT_FALSE(v.finished);
  expectHelp(v);
  // 8 ÷ 3 taken as 1 leaves 5, which goes on as 54 ÷ 3.
  v = check("846", "3", "2  ", "  1");
  EXPECT_EQ(v.first_wrong_mark, 0U);
  v = check("651", "3", "216", " 0");
  EXPECT_EQ(v.first_wrong_column, 0U);
  EXPECT_TRUE(v.column_right[1] && v.column_right[2]);
}

// One digit wrong, in every division of three digits: that one is found, and no right one is
// called wrong.
TEST(ShortDivision, OneWrongDigitIsFoundAndNoOther) {
  int tried = 0;
  for (int divisor = 2; divisor <= 9; ++divisor) {
    for (int dividend = 100; dividend < 1000; dividend += 7) {
      const std::string text = std::to_string(dividend);
      const ShortDivision division{text, divisor};
      const auto steps = divisionSteps(division);
      std::string right;
      std::string marks(3, ' ');
      for (const auto& step : steps) {
        right += step.written ? static_cast<char>('0' + step.digit) : ' ';
        if (step.column > 0 && step.rest > 0) {
          marks[3 - step.column] = static_cast<char>('0' + step.rest);
        }
      }
      const std::string rest =
          division.remainder() > 0 ? std::to_string(division.remainder()) : std::string();
      EXPECT_TRUE(check(text, std::to_string(divisor), right, marks, rest).finished) << text;
      for (std::size_t i = 0; i < 3; ++i) {
        for (int other = 0; other < 10; ++other) {
          if (right[i] == ' ' || right[i] - '0' == other) continue;
          auto wrong = right;
          wrong[i] = static_cast<char>('0' + other);
          const auto v = check(text, std::to_string(divisor), wrong, marks, rest);
          ++tried;
          ASSERT_EQ(v.first_wrong_column, 2 - i) << text << " ÷ " << divisor << " " << wrong;
          ASSERT_FALSE(v.first_wrong_mark) << text << " ÷ " << divisor << " " << wrong;
          for (std::size_t k = 0; k < 3; ++k) ASSERT_TRUE(k == 2 - i || v.column_right[k]);
          ASSERT_FALSE(v.finished);
        }
      }
    }
  }
  EXPECT_GT(tried, 20000);
}

TEST(ShortDivision, AnythingIsJudgedWithoutHarm) {
  // A small digit where nothing can be left over yet.
  const auto early = check("72", "3", "  ", "5 ");
  EXPECT_EQ(early.first_wrong_mark, 1U);
  EXPECT_NE(early.hints[2].find("7 ÷ 3 is 2"), std::string::npos) << early.hints[2];
  for (const char* result : {"", "   ", "999", "  9", "9  ", " 9 ", "000", "_1_"}) {
    for (const char* marks : {"", "999", "1  ", "  9", "0 0"}) {
      for (const char* rest : {"", "0", "9", "99"}) {
        const auto v = check("805", "7", result, marks, rest);
        EXPECT_FALSE(v.finished);
        expectHelp(v);
      }
    }
  }
}

TEST(ShortDivision, ExamplesShowEveryStep) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    for (const auto& like : {ShortDivision{"72", 3, false}, ShortDivision{"86", 4, true},
                             ShortDivision{"846", 3, false}, ShortDivision{"1236", 4, false}}) {
      const auto worked = workedDivision(like, seed);
      EXPECT_EQ(worked.division.dividend.size(), like.dividend.size());
      EXPECT_NE(worked.division.dividend, like.dividend);
      EXPECT_EQ(worked.division.remainder() > 0, like.remainder() > 0);
      ASSERT_EQ(worked.steps.size(), like.dividend.size());
      for (const auto& step : worked.steps) EXPECT_LE(step.words.size(), 160U) << step.words;
      const auto& last = worked.steps.back().drawn;
      const auto v =
          check(last.dividend, last.divisor, last.quotient, last.carries, last.remainder);
      EXPECT_TRUE(v.finished) << toText(last);
    }
  }
  EXPECT_EQ(workedDivision({"72", 3}, 5).division, workedDivision({"72", 3}, 5).division);
}

TEST(ShortDivision, ExercisesCarryAndAreOfTheirKind) {
  for (const char* kind : {"short-division", "short-division-remainder"}) {
    int zeros = 0;
    for (int level = 1; level <= kHardest; ++level) {
      for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const auto exercise = makeExercise(kind, level, seed);
        ASSERT_TRUE(exercise);
        const auto division = shortDivisionOf(exercise->problem.text);
        ASSERT_TRUE(division) << exercise->problem.text;
        const bool over = std::string_view(kind) != "short-division";
        EXPECT_EQ(division->with_remainder, over);
        EXPECT_EQ(division->remainder() > 0, over);
        const auto steps = divisionSteps(*division);
        EXPECT_TRUE(std::any_of(steps.begin(), steps.end(),
                                [](const DivisionStep& s) { return s.column > 0 && s.rest > 0; }));
        zeros += std::any_of(steps.begin(), steps.end(),
                             [](const DivisionStep& s) { return s.written && s.digit == 0; });
        EXPECT_LE(division->dividend.size(), over ? 3U : 4U);
      }
    }
    EXPECT_GT(zeros, 60) << kind;
  }
}

}  // namespace
}  // namespace primer::maths
