// What the gesture model sees: the same for the same shape, wherever and however large it is.

#include "primer/gesture/gesture_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gesture/test_strokes.h"

namespace primer::gesture {
namespace {

using handwriting::FlatInk;

FlatInk flat(const Ink& ink) {
  FlatInk result;
  for (const auto& stroke : ink.strokes) {
    for (const auto& p : stroke) result.points.push_back({p.x, p.y});
    result.ends.push_back(static_cast<std::uint32_t>(result.points.size()));
  }
  return result;
}

FlatInk flat(const Stroke& stroke) { return flat(Ink{{stroke}}); }

GestureFeatures featuresOf(const FlatInk& stroke, const FlatInk& beneath) {
  GestureFeatureMaker maker;
  GestureFeatures features;
  maker.make(stroke, beneath, features);
  return features;
}

float channelSum(const GestureFeatures& features, std::size_t channel) {
  float sum = 0;
  for (std::size_t i = channel; i < features.maps.size(); i += GestureFeatures::kMapChannels) {
    sum += features.maps[i];
  }
  return sum;
}

TEST(GestureFeatures, DoNotDependOnPlaceAndScale) {
  auto ink = flat(test::page("472"));
  auto stroke = flat(test::circleAround(test::boxOf(test::page("472")), 16));
  const auto here = featuresOf(stroke, ink);
  for (auto* one : {&ink, &stroke}) {
    for (auto& p : one->points) p = {0.25f * p.x + 900, 0.25f * p.y - 40};
  }
  const auto there = featuresOf(stroke, ink);
  for (std::size_t i = 0; i < here.maps.size(); ++i) {
    ASSERT_NEAR(here.maps[i], there.maps[i], 0.01) << i;
  }
  for (std::size_t i = 0; i < here.scalars.size(); ++i) {
    ASSERT_NEAR(here.scalars[i], there.scalars[i], 0.05) << i;
  }
}

TEST(GestureFeatures, DoNotDependOnTheSamplingRate) {
  const auto ink = flat(test::page("58"));
  auto dense = test::strikeAcross(test::boxOf(test::page("58")), 20);
  const auto sparse = Stroke{dense.front(), dense.back()};
  const auto a = featuresOf(flat(dense), ink);
  const auto b = featuresOf(flat(sparse), ink);
  for (std::size_t i = 0; i < a.scalars.size(); ++i) ASSERT_NEAR(a.scalars[i], b.scalars[i], 0.03);
}

TEST(GestureFeatures, KnowWhatACircleHoldsAndAStrikeCrosses) {
  const auto page = test::page("3608");
  const auto ink = flat(page);
  const auto box = test::boxOf(page);
  const auto circle = featuresOf(flat(test::circleAround(box, 25)), ink);
  EXPECT_GT(circle.scalars[13], 0.95f);  // of the ink in its box lies inside
  EXPECT_EQ(circle.scalars[16], 0);      // crosses nothing
  const auto strike = featuresOf(flat(test::strikeAcross(box, 20)), ink);
  EXPECT_GT(strike.scalars[16], 0.4f);   // crosses four strokes
  EXPECT_GT(strike.scalars[18], 0.7f);   // over most of its width
  EXPECT_GT(strike.scalars[12], 0.99f);  // straight
  const auto away =
      featuresOf(flat(test::strikeAcross({box.right + 20, 0, box.right + 80, 30}, 0)), ink);
  EXPECT_EQ(away.scalars[16], 0);
  EXPECT_EQ(away.scalars[13], 0);
}

TEST(GestureFeatures, CountTurnsBack) {
  const auto page = test::page("75");
  const auto zigzag = featuresOf(flat(test::zigzagOver(test::boxOf(page), 7)), flat(page));
  EXPECT_NEAR(zigzag.scalars[7], 0.6f, 1e-4);  // six turns in x
  EXPECT_EQ(zigzag.scalars[8], 0);
}

TEST(GestureFeatures, ShowStrokeAndInkBeneathInTheirChannels) {
  const auto page = test::page("75");
  const auto stroke = flat(test::strikeAcross(test::boxOf(page), 20));
  const auto with = featuresOf(stroke, flat(page));
  EXPECT_GT(channelSum(with, 5), 3);
  EXPECT_GT(channelSum(with, 0), 5);                           // level
  EXPECT_LT(channelSum(with, 2), 0.2f * channelSum(with, 0));  // upright
  const auto without = featuresOf(stroke, {});
  EXPECT_EQ(channelSum(without, 5), 0);
  EXPECT_EQ(without.scalars[0], 0);
}

TEST(GestureFeatures, AreFiniteForAnyInk) {
  const auto page = flat(test::page("12"));
  FlatInk dot;
  dot.points = {{3, 3}};
  dot.ends = {1};
  FlatInk held;
  held.points.assign(500, {3, 3});
  held.ends = {500};
  FlatInk far;
  far.points = {{-1e7f, 3}, {1e7f, 1e7f}};
  far.ends = {2};
  for (const auto& stroke : {dot, held, far}) {
    for (const auto& beneath : {page, FlatInk{}, dot, far}) {
      const auto features = featuresOf(stroke, beneath);
      for (const float value : features.maps) ASSERT_TRUE(value >= 0 && value <= 1);
      for (const float value : features.scalars) ASSERT_LE(std::abs(value), 8) << value;
    }
  }
}

}  // namespace
}  // namespace primer::gesture
