// What remains of a page after scratch-outs, and that it is what is read then.

#include "primer/gesture/corrected_page.h"

#include <gtest/gtest.h>

#include <limits>
#include <optional>

#include "gesture/test_strokes.h"
#include "primer/handwriting/line_reader.h"

namespace primer::gesture {
namespace {

class CorrectedPageTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = GestureReader::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    page_.emplace(std::move(*opened));
  }
  void write(const Ink& ink) {
    for (const auto& stroke : ink.strokes) EXPECT_EQ(page_->add(stroke), Gesture::kWriting);
  }
  static Ink digitAt(int digit, float left) {
    Ink ink;
    ink.strokes = handwriting::drawDigit(digit, left, 0);
    return ink;
  }
  std::optional<CorrectedPage> page_;
};

TEST_F(CorrectedPageTest, AScratchedDigitIsGoneAndWhatIsWrittenAnewIsRead) {
  write(digitAt(3, 0));
  const auto wrong = digitAt(8, 100);
  write(wrong);
  const auto before = page_->ink().strokes.size();
  EXPECT_EQ(page_->add(test::zigzagOver(test::boxOf(wrong), 7)), Gesture::kScratchOut);
  EXPECT_EQ(page_->ink().strokes.size(), before - wrong.strokes.size());
  write(digitAt(2, 190));
  auto reader = handwriting::LineReader::openShipped();
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->read(page_->ink()).latex, "32");
  EXPECT_EQ(page_->numbers().front(), 0u);
  EXPECT_GT(page_->numbers().back(), before) << "the scratch-out has a number too";
}

TEST_F(CorrectedPageTest, AStrikeLeavesItsInkAndNamesIt) {
  const auto page = test::page("85");
  write(page);
  EXPECT_EQ(page_->add(test::strikeAcross(test::boxOf(page), 25)), Gesture::kStrike);
  EXPECT_EQ(page_->ink(), page);
  EXPECT_FALSE(page_->struck().empty());
}

TEST_F(CorrectedPageTest, AsksAreNoInk) {
  const auto page = test::page("85");
  write(page);
  EXPECT_EQ(page_->add(test::circleAround(test::boxOf(page), 20)), Gesture::kCircle);
  EXPECT_EQ(page_->ink(), page);
  EXPECT_TRUE(page_->struck().empty());
}

TEST_F(CorrectedPageTest, BadStrokesAreWritingAndLoseNothing) {
  const auto page = test::page("85");
  write(page);
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  for (const Stroke& bad : {Stroke{}, Stroke{{kNan, kNan, 0, 1}}, Stroke{{50, 50, 0, 1}}}) {
    EXPECT_EQ(page_->add(bad), Gesture::kWriting);
  }
  EXPECT_EQ(page_->ink().strokes.size(), page.strokes.size() + 3);
  page_->clear();
  EXPECT_TRUE(page_->ink().empty());
}

}  // namespace
}  // namespace primer::gesture
