// What is known of a whole class: a sound that nearly everybody there says so is nobody's fault.

#include "primer/pronunciation/class_accent.h"

#include <gtest/gtest.h>

#include "primer/pronunciation/pronunciation.h"
#include "spoken.h"
#include "test_folder.h"

namespace primer::pronunciation {
namespace {

const Phone kTh = *phoneNamed("TH");
const Phone kR = *phoneNamed("R");

SpeakerPrior::Sounds sounds(float times, float share) {
  SpeakerPrior::Sounds made{};
  made[kTh] = {times, times * share};
  return made;
}

TEST(ClassAccent, OfNobodyThereIsNone) {
  const ClassAccent nobody;
  for (Phone phone = 0; phone < kPhones; ++phone) EXPECT_FALSE(nobody.holds(phone));
  EXPECT_FALSE(nobody.holds(kSilence));
}

TEST(ClassAccent, IsWhatNearlyEverybodySays) {
  ClassAccent accent;
  for (int i = 0; i < 3; ++i) accent.add(sounds(20, 0.8f));
  EXPECT_FALSE(accent.holds(kTh)) << "three friends are no class";
  accent.add(sounds(20, 0.8f));
  EXPECT_TRUE(accent.holds(kTh));
  EXPECT_FALSE(accent.holds(kR));
  accent.add(sounds(20, 0.1f));
  EXPECT_TRUE(accent.holds(kTh)) << "one came from elsewhere";
  accent.add(sounds(20, 0.1f));
  EXPECT_FALSE(accent.holds(kTh)) << "two of six say it otherwise";
}

TEST(ClassAccent, IsNotMadeOfASingleDay) {
  ClassAccent accent;
  for (int i = 0; i < 8; ++i) accent.add(sounds(3, 1));
  EXPECT_FALSE(accent.holds(kTh));
}

TEST(ClassAccent, APupilsOwnDifficultyIsNone) {
  ClassAccent accent;
  accent.add(sounds(40, 1));
  for (int i = 0; i < 9; ++i) accent.add(sounds(40, 0.02f));
  EXPECT_FALSE(accent.holds(kTh));
}

// A voice that says "dree din" for "three thin".
class SpokenWithAnAccent : public testing::Test {
 protected:
  int flagsOfTh(const JudgeRequest& request) {
    const auto told = judge_->judge(*voice_, request);
    EXPECT_TRUE(told && told->sentence);
    int flags = 0;
    for (const auto& word : told->words) {
      for (const auto& phone : word.phones) flags += phone.phone == kTh && phone.flagged ? 1 : 0;
    }
    return flags;
  }

  const primer::test::TestFolder folder_;
  Result<PronunciationJudge> judge_ = PronunciationJudge::openShipped();
  std::optional<std::filesystem::path> voice_ =
      test::spoken("dree din sings for de deef", folder_.path());
};

TEST_F(SpokenWithAnAccent, IsToldOrNotAsTheClassSpeaks) {
  ASSERT_TRUE(judge_);
  if (!voice_) GTEST_SKIP() << "needs espeak-ng";
  JudgeRequest request{judge_->lexicon().words("Three thin things for the thief."), 1.0};
  const int told = flagsOfTh(request);
  ASSERT_GT(told, 0) << "the voice was understood as it should not be";
  const SpeakerPrior nobody;
  request.speaker = &nobody;
  EXPECT_EQ(flagsOfTh(request), told) << "of whom nothing is known is a stranger";
  ClassAccent accent;
  request.accent = &accent;
  for (int i = 0; i < 4; ++i) accent.add(sounds(20, 0.1f));
  EXPECT_EQ(flagsOfTh(request), told);
  for (int i = 0; i < 16; ++i) accent.add(sounds(20, 0.9f));
  EXPECT_EQ(flagsOfTh(request), 0);
  // A pupil who is known for it is told in a class that says it otherwise, and not in this one.
  SpeakerPrior known(sounds(20, 0.9f));
  request.speaker = &known;
  EXPECT_EQ(flagsOfTh(request), 0);
  request.accent = nullptr;
  EXPECT_GT(flagsOfTh(request), 0);
}

}  // namespace
}  // namespace primer::pronunciation
