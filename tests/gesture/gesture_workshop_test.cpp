// Pages and gestures made by code. Reads PRIMER_DATA only where it is there.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "gesture_shapes.h"
#include "gesture_task.h"
#include "pages.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/drawn_digits.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::gesture::workshop {
namespace {

using handwriting::extentOf;
using handwriting::FlatInk;

Target somewhere() {
  Target target;
  target.box = {2, 1, 4, 2};
  return target;
}

// A store of drawn digits, half of its writers on the development side.
handwriting::workshop::SampleStore drawnStore() {
  handwriting::workshop::SampleStore store;
  FlatInk flat;
  for (std::uint32_t i = 0; i < 240; ++i) {
    handwriting::PenStyle style;
    style.seed = i + 1;
    Ink ink;
    ink.strokes = handwriting::drawDigit(static_cast<int>(i % 10), 0, 0, style);
    handwriting::flatten(ink, flat);
    handwriting::workshop::Sample sample;
    sample.symbol = static_cast<std::uint8_t>(*handwriting::symbolIndex(std::to_string(i % 10)));
    sample.writer = store.writerNumber(i < 120 ? "one" : "two");
    sample.development = i >= 120;
    store.add(flat, sample);
  }
  store.measureSizes();
  return store;
}

TEST(GestureShapes, LieWhereTheyShould) {
  const auto target = somewhere();
  FlatInk stroke;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    for (const auto gesture :
         {Gesture::kScratchOut, Gesture::kCircle, Gesture::kStrike, Gesture::kInsert}) {
      toolkit::Random random(seed);
      drawGesture(gesture, target, random, stroke);
      ASSERT_EQ(stroke.strokeCount(), 1u);
      ASSERT_GE(stroke.points.size(), 3u);
      for (const auto& p : stroke.points) {
        ASSERT_TRUE(p.x > 0 && p.x < 6 && p.y > -1.5f && p.y < 4.5f) << gestureName(gesture);
      }
    }
    toolkit::Random random(seed);
    drawGesture(Gesture::kCircle, target, random, stroke);
    const auto box = extentOf(stroke);
    ASSERT_TRUE(box.left < 2.1f && box.right > 3.9f && box.top < 1.1f && box.bottom > 1.9f);
    drawGesture(Gesture::kStrike, target, random, stroke);
    ASSERT_LT(extentOf(stroke).left, 2.1f);
    ASSERT_GT(extentOf(stroke).right, 3.9f);
  }
}

TEST(GestureShapes, AreNamedByTheirSeed) {
  const auto once = [](std::uint64_t seed) {
    toolkit::Random random(seed);
    FlatInk stroke;
    drawGesture(Gesture::kScratchOut, somewhere(), random, stroke);
    return stroke.points.back().x;
  };
  EXPECT_EQ(once(5), once(5));
  EXPECT_NE(once(5), once(6));
}

TEST(GesturePages, HoldOneStrokeAndFiniteInk) {
  const auto store = drawnStore();
  const std::vector<FlatInk> words;
  for (const bool development : {false, true}) {
    const PageMaker pages(store, words, development);
    Page page;
    const auto check = [&] {
      ASSERT_EQ(page.stroke.strokeCount(), 1u);
      ASSERT_EQ(page.stroke.ends.back(), page.stroke.points.size());
      ASSERT_FALSE(page.stroke.points.empty());
      for (const auto* ink : {&page.stroke, &page.beneath}) {
        ASSERT_EQ(ink->ends.empty() ? 0 : ink->ends.back(), ink->points.size());
        for (const auto& p : ink->points) ASSERT_TRUE(std::isfinite(p.x) && std::isfinite(p.y));
      }
    };
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      toolkit::Random random(seed);
      for (std::size_t w = 0; w < kWritingNames.size(); ++w) {
        pages.makeWriting(static_cast<Writing>(w), random, page);
        check();
      }
      for (std::size_t g = 1; g < kGestureCount; ++g) {
        pages.makeGesture(static_cast<Gesture>(g), random, page);
        check();
        ASSERT_FALSE(page.beneath.points.empty());  // a gesture is about something
      }
    }
  }
}

TEST(GestureTask, RefusesOptionsThatItDoesNotKnow) {
  toolkit::TaskRequest request;
  request.data = "/nowhere";
  request.options = toolkit::Json::parse(R"({"pagse": 7})");
  const auto unknown = openGestureTask(request);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kInvalidArgument);
  request.options = toolkit::Json::parse(R"({"pages": 700})");
  EXPECT_EQ(openGestureTask(request).error().code, ErrorCode::kNotFound);
}

TEST(GestureTask, CountsWritingTakenAndGesturesUnderstood) {
  const char* data = std::getenv("PRIMER_DATA");
  if (data == nullptr) GTEST_SKIP() << "PRIMER_DATA is not set";
  toolkit::TaskRequest request;
  request.data = data;
  const auto task = openGestureTask(request);
  ASSERT_TRUE(task) << task.error().message;
  const auto count = (*task)->size(toolkit::Split::kDevelopment);
  // Everything is a circle, and nothing is in doubt.
  std::vector<std::vector<float>> outputs(1);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t g = 0; g < kGestureCount; ++g) outputs[0].push_back(g == 2 ? 20.0f : 0.0f);
  }
  const auto metrics = (*task)->measure(toolkit::Split::kDevelopment, outputs);
  EXPECT_EQ(metrics.at("writing_taken"), 100);
  EXPECT_EQ(metrics.at("understood_circle"), 100);
  EXPECT_EQ(metrics.at("understood_strike"), 0);
  EXPECT_EQ(metrics.at("understood"), 25);
  EXPECT_EQ(metrics.at("score"), 0);  // no threshold keeps writing writing
}

}  // namespace
}  // namespace primer::gesture::workshop
