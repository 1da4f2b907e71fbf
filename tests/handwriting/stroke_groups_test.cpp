// Grouping of strokes by itself: no model.

#include "src/stroke_groups.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace primer::handwriting {
namespace {

std::vector<StrokeShape> bars(const std::vector<float>& places) {
  std::vector<StrokeShape> shapes;
  for (const float x : places) shapes.push_back(shapeOf({{x, 0, 0, 1}, {x, 100, 0, 1}}));
  return shapes;
}

TEST(StrokeGroups, FarStrokesStandAlone) {
  const auto groups = proposeGroups(bars({0, 200, 400}), {});
  EXPECT_EQ(groups.size(), 3u);
}

TEST(StrokeGroups, NearStrokesMayBelongTogether) {
  const auto groups = proposeGroups(bars({0, 20, 400}), {});
  ASSERT_EQ(groups.size(), 4u);
  EXPECT_EQ(groups[3].strokes, 0b011u);
}

TEST(StrokeGroups, StrokesThatCrossMayBelongTogetherAtAnyTime) {
  auto shapes = bars({0, 200, 400, 600, 800});
  shapes.push_back(shapeOf({{-30, 50, 0, 1}, {30, 50, 0, 1}}));
  std::set<StrokeMask> masks;
  for (const auto& group : proposeGroups(shapes, {})) masks.insert(group.strokes);
  EXPECT_TRUE(masks.count(0b100001u));
  EXPECT_FALSE(masks.count(0b100010u));
}

TEST(StrokeGroups, StayWithinTheirLimit) {
  std::vector<float> places;
  for (int i = 0; i < 30; ++i) places.push_back(static_cast<float>(i));
  const auto groups = proposeGroups(bars(places), {.most_groups = 60});
  EXPECT_EQ(groups.size(), 60u);
  for (std::size_t s = 0; s < 30; ++s) EXPECT_EQ(groups[s].strokes, StrokeMask{1} << s);
}

TEST(StrokeGroups, DivisionsCoverEveryStrokeOnceBestFirst) {
  const auto groups = proposeGroups(bars({0, 20, 40, 60}), {});
  std::vector<float> scores;
  for (const auto& group : groups) {
    scores.push_back(-1 - std::abs(static_cast<float>(group.strokeCount()) - 2));
  }
  const auto divisions = bestDivisions(groups, scores, 4, 50);
  // Ways to part four strokes in a row, each near all others in time or place.
  ASSERT_GT(divisions.size(), 4u);
  std::set<std::set<std::size_t>> seen;
  for (std::size_t d = 0; d < divisions.size(); ++d) {
    StrokeMask covered = 0;
    float sum = 0;
    for (const auto g : divisions[d].groups) {
      EXPECT_EQ(covered & groups[g].strokes, 0u);
      covered |= groups[g].strokes;
      sum += scores[g];
    }
    EXPECT_EQ(covered, 0b1111u);
    EXPECT_NEAR(sum, divisions[d].score, 1e-4);
    if (d > 0) {
      EXPECT_LE(divisions[d].score, divisions[d - 1].score);
    }
    EXPECT_TRUE(seen.insert({divisions[d].groups.begin(), divisions[d].groups.end()}).second);
  }
  EXPECT_EQ(divisions.front().groups.size(), 2u);  // two pairs are best
}

}  // namespace
}  // namespace primer::handwriting
