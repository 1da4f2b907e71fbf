// Whole numbers in ink made by code, with the shipped model.

#include "primer/handwriting/number_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "handwriting/test_ink.h"
#include "primer/handwriting/drawn_digits.h"
#include "time_bound.h"

namespace primer::handwriting {
namespace {

class NumberReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = NumberReader::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    reader_.emplace(std::move(*opened));
  }
  NumberReading read(const Ink& ink) { return reader_->read(ink); }
  std::optional<NumberReader> reader_;
};

TEST_F(NumberReaderTest, ReadsDrawnNumbers) {
  for (const std::string text :
       {"0", "7", "11", "42", "58", "100", "385", "4747", "5717", "90210"}) {
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
      PenStyle style;
      style.seed = 10 * seed;
      const auto number = read(drawNumber(text, 40, 30, style));
      EXPECT_EQ(number.text, text);
      EXPECT_EQ(number.digits.size(), text.size());
      EXPECT_FALSE(number.unsure) << text << ", confidence " << number.confidence;
    }
  }
}

TEST_F(NumberReaderTest, ReadsDigitsThatStandClose) {
  PenStyle style;
  style.gap = 0.06f;
  for (const std::string text : {"45", "54", "77", "1234", "545"}) {
    EXPECT_EQ(read(drawNumber(text, 0, 0, style)).text, text);
  }
}

TEST_F(NumberReaderTest, GivesEveryStrokeToOneDigitFromLeftToRight) {
  const auto ink = drawNumber("4558", 0, 0);
  const auto number = read(ink);
  std::vector<int> owners(ink.strokes.size(), 0);
  float last = -1e9f;
  for (const auto& digit : number.digits) {
    for (const auto s : digit.strokes) ++owners.at(s);
    EXPECT_GT(digit.box.left, last);
    last = digit.box.left;
    EXPECT_LE(digit.box.top, digit.box.bottom);
  }
  EXPECT_EQ(std::count(owners.begin(), owners.end(), 1), static_cast<long>(owners.size()));
}

TEST_F(NumberReaderTest, StrokesMayComeLater) {
  // The 5's hat and the 4's second stroke are added when the number is already there.
  for (const std::string text : {"52", "47", "745"}) {
    auto ink = drawNumber(text, 0, 0);
    for (std::size_t s = 1; s < ink.strokes.size(); ++s) {
      auto later = ink;
      std::rotate(later.strokes.begin() + static_cast<std::ptrdiff_t>(s),
                  later.strokes.begin() + static_cast<std::ptrdiff_t>(s) + 1, later.strokes.end());
      const auto number = read(later);
      EXPECT_EQ(number.text, text) << "stroke " << s << " last";
    }
  }
}

TEST_F(NumberReaderTest, ABarThroughASevenBelongsToIt) {
  auto ink = drawNumber("72", 0, 0);
  ink.strokes.push_back({{14, 52, 900, 1}, {32, 51, 910, 1}, {50, 50, 920, 1}});
  const auto number = read(ink);
  EXPECT_EQ(number.text, "72");
  ASSERT_EQ(number.digits.size(), 2u);
  EXPECT_EQ(number.digits[0].strokes.size(), 2u);
}

TEST_F(NumberReaderTest, OrderOfWritingDoesNotMatter) {
  auto ink = drawNumber("381", 0, 0);
  std::reverse(ink.strokes.begin(), ink.strokes.end());
  EXPECT_EQ(read(ink).text, "381");
}

TEST_F(NumberReaderTest, BadInkGivesNoText) {
  for (const auto& [name, ink] : test::badInk()) {
    const auto number = read(ink);
    EXPECT_TRUE(number.unsure) << name;
    EXPECT_EQ(number.text, "") << name;
  }
}

TEST_F(NumberReaderTest, InkOutsideTheAreaIsNotRead) {
  const Box area{0, 0, 400, 150};
  const auto inside = drawNumber("36", 60, 20);
  EXPECT_EQ(reader_->read(inside, area).text, "36");
  const auto outside = reader_->read(test::moved(inside, 1, 0, 300), area);
  EXPECT_EQ(outside.text, "");
  EXPECT_TRUE(outside.unsure);
  // A speck in a large area is a dot, however it is shaped.
  EXPECT_EQ(reader_->read(test::moved(inside, 0.03f, 100, 50), area).text, "");
}

TEST_F(NumberReaderTest, AMirroredDigitIsSaidToBeOne) {
  const auto number = read(test::mirrored(drawNumber("3", 0, 0)));
  ASSERT_EQ(number.digits.size(), 1u);
  EXPECT_EQ(number.text, "3");
  EXPECT_TRUE(number.digits[0].reading.mirrored);
}

TEST_F(NumberReaderTest, TakesBoundedTime) {
  for (const int strokes : {24, 40, 2000}) {
    const auto ink = test::manyStrokes(strokes);
    EXPECT_LT(test::threadMilliseconds([&] { read(ink); }), 300 * test::kSlowBuild) << strokes;
  }
}

}  // namespace
}  // namespace primer::handwriting
