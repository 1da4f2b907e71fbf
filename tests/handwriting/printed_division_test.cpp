// Short division filled in on printed squares, in ink made by code, with the shipped model.

#include "primer/handwriting/printed_division.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>

#include "handwriting/test_ink.h"
#include "primer/handwriting/drawn_columns.h"
#include "primer/handwriting/work_reader.h"

namespace primer::handwriting {
namespace {

PrintedDivision printedFor(const std::string& dividend, const std::string& divisor,
                           bool remainder = false) {
  PrintedDivision printed;
  printed.dividend = dividend;
  printed.divisor = divisor;
  printed.cell = 100;
  printed.bar = 166;
  printed.right = 100 + 100 * static_cast<float>(dividend.size());
  printed.remainder = remainder;
  printed.remainder_left = printed.right + 50;
  return printed;
}

class PrintedDivisionTest : public testing::Test {
 protected:
  void SetUp() override {
    auto numbers = NumberReader::openShipped();
    ASSERT_TRUE(numbers) << numbers.error().message;
    reader_.emplace(std::move(*numbers));
  }
  static ColumnText worked(const PrintedDivision& printed) {
    auto text = *workColumns(ColumnMethod::kDivision, {printed.dividend, printed.divisor}, true);
    if (!printed.remainder) text.remainder.clear();
    return text;
  }

  std::optional<PrintedDivisionReader> reader_;
};

TEST_F(PrintedDivisionTest, WhereInkStandsSaysWhatItIs) {
  const auto printed = printedFor("846", "4", true);
  auto text = worked(printed);
  EXPECT_EQ(text.result, "211");
  EXPECT_EQ(text.remainder, "2");
  auto reading = reader_->read(drawInto(printed, text, {.height = 0.6f}), printed);
  ASSERT_TRUE(reading.text);
  EXPECT_EQ(*reading.text, text);
  EXPECT_FALSE(reading.unsure);
  EXPECT_TRUE(reading.printed);
  // A quotient that is begun; one with a gap; small digits alone.
  for (const auto& [result, carries, rest] :
       {std::tuple{"2  ", "", ""}, {"2 3", "", ""}, {"", "1 ", ""}, {"", "", "7"}}) {
    text.result = result;
    text.carries = carries;
    text.remainder = rest;
    reading = reader_->read(drawInto(printed, text, {.height = 0.6f}), printed);
    ASSERT_TRUE(reading.text);
    EXPECT_EQ(*reading.text, text) << result << "|" << carries << "|" << rest;
  }
}

TEST_F(PrintedDivisionTest, InkElsewhereIsNoneOfIt) {
  const auto printed = printedFor("72", "3");
  auto ink = drawInto(printed, worked(printed), {.height = 0.6f});
  const auto own = ink.strokes.size();
  const auto beside = drawNumber("21", 60, 330, {.height = 60});
  ink.strokes.insert(ink.strokes.end(), beside.strokes.begin(), beside.strokes.end());
  const auto reading = reader_->read(ink, printed);
  ASSERT_TRUE(reading.text);
  EXPECT_EQ(reading.text->result, "24");
  for (const auto& one : reading.symbols) {
    for (const auto stroke : one.symbol.strokes) EXPECT_LT(stroke, own);
  }
  // On a sheet the rest is read as lines.
  auto sheets = WorkReader::openShipped();
  ASSERT_TRUE(sheets);
  WorkContext context;
  context.division = printed;
  const auto pieces = sheets->read(ink, context);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_TRUE(pieces[0].columns && pieces[0].columns->printed);
  ASSERT_TRUE(pieces[1].line);
  EXPECT_EQ(pieces[1].line->text, "21");
}

TEST_F(PrintedDivisionTest, BadInkIsNeverSure) {
  const auto printed = printedFor("72", "3");
  for (const auto& [name, ink] : test::badInk()) {
    const auto reading = reader_->read(ink, printed);
    EXPECT_TRUE(!reading.text || reading.unsure || reading.symbols.empty()) << name;
  }
  // Two digits in one place.
  auto ink = drawNumber("14", 205, 90, {.height = 55});
  const auto reading = reader_->read(ink, printed);
  EXPECT_FALSE(reading.text);
  EXPECT_TRUE(reading.unsure);
  EXPECT_TRUE(reader_->read({}, printed).symbols.empty());
  EXPECT_TRUE(reader_->read(ink, {}).symbols.empty());
}

// The rates that models/handwriting/COLUMNS.md gives.
TEST_F(PrintedDivisionTest, ReadsManyHands) {
  std::mt19937 random(11);
  const auto from = [&random](float low, float high) {
    return low + (high - low) * static_cast<float>(random() % 1000) / 999;
  };
  int pages = 0;
  int exact = 0;
  int unsure = 0;
  int sure_and_wrong = 0;
  for (int i = 0; i < 600; ++i) {
    const int divisor = 2 + static_cast<int>(random() % 8);
    const int dividend = 10 + static_cast<int>(random() % (i % 2 == 0 ? 90 : 990));
    const auto printed = printedFor(std::to_string(dividend), std::to_string(divisor), i % 3 == 0);
    auto text = worked(printed);
    // One in three has a digit that is wrong.
    if (i % 3 == 1)
      text.result[random() % text.result.size()] = static_cast<char>('0' + random() % 10);
    PenStyle pen;
    pen.height = from(0.45f, 0.75f);
    pen.slant = from(-0.1f, 0.3f);
    pen.wobble = from(0.005f, 0.02f);
    pen.seed = static_cast<std::uint32_t>(random());
    const auto reading = reader_->read(drawInto(printed, text, pen, 0.12f), printed);
    ++pages;
    const bool right = reading.text && *reading.text == text;
    exact += right ? 1 : 0;
    unsure += reading.unsure ? 1 : 0;
    sure_and_wrong += !right && !reading.unsure ? 1 : 0;
  }
  std::printf("printed divisions: %d, exact %.1f %%, unsure %.1f %%, sure and wrong %d\n", pages,
              100.0 * exact / pages, 100.0 * unsure / pages, sure_and_wrong);
  EXPECT_GE(exact, pages * 95 / 100);
  EXPECT_LE(unsure, pages / 10);
  EXPECT_EQ(sure_and_wrong, 0);
}

}  // namespace
}  // namespace primer::handwriting
