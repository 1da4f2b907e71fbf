#include "primer/speech/kept_sound.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "primer/speech/resampler.h"

namespace primer::speech {
namespace {

// A voice's pitch with a few overtones, in syllables.
std::vector<std::int16_t> voice(double seconds) {
  std::vector<std::int16_t> samples(static_cast<std::size_t>(kSampleRate * seconds));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i) / kSampleRate;
    double value = 0;
    for (int k = 1; k < 8; ++k) value += std::sin(2 * 3.14159265 * 220 * k * t) / k;
    const double loud = std::sin(3.14159265 * 3 * t);
    samples[i] = static_cast<std::int16_t>(6000 * loud * loud * value);
  }
  return samples;
}

TEST(KeptSound, IsSmallAndComesBackAsItWas) {
  const auto samples = voice(4);
  const auto packed = packSound(samples);
  ASSERT_TRUE(packed) << packed.error().message;
  EXPECT_LT(packed->size(), samples.size() * 2 / 8);
  const auto back = unpackSound(*packed);
  ASSERT_TRUE(back) << back.error().message;
  ASSERT_EQ(back->size(), samples.size());
  double error = 0, power = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    error += std::pow(samples[i] - (*back)[i], 2);
    power += std::pow(samples[i], 2);
  }
  EXPECT_LT(error, 0.1 * power);
}

TEST(KeptSound, NotMoreThanFiveMinutesAre) {
  std::vector<std::int16_t> quiet((kLongestKeptSeconds + 20) * kSampleRate);
  const auto packed = packSound(quiet);
  ASSERT_TRUE(packed) << packed.error().message;
  const auto back = unpackSound(*packed);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->size(), kLongestKeptSeconds * kSampleRate);
  EXPECT_EQ(packSound({}).error().code, ErrorCode::kInvalidArgument);
}

TEST(KeptSound, DamageIsToldOrHeardAsWhatIsLeft) {
  const auto packed = *packSound(voice(1));
  EXPECT_FALSE(unpackSound({}));
  std::mt19937 random(5);
  for (int round = 0; round < 60; ++round) {
    auto broken = packed;
    if (round % 2 == 0) broken.resize(random() % broken.size());
    for (int i = 0; i < 8 && !broken.empty(); ++i) {
      broken[random() % broken.size()] = static_cast<std::byte>(random());
    }
    const auto back = unpackSound(broken);
    EXPECT_LE(back.value_or(std::vector<std::int16_t>()).size(), kLongestKeptSeconds * kSampleRate);
  }
  std::vector<std::byte> noise(5000);
  for (auto& byte : noise) byte = static_cast<std::byte>(random());
  EXPECT_EQ(unpackSound(noise).error().code, ErrorCode::kDamaged);
}

}  // namespace
}  // namespace primer::speech
