// What is remembered of a speaker.

#include "primer/pronunciation/speaker_prior.h"

#include <gtest/gtest.h>

#include <limits>

namespace primer::pronunciation {
namespace {

const Phone kTh = *phoneNamed("TH");
const Phone kS = *phoneNamed("S");

Judgement reading(Phone phone, float wrong, WordError error = WordError::kNone) {
  JudgedPhone judged;
  judged.phone = phone;
  judged.score = 50.0f;
  judged.wrong = wrong;
  JudgedWord word;
  word.error = error;
  word.phones.assign(10, judged);
  Judgement judgement;
  judgement.words = {word};
  return judgement;
}

TEST(SpeakerPrior, SaysNothingOfAStranger) {
  const SpeakerPrior nobody;
  for (const float wrong : {0.01f, 0.3f, 0.9f}) EXPECT_NEAR(nobody.chance(kTh, wrong), wrong, 1e-4);
}

TEST(SpeakerPrior, BelievesASoundWrongThatOftenIs) {
  SpeakerPrior speaker;
  speaker.add(reading(kTh, 0.9f));
  EXPECT_GT(speaker.chance(kTh, 0.5f), 0.6f);
  // The others are a little more doubtful as well, but less so.
  EXPECT_GT(speaker.chance(kS, 0.5f), 0.5f);
  EXPECT_LT(speaker.chance(kS, 0.5f), speaker.chance(kTh, 0.5f));
}

TEST(SpeakerPrior, DoesNotBlameAGoodSpeakerForASingleDoubt) {
  SpeakerPrior speaker;
  for (int i = 0; i < 20; ++i) speaker.add(reading(kS, 0.001f));
  EXPECT_LT(speaker.chance(kS, 0.7f), 0.6f);
  EXPECT_GT(speaker.chance(kS, 0.999f), 0.9f);
}

TEST(SpeakerPrior, TakesNoAccountOfWordsThatWereNotSaid) {
  SpeakerPrior speaker;
  speaker.add(reading(kTh, 1, WordError::kOmission));
  speaker.add(reading(kTh, 1, WordError::kInsertion));
  EXPECT_EQ(speaker.sounds()[kTh].times, 0);
}

TEST(SpeakerPrior, IsKeptAsNumbersAndSurvivesImpossibleOnes) {
  SpeakerPrior speaker;
  speaker.add(reading(kTh, 0.5f));
  const SpeakerPrior again(speaker.sounds());
  EXPECT_EQ(again.chance(kTh, 0.5f), speaker.chance(kTh, 0.5f));
  auto damaged = speaker.sounds();
  damaged[kTh] = {5, 9};
  damaged[kS] = {std::numeric_limits<float>::quiet_NaN(), 1};
  EXPECT_NEAR(SpeakerPrior(damaged).chance(kTh, 0.5f), 0.5f, 1e-4);
}

}  // namespace
}  // namespace primer::pronunciation
