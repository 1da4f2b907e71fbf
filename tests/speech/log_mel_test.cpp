#include "primer/speech/log_mel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "sounds.h"

namespace primer::speech {
namespace {

using testing::Each;
using testing::HasSubstr;

std::size_t loudestBand(LogMel& mel, const std::vector<std::int16_t>& samples) {
  const auto frames = mel.frames(samples);
  const auto bands = frames.begin() + mel.options().bands;
  return static_cast<std::size_t>(std::max_element(frames.begin(), bands) - frames.begin());
}

TEST(LogMel, CountsWholeWindows) {
  const auto mel = LogMel::create({});
  ASSERT_TRUE(mel);
  EXPECT_EQ(mel->frameCount(0), 0u);
  EXPECT_EQ(mel->frameCount(399), 0u);
  EXPECT_EQ(mel->frameCount(400), 1u);
  EXPECT_EQ(mel->frameCount(559), 1u);
  EXPECT_EQ(mel->frameCount(560), 2u);
  EXPECT_EQ(mel->frameCount(16'000), 98u);
}

TEST(LogMel, SilenceIsZeroAndADoubledAmplitudeIsFourTimesTheEnergy) {
  auto mel = LogMel::create({});
  ASSERT_TRUE(mel);
  EXPECT_THAT(mel->frames(std::vector<std::int16_t>(400, 0)), Each(0));
  const auto quiet = mel->frames(test::noise(400, 5000));
  const auto twice = mel->frames(test::noise(400, 10'000));
  for (std::size_t b = 0; b < quiet.size(); ++b) {
    EXPECT_NEAR(twice[b] - quiet[b], 2 * LogMel::kPartsPerDoubling, 3) << b;
  }
}

TEST(LogMel, PutsATonesEnergyWhereItIs) {
  auto mel = LogMel::create({});
  ASSERT_TRUE(mel);
  // The mel scale's 40 triangles between 60 and 7600 Hz, whose centres are evenly spaced on it.
  EXPECT_EQ(loudestBand(*mel, test::triangle(400, 80, 8000)), 2u);   // 200 Hz: band 2, 144-285 Hz
  EXPECT_EQ(loudestBand(*mel, test::triangle(400, 16, 8000)), 13u);  // 1000 Hz
  EXPECT_EQ(loudestBand(*mel, test::triangle(400, 4, 8000)), 30u);   // 4000 Hz
}

TEST(LogMel, HasTheSameNumbersOnEveryMachine) {
  // Recorded on x86-64; a machine that rounds otherwise fails here.
  auto sound = test::noise(16'000, 3000);
  const auto tone = test::triangle(16'000, 73, 9000);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    sound[i] = static_cast<std::int16_t>(sound[i] + tone[i]);
  }
  auto wide = LogMel::create({});
  auto narrow = LogMel::create({8000, 256, 128, 32, 60, 3800});
  ASSERT_TRUE(wide && narrow);
  EXPECT_EQ(test::checksum(wide->frames(sound)), 12494985652927280502u);
  EXPECT_EQ(test::checksum(narrow->frames(sound)), 3637126882301310186u);
}

TEST(LogMel, NamesAnOptionThatCannotBe) {
  const auto complaint = [](const LogMelOptions& options) {
    const auto mel = LogMel::create(options);
    return mel ? std::string("none") : mel.error().message;
  };
  EXPECT_THAT(complaint({.sample_rate = 0}), HasSubstr("sample_rate"));
  EXPECT_THAT(complaint({.window = 5}), HasSubstr("window"));
  EXPECT_THAT(complaint({.hop = 0}), HasSubstr("hop"));
  EXPECT_THAT(complaint({.bands = 0}), HasSubstr("bands"));
  EXPECT_THAT(complaint({.high_hz = 9000}), HasSubstr("high_hz"));
  EXPECT_THAT(complaint({.bands = 200}), HasSubstr("band 1 holds no line"));
}

}  // namespace
}  // namespace primer::speech
