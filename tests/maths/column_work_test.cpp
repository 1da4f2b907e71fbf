#include "primer/maths/column_work.h"

#include <gtest/gtest.h>

#include <algorithm>

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
