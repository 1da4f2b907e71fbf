#include "primer/pronunciation/substitution.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_up.h"
#include "primer/base/share.h"
#include "primer/pronunciation/scorer.h"
#include "src/replacement_walk.h"

namespace primer::pronunciation {
namespace {

using test::heard;
using test::kSaid;
using test::kText;
using test::soundsOf;

std::vector<SaidPhone> soundsIn(const Alignment& alignment) {
  std::vector<SaidPhone> sounds;
  for (const auto& word : alignment.words) {
    sounds.insert(sounds.end(), word.phones.begin(), word.phones.end());
  }
  return sounds;
}

constexpr std::size_t kVowelOfCat = 3;  // DH AH K AE T ...

TEST(ReplacementWalk, NothingIsBetterThanWhatWasSaid) {
  const auto posteriors = heard(soundsOf(kSaid));
  const auto sounds = soundsIn(align(kText, posteriors, carefulAlignment()));
  for (std::size_t i = 0; i < sounds.size(); ++i) {
    const auto guesses = replacementsOf(posteriors, sounds, i);
    EXPECT_EQ(guesses.gain[sounds[i].phone], 0.0f);
    for (Phone p = 0; p < kPhones; ++p) EXPECT_LE(guesses.gain[p], 0.0f) << i << " as " << +p;
    EXPECT_LT(guesses.without, 0.0f) << i;
  }
}

TEST(ReplacementWalk, FindsTheSoundThatWasSaidInstead) {
  auto said = kSaid;
  said[1] = "K OW T";
  const auto posteriors = heard(soundsOf(said));
  const auto sounds = soundsIn(align(kText, posteriors, carefulAlignment()));
  const auto guesses = replacementsOf(posteriors, sounds, kVowelOfCat);
  const auto best = std::max_element(guesses.gain.begin(), guesses.gain.end());
  EXPECT_EQ(static_cast<Phone>(best - guesses.gain.begin()), *phoneNamed("OW"));
  EXPECT_GT(*best, 5.0f);
  EXPECT_GE(guesses.steps[*phoneNamed("OW")], 4u);
}

TEST(ReplacementWalk, FindsASoundThatWasLeftOut) {
  auto said = kSaid;
  said[1] = "K T";
  const auto posteriors = heard(soundsOf(said));
  const auto sounds = soundsIn(align(kText, posteriors, carefulAlignment()));
  EXPECT_GT(replacementsOf(posteriors, sounds, kVowelOfCat).without, 2.0f);
}

TEST(ReplacementWalk, ASoundAloneIsEndured) {
  const std::vector<TextWord> text = {{"a", {{*phoneNamed("AH")}}}};
  const auto posteriors = heard(soundsOf({"AH"}));
  const auto sounds = soundsIn(align(text, posteriors, carefulAlignment()));
  ASSERT_EQ(sounds.size(), 1u);
  const auto guesses = replacementsOf(posteriors, sounds, 0);
  EXPECT_LT(guesses.gain[*phoneNamed("S")], 0.0f);
  EXPECT_LT(guesses.without, -1000.0f);
}

class Substitution : public testing::Test {
 protected:
  std::vector<float> oddsOf(const std::vector<std::string>& said) {
    auto finder = SubstitutionFinder::openShipped();
    auto scorer = Scorer::openShipped();
    EXPECT_TRUE(finder && scorer);
    const auto posteriors = heard(soundsOf(said), 0.99f);
    const auto walk = align(kText, posteriors, carefulAlignment());
    const auto features = phoneFeatures(walk, posteriors, scorer->durations());
    auto odds = finder->odds(walk, posteriors, features);
    EXPECT_TRUE(odds) << odds.error().message;
    return *odds;
  }
};

TEST_F(Substitution, OneSoundOfAClearVoiceStandsOut) {
  const auto right = oddsOf(kSaid);
  EXPECT_LT(*std::max_element(right.begin(), right.end()), 0.0f);
  auto said = kSaid;
  said[1] = "K OW T";
  const auto odds = oddsOf(said);
  ASSERT_EQ(odds.size(), right.size());
  EXPECT_EQ(std::max_element(odds.begin(), odds.end()) - odds.begin(), std::ptrdiff_t{kVowelOfCat});
  EXPECT_GT(odds[kVowelOfCat], 3.0f);
  for (std::size_t i = 0; i < odds.size(); ++i) {
    if (i != kVowelOfCat) {
      EXPECT_LT(odds[i], 0.0f) << i;
    }
  }
}

TEST_F(Substitution, OfNothingNothingIsTold) {
  auto finder = SubstitutionFinder::openShipped();
  ASSERT_TRUE(finder) << finder.error().message;
  const auto odds = finder->odds({}, Posteriors(4), {});
  ASSERT_TRUE(odds);
  EXPECT_TRUE(odds->empty());
}

TEST_F(Substitution, RefusesOtherModels) {
  const auto other =
      SubstitutionFinder::open(shareFolder() / "models" / "pronunciation-omissions.tflite");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(other.error().message, testing::HasSubstr("which sounds were replaced"));
}

}  // namespace
}  // namespace primer::pronunciation
