#include "primer/speech/clip_features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <numeric>

#include "sounds.h"

namespace primer::speech {
namespace {

using testing::Each;
using testing::HasSubstr;

constexpr ClipOptions kSmall = {.mel = {8000, 256, 128, 32, 60, 3800}, .frames = 20};

std::vector<std::int16_t> featuresOf(const std::vector<std::int16_t>& samples) {
  auto maker = ClipFeatures::create(kSmall);
  EXPECT_TRUE(maker);
  std::vector<std::int16_t> features(maker->size(), 77);
  maker->make(samples, features);
  return features;
}

TEST(ClipFeatures, StandInTheMiddleWithAMeanOfNothing) {
  const auto features = featuresOf(test::noise(256 + 9 * 128, 4000));  // 10 frames
  const std::vector<std::int16_t> before(features.begin(), features.begin() + 5 * 32);
  const std::vector<std::int16_t> middle(features.begin() + 5 * 32, features.begin() + 15 * 32);
  EXPECT_THAT(before, Each(0));
  EXPECT_THAT(std::vector(features.begin() + 15 * 32, features.end()), Each(0));
  EXPECT_NEAR(std::accumulate(middle.begin(), middle.end(), 0.0) / 320, 0, 0.5);
}

TEST(ClipFeatures, DoNotChangeWithLoudness) {
  const auto quiet = featuresOf(test::noise(4000, 2000));
  const auto loud = featuresOf(test::noise(4000, 8000));
  for (std::size_t i = 0; i < quiet.size(); ++i) EXPECT_NEAR(quiet[i], loud[i], 12) << i;
}

TEST(ClipFeatures, TakeTheLoudestPart) {
  // Noise over all bands, in which a voice of few bands sounds for 20 frames.
  auto samples = test::noise(8000, 300);
  const auto tone = test::triangle(256 + 19 * 128, 8, 12'000);
  std::copy(tone.begin(), tone.end(), samples.begin() + 30 * 128);
  EXPECT_EQ(featuresOf(samples),
            featuresOf({samples.begin() + 30 * 128, samples.begin() + 30 * 128 + 256 + 19 * 128}));
}

TEST(ClipFeatures, OfTooLittleAreNothing) {
  EXPECT_THAT(featuresOf({}), Each(0));
  EXPECT_THAT(featuresOf(test::noise(255, 4000)), Each(0));
}

TEST(ClipOptions, TravelInTheModelFile) {
  const auto told = kSmall.describe();
  const auto again = ClipOptions::parse(told);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, kSmall);
  auto cut = told;
  cut["clip"].erase("bands");
  EXPECT_THAT(ClipOptions::parse(cut).error().message, HasSubstr("\"bands\" is missing"));
  cut = told;
  cut["clip"]["parts_per_doubling"] = 100;
  EXPECT_THAT(ClipOptions::parse(cut).error().message, HasSubstr("parts_per_doubling"));
  EXPECT_THAT(ClipOptions::parse(nlohmann::ordered_json::object()).error().message,
              HasSubstr("no \"clip\""));
  cut = told;
  cut["clip"]["frames"] = 100'000;
  const auto long_clip = ClipOptions::parse(cut);
  ASSERT_TRUE(long_clip);
  EXPECT_THAT(ClipFeatures::create(*long_clip).error().message, HasSubstr("frames"));
}

}  // namespace
}  // namespace primer::speech
