#include "primer/maths/column_work.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "primer/maths/rulebook.h"

namespace primer::maths {
namespace {

ColumnVerdict check(ColumnMethod method, std::vector<std::string> operands,
                    const std::string& result, const std::string& remainder = "",
                    std::vector<std::string> rows = {}) {
  ColumnWork work;
  work.method = method;
  work.operands = std::move(operands);
  work.result = result;
  work.remainder = remainder;
  work.rows = std::move(rows);
  const auto verdict = checkColumns(work);
  EXPECT_TRUE(verdict) << (verdict ? "" : verdict.error().message);
  return verdict ? *verdict : ColumnVerdict{};
}

TEST(ColumnWork, RightWorkIsRightWholeAndInParts) {
  auto v = check(ColumnMethod::kAdd, {"47", "38"}, "85");
  EXPECT_EQ(v.state, LineState::kRight);
  EXPECT_TRUE(v.finished);
  v = check(ColumnMethod::kAdd, {"47", "38"}, " 5");
  EXPECT_EQ(v.state, LineState::kRight);
  EXPECT_FALSE(v.finished);
  v = check(ColumnMethod::kSubtract, {"12.5", "3.75"}, "8.75");
  EXPECT_TRUE(v.finished);
  v = check(ColumnMethod::kShortDivision, {"617", "6"}, "102", "5");
  EXPECT_TRUE(v.finished);
  v = check(ColumnMethod::kMultiply, {"24", "13"}, "312", "", {"72", "24 "});
  EXPECT_TRUE(v.finished);
}

TEST(ColumnWork, NamesTheProcedureAndTheColumn) {
  auto v = check(ColumnMethod::kAdd, {"47", "38"}, "75");
  EXPECT_EQ(v.misconception, "add-carry-dropped");
  EXPECT_EQ(v.first_wrong_column, 1u);
  EXPECT_TRUE(v.column_right[0]);
  v = check(ColumnMethod::kSubtract, {"143", "28"}, "125");
  EXPECT_EQ(v.state, LineState::kMisconception);
  EXPECT_EQ(v.also.size(), 1u);
  v = check(ColumnMethod::kSubtract, {"812", "345"}, " 33");
  EXPECT_EQ(v.misconception, "subtract-smaller-from-larger");
  v = check(ColumnMethod::kMultiply, {"24", "13"}, "96", "", {"72", "24"});
  EXPECT_EQ(v.misconception, "multiply-no-shift");
  EXPECT_EQ(v.first_wrong_row, 1u);
  v = check(ColumnMethod::kShortDivision, {"618", "6"}, "13");
  EXPECT_EQ(v.misconception, "divide-zero-omitted");
  v = check(ColumnMethod::kAdd, {"47", "38"}, "86");
  EXPECT_EQ(v.state, LineState::kSlip);
  EXPECT_EQ(v.first_wrong_column, 0u);
}

ColumnVerdict marked(ColumnMethod method, std::vector<std::string> operands,
                     const std::string& carries, const std::string& result) {
  const auto verdict = checkColumns({method, std::move(operands), result, {}, "", carries});
  EXPECT_TRUE(verdict) << (verdict ? "" : verdict.error().message);
  return verdict ? *verdict : ColumnVerdict{};
}

TEST(ColumnWork, SmallDigitsThatFitAreRight) {
  const auto right = [](ColumnMethod method, std::vector<std::string> operands,
                        const std::string& carries, const std::string& result) {
    const auto v = marked(method, std::move(operands), carries, result);
    EXPECT_EQ(v.state, LineState::kRight) << carries << " / " << result << ": " << v.explanation;
    EXPECT_FALSE(v.first_wrong_mark) << carries;
    EXPECT_EQ(v.explanation, v.finished ? "Right." : "Right so far.");
  };
  right(ColumnMethod::kAdd, {"47", "38"}, "1 ", "85");
  right(ColumnMethod::kAdd, {"47", "38"}, "  ", "85");
  right(ColumnMethod::kAdd, {"47", "38"}, "10", " 5");
  right(ColumnMethod::kAdd, {"67", "58"}, "11 ", "125");
  right(ColumnMethod::kAdd, {"1.7", "2.6"}, "1. ", "4.3");
  right(ColumnMethod::kSubtract, {"143", "28"}, " 31", "115");
  right(ColumnMethod::kSubtract, {"143", "28"}, "  1", "115");
  right(ColumnMethod::kSubtract, {"602", "327"}, "591", "275");
  right(ColumnMethod::kMultiply, {"29", "4"}, "13 ", "116");
  right(ColumnMethod::kShortDivision, {"615", "5"}, " 11", "123");
}

TEST(ColumnWork, SmallDigitsThatDoNotFitAreFound) {
  // The five was carried, and the ten written down.
  auto v = marked(ColumnMethod::kAdd, {"47", "38"}, "5 ", " 1");
  EXPECT_EQ(v.first_wrong_mark, 1u);
  v = marked(ColumnMethod::kAdd, {"47", "38"}, "2 ", " 5");
  EXPECT_EQ(v.state, LineState::kSlip);
  EXPECT_NE(v.explanation.find("tens"), std::string::npos);
  EXPECT_FALSE(v.first_wrong_column);
  // Right digits stay right.
  v = marked(ColumnMethod::kAdd, {"47", "38"}, "2 ", "85");
  EXPECT_EQ(v.state, LineState::kRight);
  EXPECT_TRUE(v.finished);
  EXPECT_EQ(v.first_wrong_mark, 1u);
  v = marked(ColumnMethod::kAdd, {"47", "38"}, "2 ", "95");
  EXPECT_EQ(v.state, LineState::kSlip);
  EXPECT_EQ(v.first_wrong_mark, 1u);
  v = marked(ColumnMethod::kMultiply, {"29", "4"}, " 2 ", "  6");
  EXPECT_EQ(v.first_wrong_mark, 1u);
  v = marked(ColumnMethod::kShortDivision, {"617", "5"}, " 12", "12 ");
  EXPECT_EQ(v.first_wrong_mark, 0u);
  v = marked(ColumnMethod::kSubtract, {"602", "327"}, " 81", "  5");
  EXPECT_EQ(v.first_wrong_mark, 1u);
}

TEST(ColumnWork, SmallDigitsTellProceduresApart) {
  auto v = marked(ColumnMethod::kSubtract, {"143", "28"}, "   ", "125");
  EXPECT_EQ(v.also.size(), 1u);
  v = marked(ColumnMethod::kSubtract, {"143", "28"}, "  1", "125");
  EXPECT_EQ(v.misconception, "subtract-borrow-no-decrement");
  EXPECT_TRUE(v.also.empty());
}

// Whatever small digits stand there, they do not make right digits wrong.
TEST(ColumnWork, NoMarkMakesAFinishedAnswerWrong) {
  for (const auto method : {ColumnMethod::kAdd, ColumnMethod::kSubtract, ColumnMethod::kMultiply,
                            ColumnMethod::kShortDivision}) {
    const std::string right = method == ColumnMethod::kAdd        ? "612"
                              : method == ColumnMethod::kSubtract ? "604"
                              : method == ColumnMethod::kMultiply ? "2432"
                                                                  : "152";
    for (int mark = 0; mark < 1000; ++mark) {
      std::string carries = std::to_string(mark);
      std::replace(carries.begin(), carries.end(), '0', ' ');
      const auto v = marked(method, {"608", "4"}, carries, right);
      EXPECT_EQ(v.state, LineState::kRight) << carries;
      EXPECT_TRUE(v.finished);
    }
  }
}

TEST(ColumnWork, HelpsWithThePlaceThatWentWrong) {
  using Rungs = std::array<std::string, 3>;
  EXPECT_EQ(check(ColumnMethod::kAdd, {"81", "97"}, "168").hints,
            (Rungs{"Look at the tens: add that column once more.", "In the tens: 8 + 9.",
                   "8 + 9 is 17. Write 7 in the tens, and carry 1 to the hundreds."}));
  EXPECT_EQ(check(ColumnMethod::kAdd, {"47", "38"}, "86").hints[1], "In the ones: 7 + 8.");
  EXPECT_EQ(check(ColumnMethod::kAdd, {"1.7", "2.65"}, "4.45").hints[2],
            "7 + 6 is 13. Write 3 in the tenths, and carry 1 to the ones.");
  EXPECT_EQ(check(ColumnMethod::kAdd, {"67", "58"}, "225").hints,
            (Rungs{"Look at the hundreds: add that column once more.",
                   "In the hundreds: only the 1 that came over from the tens.",
                   "Write 1 in the hundreds."}));
  EXPECT_EQ(check(ColumnMethod::kSubtract, {"602", "327"}, "265").hints,
            (Rungs{"Look at the tens: take away there once more.",
                   "The tens had to lend, and had nothing: ten came first, 9 are left.",
                   "9 \u2212 2 is 7. Write 7 in the tens."}));
  EXPECT_EQ(check(ColumnMethod::kSubtract, {"143", "28"}, "117").hints[1],
            "3 is less than 8: fetch ten from the tens.");
  EXPECT_EQ(check(ColumnMethod::kMultiply, {"29", "4"}, "126").hints,
            (Rungs{"Look at the tens: multiply there once more.",
                   "In the tens: 2 \u00d7 4, and the 3 that came over from the ones.",
                   "2 \u00d7 4 is 8, and 3 make 11. Write 1 in the tens, and carry 1 to the "
                   "hundreds."}));
  EXPECT_EQ(check(ColumnMethod::kMultiply, {"24", "13"}, "322", "", {"82", "24 "}).hints[2],
            "24 \u00d7 3 is 72.");
  EXPECT_EQ(check(ColumnMethod::kSubtract, {"143", "98"}, "145").hints[2],
            "Write nothing in the hundreds.");
  EXPECT_EQ(check(ColumnMethod::kAdd, {"47", "38"}, "1085").hints[1],
            "Nothing is left for the thousands.");
  // A wrong procedure is told in its own words, and what to write by the place.
  const auto v = check(ColumnMethod::kAdd, {"47", "38"}, "75");
  EXPECT_EQ(v.hints[0], findMisconception(v.misconception)->point);
  EXPECT_EQ(v.hints[2], "4 + 3 + 1 is 8. Write 8 in the tens.");
  EXPECT_EQ(check(ColumnMethod::kAdd, {"47", "38"}, "85").hints, Rungs());
}

// One digit changed, in any place: the third hint names the place and the digit that belongs there.
TEST(ColumnWork, TheLastHintIsRight) {
  constexpr const char* kPlaces[] = {"ones", "tens", "hundreds", "thousands",
                                     "column 5 from the right"};
  int tried = 0;
  for (int a = 101; a < 10'000; a += 397) {
    for (int b = 2; b < a; b = b * 5 + 3) {
      for (const auto method :
           {ColumnMethod::kAdd, ColumnMethod::kSubtract, ColumnMethod::kMultiply}) {
        if (method == ColumnMethod::kMultiply && b > 9) continue;
        const int right = method == ColumnMethod::kAdd        ? a + b
                          : method == ColumnMethod::kSubtract ? a - b
                                                              : a * b;
        const std::string digits = std::to_string(right);
        for (std::size_t at = 0; at < digits.size(); ++at) {
          std::string wrong = digits;
          wrong[at] = wrong[at] == '9' ? '1' : static_cast<char>(wrong[at] + 1);
          const auto v = check(method, {std::to_string(a), std::to_string(b)}, wrong);
          ASSERT_EQ(v.first_wrong_column, digits.size() - 1 - at);
          const std::string write =
              std::string("rite ") + digits[at] + " in the " + kPlaces[*v.first_wrong_column];
          EXPECT_NE(v.hints[2].find(write), std::string::npos)
              << a << ' ' << b << " = " << wrong << ": " << v.hints[2];
          ++tried;
        }
      }
    }
  }
  EXPECT_GT(tried, 500);
}

TEST(ColumnWork, BadWorkIsAClearError) {
  for (const auto& work : {ColumnWork{ColumnMethod::kAdd, {"4x", "3"}, "7", {}, "", ""},
                           ColumnWork{ColumnMethod::kAdd, {"4"}, "7", {}, "", ""},
                           ColumnWork{ColumnMethod::kSubtract, {"3", "4"}, "1", {}, "", ""},
                           ColumnWork{ColumnMethod::kShortDivision, {"3", "0"}, "1", {}, "", ""},
                           ColumnWork{ColumnMethod::kAdd, {"12345678901", "1"}, "1", {}, "", ""},
                           ColumnWork{ColumnMethod::kAdd, {"4", "5"}, "9", {}, "", "x"},
                           ColumnWork{ColumnMethod::kAdd, {"4", "5"}, "a", {}, "", ""}}) {
    const auto verdict = checkColumns(work);
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, ErrorCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace primer::maths
