// Pictures of digits, painted by code, read with the shipped model.

#include "primer/handwriting/image_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "primer/handwriting/drawn_digits.h"

namespace primer::handwriting {
namespace {

// A digit painted with a round pen into the middle of a picture.
GreyImage paint(int digit, int side, float height, float pen) {
  GreyImage image{side, side, {}};
  image.pixels.assign(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 0);
  PenStyle style;
  style.height = height;
  const auto middle = static_cast<float>(side) / 2;
  const auto strokes = drawDigit(digit, middle - 0.3f * height, middle - height / 2, style);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      float nearest = 1e9f;
      for (const auto& stroke : strokes) {
        for (std::size_t i = 0; i + 1 < stroke.size(); ++i) {
          const auto& a = stroke[i];
          const auto& b = stroke[i + 1];
          const float dx = b.x - a.x;
          const float dy = b.y - a.y;
          const float length = dx * dx + dy * dy;
          const float px = static_cast<float>(x) - a.x;
          const float py = static_cast<float>(y) - a.y;
          const float u = length > 0 ? std::clamp((px * dx + py * dy) / length, 0.0f, 1.0f) : 0.0f;
          nearest = std::min(nearest, std::hypot(px - u * dx, py - u * dy));
        }
      }
      const float ink = std::clamp(pen / 2 + 0.5f - nearest, 0.0f, 1.0f);
      image.pixels[static_cast<std::size_t>(y * side + x)] = static_cast<std::uint8_t>(255 * ink);
    }
  }
  return image;
}

class ImageReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = ImageReader::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    reader_.emplace(std::move(*opened));
  }
  std::optional<ImageReader> reader_;
};

TEST_F(ImageReaderTest, ReadsPicturesOfTheModelsSize) {
  for (const int digit : {0, 2, 3, 4, 5, 6, 7, 8, 9}) {  // MNIST's ones have no flag, ours do
    const auto reading = reader_->read(paint(digit, 28, 20, 2.2f));
    ASSERT_TRUE(reading) << reading.error().message;
    EXPECT_EQ(reading->candidates.front().symbol, std::to_string(digit));
    EXPECT_GE(reading->candidates.size(), 3u);
  }
}

TEST_F(ImageReaderTest, BringsOtherPicturesToIt) {
  for (int digit = 0; digit <= 9; ++digit) {
    for (const int side : {64, 200}) {
      const auto reading = reader_->read(
          paint(digit, side, 0.5f * static_cast<float>(side), 0.06f * static_cast<float>(side)));
      ASSERT_TRUE(reading) << reading.error().message;
      EXPECT_EQ(reading->candidates.front().symbol, std::to_string(digit)) << side;
    }
  }
}

TEST_F(ImageReaderTest, AnEmptyPictureIsJunk) {
  const auto reading = reader_->read({28, 28, std::vector<std::uint8_t>(28 * 28, 0)});
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->candidates.front().symbol, "");
  EXPECT_TRUE(reading->unsure);
}

TEST_F(ImageReaderTest, SizesMustFit) {
  EXPECT_FALSE(reader_->read({28, 28, std::vector<std::uint8_t>(27 * 28)}));
  EXPECT_FALSE(reader_->read({0, 0, {}}));
  EXPECT_FALSE(reader_->read({-28, -28, std::vector<std::uint8_t>(28 * 28)}));
  EXPECT_FALSE(reader_->read({1 << 20, 1 << 20, {}}));
}

TEST(ImageReaderOpen, RefusesAModelOfAnotherTask) {
  const auto other = ImageReader::open(SymbolReader::shippedModel());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kUnsupported);
  const auto swapped = SymbolReader::open(ImageReader::shippedModel());
  ASSERT_FALSE(swapped);
  EXPECT_EQ(swapped.error().code, ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace primer::handwriting
