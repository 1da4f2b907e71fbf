#include "primer/handwriting/ink_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace primer::handwriting {
namespace {

// A hook, a bar and a dot: something of every kind.
Ink sampleInk(float scale, float shift, int density) {
  Ink ink;
  Stroke hook;
  for (int i = 0; i <= 20 * density; ++i) {
    const float a = 3.0f * static_cast<float>(i) / static_cast<float>(20 * density);
    hook.push_back({shift + scale * std::cos(a), 2 * shift + scale * 1.7f * std::sin(a), 0, 1});
  }
  ink.strokes.push_back(hook);
  ink.strokes.push_back({{shift, 2 * shift, 0, 1}, {shift + scale, 2 * shift, 0, 1}});
  ink.strokes.push_back({{shift + scale, 2 * shift - scale, 0, 1}});
  return ink;
}

InkFeatures featuresOf(const Ink& ink) {
  FlatInk flat;
  EXPECT_TRUE(flatten(ink, flat));
  InkFeatures features;
  FeatureMaker maker;
  maker.make(flat, std::nullopt, features);
  return features;
}

template <typename Array>
float largestDifference(const Array& a, const Array& b) {
  float largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

TEST(InkFeatures, DoNotDependOnPlaceOrScale) {
  const auto original = featuresOf(sampleInk(1, 0, 4));
  for (const float scale : {0.01f, 3.0f, 800.0f}) {
    const auto other = featuresOf(sampleInk(scale, 5 * scale, 4));
    EXPECT_LT(largestDifference(original.maps, other.maps), 0.02f) << scale;
    EXPECT_LT(largestDifference(original.points, other.points), 0.02f) << scale;
    EXPECT_LT(largestDifference(original.scalars, other.scalars), 0.001f) << scale;
  }
}

TEST(InkFeatures, HardlyDependOnTheSamplingRate) {
  const auto original = featuresOf(sampleInk(1, 0, 2));
  const auto denser = featuresOf(sampleInk(1, 0, 20));
  EXPECT_LT(largestDifference(original.maps, denser.maps), 0.1f);
  EXPECT_LT(largestDifference(original.scalars, denser.scalars), 0.01f);
}

TEST(InkFeatures, MapsHoldTheInkInItsDirection) {
  Ink ink;
  ink.strokes.push_back({{0, 0, 0, 1}, {100, 0, 0, 1}});  // to the right
  const auto features = featuresOf(ink);
  std::array<float, InkFeatures::kMapChannels> sums{};
  for (std::size_t i = 0; i < features.maps.size(); ++i) {
    sums[i % InkFeatures::kMapChannels] += features.maps[i];
  }
  EXPECT_NEAR(sums[0], 13, 0.5);  // a line across the map, margin left out
  for (std::size_t direction = 1; direction < 8; ++direction) EXPECT_EQ(sums[direction], 0);
  EXPECT_NEAR(sums[8], 1, 1e-5);  // one start
  EXPECT_NEAR(sums[9], 1, 1e-5);  // one end
}

TEST(InkFeatures, EveryDirectionHasItsOwnChannel) {
  for (std::size_t k = 0; k < 8; ++k) {
    const float angle = static_cast<float>(k) * 3.14159265f / 4;
    Ink ink;
    ink.strokes.push_back({{0, 0, 0, 1}, {std::cos(angle), std::sin(angle), 0, 1}});
    const auto features = featuresOf(ink);
    std::array<float, 8> sums{};
    for (std::size_t i = 0; i < features.maps.size(); ++i) {
      const auto channel = i % InkFeatures::kMapChannels;
      if (channel < 8) sums[channel] += features.maps[i];
    }
    const float all = std::accumulate(sums.begin(), sums.end(), 0.0f);
    EXPECT_GT(sums[k], 0.99f * all) << k;
  }
}

TEST(InkFeatures, DotsOfASymbolAreSeenByThePointsBranch) {
  const auto features = featuresOf(sampleInk(1, 0, 4));
  int downs = 0;
  for (std::size_t k = 0; k < InkFeatures::kPointCount; ++k) {
    downs += features.points[k * InkFeatures::kPointChannels + 6] > 0 ? 1 : 0;
  }
  EXPECT_EQ(downs, 3);
}

TEST(InkFeatures, RelativeSizeIsAnInputOfItsOwn) {
  FlatInk flat;
  ASSERT_TRUE(flatten(sampleInk(1, 0, 4), flat));
  InkFeatures without;
  InkFeatures half;
  FeatureMaker maker;
  maker.make(flat, std::nullopt, without);
  maker.make(flat, 0.5f, half);
  EXPECT_EQ(without.scalars[12], 0);
  EXPECT_EQ(half.scalars[12], 1);
  EXPECT_LT(half.scalars[11], 0);
  EXPECT_EQ(without.maps, half.maps);
}

TEST(InkFeatures, StayFiniteAndBoundedOnAnyInk) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInf = std::numeric_limits<float>::infinity();
  Ink ink;
  ink.strokes = {{{kNan, 0, 0, 1}, {1e30f, kInf, 0, 1}},
                 {},
                 {{-1e7f, 1e7f, -5, 1}, {1e7f, -1e7f, -9, 1}},
                 {{3, 3, kNan, 1}, {3, 3, 0, 1}, {3, 3, 0, 1}},
                 {{1e-30f, 0, 0, 1}}};
  FlatInk flat;
  ASSERT_TRUE(flatten(ink, flat));
  EXPECT_EQ(flat.strokeCount(), 3u);
  InkFeatures features;
  FeatureMaker maker;
  maker.make(flat, kInf, features);
  const auto check = [](const auto& values) {
    for (const float value : values) {
      ASSERT_TRUE(std::isfinite(value));
      ASSERT_LE(std::abs(value), 1.5f);
    }
  };
  check(features.maps);
  check(features.points);
  check(features.scalars);
}

TEST(InkFeatures, ADotAndNothingAreFeaturesToo) {
  Ink dot;
  dot.strokes.push_back({{7, 7, 0, 1}});
  const auto features = featuresOf(dot);
  EXPECT_EQ(features.scalars[0], 0);
  EXPECT_EQ(features.scalars[2], 1);
  const auto nothing = featuresOf(Ink{});
  EXPECT_EQ(*std::max_element(nothing.maps.begin(), nothing.maps.end()), 0);
}

TEST(InkFeatures, FlattenSaysWhenThereIsTooMuchInk) {
  FlatInk flat;
  Ink many;
  many.strokes.assign(2000, {{1, 1, 0, 1}, {2, 2, 0, 1}});
  EXPECT_FALSE(flatten(many, flat));
  EXPECT_EQ(flat.strokeCount(), kMaxSymbolStrokes);
  Ink endless;
  endless.strokes.emplace_back(100000, InkPoint{1, 1, 0, 1});
  EXPECT_FALSE(flatten(endless, flat));
}

}  // namespace
}  // namespace primer::handwriting
