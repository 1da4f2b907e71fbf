// Column arithmetic in ink made by code, with the shipped models.

#include "primer/handwriting/column_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "handwriting/test_ink.h"
#include "primer/handwriting/drawn_columns.h"
#include "time_bound.h"

namespace primer::handwriting {

void PrintTo(const ColumnText& text, std::ostream* out) {
  *out << "method " << static_cast<int>(text.method) << " layout "
       << static_cast<int>(text.division);
  for (const auto& operand : text.operands) *out << " [" << operand << "]";
  *out << " = [" << text.result << "]";
  for (const auto& row : text.rows) *out << " row [" << row << "]";
  *out << " rest [" << text.remainder << "] marks [" << text.carries << "]";
}

namespace {

ColumnText worked(ColumnMethod method, std::vector<std::string> operands, bool marks = true,
                  bool steps = false, DivisionLayout layout = DivisionLayout::kHouse) {
  auto text = workColumns(method, operands, marks, steps);
  EXPECT_TRUE(text);
  text->division = layout;
  return *text;
}

class ColumnReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = ColumnReader::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    reader_.emplace(std::move(*opened));
  }
  // Reads what is drawn of `text`; it must come back.
  void expectRead(const ColumnText& text, const ColumnStyle& style = {}) {
    const auto reading = reader_->read(drawColumns(text, style));
    ASSERT_TRUE(reading.text) << testing::PrintToString(text);
    EXPECT_EQ(*reading.text, text);
  }
  std::optional<ColumnReader> reader_;
};

TEST_F(ColumnReaderTest, SumsWithCarries) {
  for (const auto& operands : std::vector<std::vector<std::string>>{
           {"47", "38"}, {"345", "278"}, {"7", "8"}, {"1204", "87"}, {"25", "36", "47"}}) {
    expectRead(worked(ColumnMethod::kSum, operands));
    expectRead(worked(ColumnMethod::kSum, operands, false));
    ColumnStyle below;
    below.marks_below = true;
    expectRead(worked(ColumnMethod::kSum, operands), below);
  }
}

TEST_F(ColumnReaderTest, DifferencesWithBorrows) {
  for (const auto& operands :
       std::vector<std::vector<std::string>>{{"143", "28"}, {"85", "32"}, {"602", "327"}}) {
    expectRead(worked(ColumnMethod::kDifference, operands));
    ColumnStyle plain;
    plain.strike_lenders = false;
    expectRead(worked(ColumnMethod::kDifference, operands), plain);
  }
}

TEST_F(ColumnReaderTest, ProductsShortAndLong) {
  expectRead(worked(ColumnMethod::kProduct, {"97", "3"}));
  expectRead(worked(ColumnMethod::kProduct, {"24", "13"}));
  expectRead(worked(ColumnMethod::kProduct, {"345", "26"}));
}

TEST_F(ColumnReaderTest, DivisionsOfThreeCountries) {
  for (const auto layout :
       {DivisionLayout::kHouse, DivisionLayout::kEquals, DivisionLayout::kCorner}) {
    expectRead(worked(ColumnMethod::kDivision, {"618", "6"}, false, true, layout));
    expectRead(worked(ColumnMethod::kDivision, {"437", "5"}, false, true, layout));
    expectRead(worked(ColumnMethod::kDivision, {"952", "14"}, false, true, layout));
  }
  expectRead(worked(ColumnMethod::kDivision, {"745", "4"}, true, false));
  expectRead(worked(ColumnMethod::kDivision, {"96", "4"}, true, false));
}

TEST_F(ColumnReaderTest, WhatIsWrittenIsReadNotWhatIsRight) {
  auto wrong = worked(ColumnMethod::kSum, {"47", "38"}, false);
  wrong.result = "715";
  expectRead(wrong);
  auto begun = worked(ColumnMethod::kSum, {"247", "138"});
  begun.result = "85";
  begun.carries = "1 ";
  expectRead(begun);
  auto nothing_yet = worked(ColumnMethod::kDifference, {"85", "32"}, false);
  nothing_yet.result = "";
  expectRead(nothing_yet);
  auto unfinished = worked(ColumnMethod::kDivision, {"952", "14"}, false, true);
  unfinished.result = "6 ";
  unfinished.rows = {"84 ", "112"};
  unfinished.remainder = "";
  for (const auto layout :
       {DivisionLayout::kHouse, DivisionLayout::kEquals, DivisionLayout::kCorner}) {
    unfinished.division = layout;
    expectRead(unfinished);
  }
}

TEST_F(ColumnReaderTest, DecimalsStandUnderTheirPoints) {
  ColumnText text;
  text.operands = {"4.75", "12.5"};
  text.result = "17.25";
  expectRead(text);
  ColumnStyle comma;
  comma.point_comma = true;
  expectRead(text, comma);
}

TEST_F(ColumnReaderTest, PlaceAndSizeDoNotMatter) {
  const auto text = worked(ColumnMethod::kDifference, {"602", "327"});
  for (const auto& ink : {test::moved(drawColumns(text), 0.03f, 400, -90),
                          test::moved(drawColumns(text), 35, -4000, 900)}) {
    const auto reading = reader_->read(ink);
    ASSERT_TRUE(reading.text);
    EXPECT_EQ(*reading.text, text);
  }
}

TEST_F(ColumnReaderTest, EveryStrokeIsASignOrARule) {
  const auto ink = drawColumns(worked(ColumnMethod::kDifference, {"602", "327"}));
  const auto reading = reader_->read(ink);
  std::multiset<std::size_t> strokes(reading.rules.begin(), reading.rules.end());
  strokes.insert(reading.overwritten.begin(), reading.overwritten.end());
  for (const auto& one : reading.symbols) {
    strokes.insert(one.symbol.strokes.begin(), one.symbol.strokes.end());
    EXPECT_NE(one.role, ColumnRole::kNone) << one.symbol.symbol;
  }
  ASSERT_EQ(strokes.size(), ink.strokes.size());
  for (std::size_t s = 0; s < ink.strokes.size(); ++s) EXPECT_EQ(strokes.count(s), 1u);
}

TEST_F(ColumnReaderTest, ALineOfNotationIsNoColumnWork) {
  const auto reading = reader_->read(drawNumber("4738", 0, 0));
  EXPECT_TRUE(!reading.text || reading.unsure);
}

TEST_F(ColumnReaderTest, BadInkIsNeverSureAndNeverSlow) {
  auto bad = test::badInk();
  bad.emplace_back("as many strokes as are read", test::manyStrokes(LineReader::kMaxStrokes));
  for (const auto& [name, ink] : bad) {
    ColumnReading reading;
    const double taken = test::threadMilliseconds([&] { reading = reader_->read(ink); });
    EXPECT_TRUE(reading.unsure) << name;
    EXPECT_LT(taken, 100 * test::kSlowBuild) << name;
  }
}

TEST_F(ColumnReaderTest, ADigitFarAwayIsNoColumnOfTheWork) {
  for (const float away : {-9e6f, 9e6f, 5000.0f}) {
    auto ink = drawColumns(worked(ColumnMethod::kSum, {"47", "38"}));
    for (auto& stroke : drawDigit(8, away, 310)) ink.strokes.push_back(std::move(stroke));
    ColumnReading reading;
    const double taken = test::threadMilliseconds([&] { reading = reader_->read(ink); });
    EXPECT_LT(taken, 100 * test::kSlowBuild);
    EXPECT_TRUE(!reading.text || reading.text->result.size() < 30);
    EXPECT_TRUE(reading.unsure) << away;
  }
}

TEST(ColumnText, WorkIsWhatMultiplicationTablesSay) {
  const auto sum = workColumns(ColumnMethod::kSum, {"47", "38"}, true);
  ASSERT_TRUE(sum);
  EXPECT_EQ(sum->result, "85");
  EXPECT_EQ(sum->carries, "1 ");
  const auto difference = workColumns(ColumnMethod::kDifference, {"602", "327"}, true);
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->result, "275");
  EXPECT_EQ(difference->carries, "591");
  const auto product = workColumns(ColumnMethod::kProduct, {"24", "13"}, true);
  ASSERT_TRUE(product);
  EXPECT_EQ(product->rows, (std::vector<std::string>{"72", "24 "}));
  const auto division = workColumns(ColumnMethod::kDivision, {"437", "5"}, false, true);
  ASSERT_TRUE(division);
  EXPECT_EQ(division->result, "87");
  EXPECT_EQ(division->rows, (std::vector<std::string>{"40 ", "37", "35", "2"}));
  EXPECT_EQ(division->remainder, "2");
}

TEST(ColumnText, BadOperandsAreNamed) {
  for (const auto& operands :
       std::vector<std::vector<std::string>>{{"4"}, {"4", "x"}, {"4", ""}, {"1234567890", "1"}}) {
    EXPECT_FALSE(workColumns(ColumnMethod::kSum, operands, true));
  }
  EXPECT_FALSE(workColumns(ColumnMethod::kDifference, {"3", "4"}, true));
  EXPECT_FALSE(workColumns(ColumnMethod::kDivision, {"3", "0"}, true));
  EXPECT_FALSE(workColumns(ColumnMethod::kProduct, {"3", "4", "5"}, true));
}

}  // namespace
}  // namespace primer::handwriting
