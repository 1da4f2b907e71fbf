#include "primer/app/ink_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace primer::app {
namespace {

// A page of writing as a digitizer reports it: 200 points a second, noisy.
Ink writing(unsigned seed, int strokes) {
  std::mt19937 random(seed);
  const auto step = [&random] { return static_cast<float>(random() % 64) / 16 - 2; };
  Ink ink;
  InkPoint at{200, 300, 0, 0.5F};
  for (int s = 0; s < strokes; ++s) {
    Stroke stroke;
    for (int p = 0; p < 60; ++p) {
      at.x += step();
      at.y += step();
      at.t += 5;
      stroke.push_back(at);
    }
    ink.strokes.push_back(stroke);
  }
  return ink;
}

TEST(InkCodec, BringsInkBack) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    const auto ink = writing(seed, 3);
    const auto bytes = encodeInk(ink);
    ASSERT_TRUE(bytes);
    const auto back = decodeInk(*bytes);
    ASSERT_TRUE(back) << back.error().message;
    ASSERT_EQ(back->strokes.size(), ink.strokes.size());
    for (std::size_t s = 0; s < ink.strokes.size(); ++s) {
      for (std::size_t p = 0; p < ink.strokes[s].size(); ++p) {
        EXPECT_NEAR(back->strokes[s][p].x, ink.strokes[s][p].x, 1.0 / 32);
        EXPECT_NEAR(back->strokes[s][p].y, ink.strokes[s][p].y, 1.0 / 32);
        EXPECT_NEAR(back->strokes[s][p].t, ink.strokes[s][p].t, 0.5);
        EXPECT_NEAR(back->strokes[s][p].pressure, ink.strokes[s][p].pressure, 1.001 / 510);
      }
    }
    EXPECT_EQ(*encodeInk(*back), *bytes);  // nothing is lost a second time
  }
}

TEST(InkCodec, IsCompact) {
  const auto ink = writing(1, 3);
  EXPECT_LE(encodeInk(ink)->size(),
            180U * 5 + 8);  // four small differences a point, or a little more
}

TEST(InkCodec, KeepsOddInk) {
  EXPECT_EQ(*decodeInk(*encodeInk({})), Ink());
  const Ink dots{{{{-5000, 1e6F, 0, 0}}, {}, {{1, 2, 3e8F, 1}}}};
  EXPECT_EQ(*decodeInk(*encodeInk(dots)), dots);
}

TEST(InkCodec, RefusesWhatNoPenCanWrite) {
  for (const float odd :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 2e6F}) {
    EXPECT_EQ(encodeInk({{{{odd, 0, 0, 1}}}}).error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(encodeInk({{{{0, odd, 0, 1}}}}).error().code, ErrorCode::kInvalidArgument);
  }
  Ink endless;
  endless.strokes.assign(2, Stroke(60'000));
  EXPECT_EQ(encodeInk(endless).error().code, ErrorCode::kLimitExceeded);
}

TEST(InkCodec, DamageIsAnErrorNeverACrash) {
  const auto bytes = *encodeInk(writing(2, 2));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(decodeInk(std::span(bytes).first(size)).error().code, ErrorCode::kDamaged) << size;
  }
  auto longer = bytes;
  longer.push_back(std::byte{0});
  EXPECT_FALSE(decodeInk(longer));
  auto newer = bytes;
  newer[0] = std::byte{2};
  EXPECT_EQ(decodeInk(newer).error().code, ErrorCode::kNewerVersion);
  std::mt19937 random(3);
  for (int round = 0; round < 20'000; ++round) {
    std::vector<std::byte> noise(random() % 64);
    for (auto& byte : noise) byte = static_cast<std::byte>(random());
    if (!noise.empty()) noise[0] = std::byte{1};
    (void)decodeInk(noise);  // whatever comes, it returns
  }
}

}  // namespace
}  // namespace primer::app
