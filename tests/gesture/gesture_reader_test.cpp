// The shipped gesture model, on pages made by code.

#include "primer/gesture/gesture_reader.h"

#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <optional>

#include "gesture/test_strokes.h"
#include "test_folder.h"
#include "time_bound.h"

namespace primer::gesture {
namespace {

class GestureReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = GestureReader::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    reader_.emplace(std::move(*opened));
  }
  Gesture read(const Stroke& stroke, const Ink& page) {
    return reader_->read(stroke, page).gesture;
  }
  std::optional<GestureReader> reader_;
};

TEST_F(GestureReaderTest, KnowsItsFourGestures) {
  for (const auto* digits : {"362", "85", "9240"}) {
    const auto page = test::page(digits);
    const auto box = test::boxOf(page);
    for (const float start : {0.0f, 1.5f, 4.0f}) {
      EXPECT_EQ(read(test::circleAround(box, 20, start), page), Gesture::kCircle) << digits;
    }
    for (const int passes : {5, 7, 9}) {
      EXPECT_EQ(read(test::zigzagOver(box, passes), page), Gesture::kScratchOut) << digits;
    }
    EXPECT_EQ(read(test::strikeAcross(box, 25), page), Gesture::kStrike) << digits;
  }
  const auto page = test::page("85");
  Ink first;
  first.strokes = handwriting::drawDigit(8, 0, 0);
  const auto gap = test::boxOf(first).right + 12;
  EXPECT_EQ(read(test::caretAt(gap, test::boxOf(page).bottom, 22), page), Gesture::kInsert);
}

TEST_F(GestureReaderTest, WritingIsWriting) {
  for (int digit = 0; digit <= 9; ++digit) {
    auto page = test::page("4" + std::to_string(digit));
    while (!page.strokes.empty()) {
      const auto stroke = page.strokes.back();
      page.strokes.pop_back();
      EXPECT_EQ(read(stroke, page), Gesture::kWriting) << digit;
    }
  }
  // A bar under a number, and one above it.
  const auto page = test::page("37");
  const auto box = test::boxOf(page);
  for (const float y : {box.bottom + 25, box.top - 25}) {
    EXPECT_EQ(read(test::strikeAcross({box.left, y - 1, box.right, y + 1}, 8), page),
              Gesture::kWriting);
  }
}

TEST_F(GestureReaderTest, WithoutInkBeneathThereIsNothingToAsk) {
  const auto circle = test::circleAround({0, 0, 120, 100}, 15);
  EXPECT_EQ(read(circle, {}), Gesture::kWriting);
  EXPECT_EQ(read(circle, test::page("")), Gesture::kWriting);
  // A zero beside other digits is a zero.
  const auto page = test::page("36");
  const auto right = test::boxOf(page).right;
  EXPECT_EQ(read(test::circleAround({right + 40, 15, right + 75, 85}, 5), page), Gesture::kWriting);
}

TEST_F(GestureReaderTest, BadInkIsWriting) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  const auto page = test::page("36");
  EXPECT_EQ(read({}, page), Gesture::kWriting);
  EXPECT_EQ(read({{5, 5, 0, 1}}, page), Gesture::kWriting);
  EXPECT_EQ(read({{kNan, 5, 0, 1}, {3, kNan, 0, 1}}, page), Gesture::kWriting);
  Ink broken;
  broken.strokes = {{{kNan, 1, 0, 1}}, {}, {{1e30f, 2, 0, 1}}};
  EXPECT_EQ(read(test::circleAround({0, 0, 120, 100}, 15), broken), Gesture::kWriting);
}

TEST_F(GestureReaderTest, ChancesAreChances) {
  const auto page = test::page("36");
  const auto reading = reader_->read(test::circleAround(test::boxOf(page), 20), page);
  EXPECT_EQ(reading.likeliest, Gesture::kCircle);
  EXPECT_GT(reading.probability, 0.5f);
  EXPECT_LE(reading.probability, 1);
  auto second = reader_->another();
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->read(test::circleAround(test::boxOf(page), 20), page).probability,
            reading.probability);
}

TEST_F(GestureReaderTest, TakesBoundedTimeOnAnyPage) {
  Ink page;
  for (int i = 0; i < 2000; ++i) {
    Stroke stroke;
    for (int k = 0; k < 100; ++k) {
      stroke.push_back({static_cast<float>(i * 37 % 800 + k % 9),
                        static_cast<float>(i * 53 % 600 + k * 7 % 13), 0, 1});
    }
    page.strokes.push_back(std::move(stroke));
  }
  const auto stroke = test::circleAround({100, 100, 500, 400}, 20);
  const double taken = test::threadMilliseconds([&] {
    for (int i = 0; i < 5; ++i) read(stroke, page);
  });
  // A few milliseconds; slow machines are allowed for.
  EXPECT_LT(taken / 5, 40 * test::kSlowBuild);
}

TEST(GestureReaderOpen, SaysWhatIsWrongWithAFile) {
  const auto missing = GestureReader::open("/nowhere/model.tflite");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  const auto other =
      GestureReader::open(GestureReader::shippedModel().parent_path() / "mnist.tflite");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kUnsupported);
  const test::TestFolder folder;
  std::ofstream(folder / "text.tflite") << "this is no model";
  EXPECT_EQ(GestureReader::open(folder / "text.tflite").error().code, ErrorCode::kDamaged);
}

}  // namespace
}  // namespace primer::gesture
