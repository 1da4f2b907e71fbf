#include <gtest/gtest.h>

#include <random>

#include "made_up.h"
#include "primer/base/share.h"
#include "primer/pronunciation/panel.h"
#include "primer/pronunciation/speech_frames.h"

namespace primer::pronunciation {
namespace {

using test::heard;
using test::kSaid;
using test::kText;
using test::soundsOf;

std::filesystem::path shipped(const std::string& name) {
  return shareFolder() / "models" / (name + ".tflite");
}

Panel::Member member(const std::string& phones, const std::string& scorer) {
  auto acoustic = AcousticModel::open({shipped(phones)});
  auto scores = Scorer::open({shipped(scorer)});
  EXPECT_TRUE(acoustic && scores);
  return {std::move(*acoustic), std::move(*scores)};
}
Panel::Member first() { return member("pronunciation-phones", "pronunciation-scorer"); }
Panel::Member other() {
  return member("pronunciation-panel-1-phones", "pronunciation-panel-1-scorer");
}

// A reading whose words are known, of a sound that is nobody's.
class PanelOn : public testing::Test {
 protected:
  PanelOn() {
    std::mt19937 random(1);
    std::normal_distribution<float> level(2000, 500);
    for (auto& value : mel_) value = static_cast<std::int16_t>(level(random));
  }

  Scores of(Panel::Member one) {
    auto posteriors = one.acoustic.run(mel_);
    auto scores = one.scorer.score(walk_, *posteriors);
    EXPECT_TRUE(scores) << scores.error().message;
    return *scores;
  }

  // Makes of `scores` the mean with what one further judge says.
  void join(Panel::Member one, Scores& scores) {
    std::vector<Panel::Member> members;
    members.push_back(std::move(one));
    Panel panel(std::move(members));
    ASSERT_TRUE(panel.hear(mel_));
    ASSERT_TRUE(panel.join(walk_, scores));
  }

  Alignment walk_ = align(kText, heard(soundsOf(kSaid)));
  std::vector<std::int16_t> mel_ =
      std::vector<std::int16_t>(heard(soundsOf(kSaid)).steps() * kFramesPerStep * kBands);
};

TEST_F(PanelOn, OneWhoThinksTheSameChangesNothing) {
  const auto before = of(first());
  auto scores = before;
  join(first(), scores);
  for (std::size_t i = 0; i < scores.phones.size(); ++i) {
    EXPECT_NEAR(scores.phones[i].score, before.phones[i].score, 1e-5);
    EXPECT_NEAR(scores.phones[i].wrong, before.phones[i].wrong, 1e-4);
  }
  for (std::size_t w = 0; w < scores.words.size(); ++w) {
    EXPECT_NEAR(scores.words[w].total, before.words[w].total, 1e-5);
    EXPECT_NEAR(scores.words[w].said, before.words[w].said, 1e-4);
  }
  EXPECT_NEAR(scores.sentence.fluency, before.sentence.fluency, 1e-5);
}

TEST_F(PanelOn, ScoresAreTheMeanOfAll) {
  const auto one = of(first()), two = of(other());
  auto scores = one;
  join(other(), scores);
  ASSERT_EQ(scores.phones.size(), one.phones.size());
  bool differ = false;
  for (std::size_t i = 0; i < scores.phones.size(); ++i) {
    EXPECT_NEAR(scores.phones[i].score, (one.phones[i].score + two.phones[i].score) / 2, 1e-5);
    // A chance lies between the two, as the mean of their log odds.
    EXPECT_GE(scores.phones[i].wrong, std::min(one.phones[i].wrong, two.phones[i].wrong) - 1e-5f);
    EXPECT_LE(scores.phones[i].wrong, std::max(one.phones[i].wrong, two.phones[i].wrong) + 1e-5f);
    differ |= std::abs(one.phones[i].score - two.phones[i].score) > 0.01f;
  }
  EXPECT_TRUE(differ);
  EXPECT_NEAR(scores.words[1].accuracy, (one.words[1].accuracy + two.words[1].accuracy) / 2, 1e-5);
  EXPECT_NEAR(scores.sentence.total, (one.sentence.total + two.sentence.total) / 2, 1e-5);
  EXPECT_NEAR(scores.sentence.prosody, (one.sentence.prosody + two.sentence.prosody) / 2, 1e-5);
}

TEST_F(PanelOn, AWordLeftOutKeepsItsNoughts) {
  walk_.words[2] = WordFound{};
  auto scores = of(first());
  join(other(), scores);
  EXPECT_EQ(scores.words[2].total, 0);
  EXPECT_EQ(scores.words[2].said, 0);
  EXPECT_GT(scores.words[1].said, 0);
}

TEST_F(PanelOn, WithoutAnybodyScoresStay) {
  const auto before = of(first());
  auto scores = before;
  ASSERT_TRUE(Panel().join(walk_, scores));
  EXPECT_EQ(scores.phones[3].score, before.phones[3].score);
}

TEST_F(PanelOn, WhatWasNotHeardIsNotJudged) {
  auto scores = of(first());
  std::vector<Panel::Member> members;
  members.push_back(other());
  const auto joined = Panel(std::move(members)).join(walk_, scores);
  ASSERT_FALSE(joined);
  EXPECT_EQ(joined.error().code, ErrorCode::kInvalidArgument);
}

TEST(Panel, SaysWhichFileIsMissing) {
  const auto panel = Panel::open({"nobody"});
  ASSERT_FALSE(panel);
  EXPECT_NE(panel.error().message.find("nobody-phones.tflite"), std::string::npos);
}

TEST(Panel, ThatShipsHasTwoMembers) {
  const auto panel = Panel::openShipped();
  ASSERT_TRUE(panel) << panel.error().message;
  EXPECT_EQ(panel->size(), 2u);
}

}  // namespace
}  // namespace primer::pronunciation
