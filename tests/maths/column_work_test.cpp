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

TEST(ColumnWork, BadWorkIsAClearError) {
  for (const auto& work : {ColumnWork{ColumnMethod::kAdd, {"4x", "3"}, "7", {}, "", ""},
                           ColumnWork{ColumnMethod::kAdd, {"4"}, "7", {}, "", ""},
                           ColumnWork{ColumnMethod::kSubtract, {"3", "4"}, "1", {}, "", ""},
                           ColumnWork{ColumnMethod::kShortDivision, {"3", "0"}, "1", {}, "", ""},
                           ColumnWork{ColumnMethod::kAdd, {"12345678901", "1"}, "1", {}, "", ""},
                           ColumnWork{ColumnMethod::kAdd, {"4", "5"}, "a", {}, "", ""}}) {
    const auto verdict = checkColumns(work);
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().code, ErrorCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace primer::maths
