// Where words begin and end.

#include "primer/pronunciation/boundaries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_up.h"
#include "primer/base/share.h"

namespace primer::pronunciation {
namespace {

using testing::Each;
using testing::SizeIs;

Phone named(const char* name) { return *phoneNamed(name); }

// "the cat", a pause, "sat"; a word between them was left out.
Alignment threeWords() {
  Alignment alignment;
  alignment.words.resize(4);
  alignment.words[0].phones = {{named("DH"), {5, 8}}, {named("AH"), {8, 12}}};
  alignment.words[1].phones = {
      {named("K"), {12, 14}}, {named("AE"), {14, 20}}, {named("T"), {20, 22}}};
  alignment.words[3].phones = {
      {named("S"), {30, 35}}, {named("AE"), {35, 42}}, {named("T"), {42, 45}}};
  return alignment;
}

TEST(WordEdges, KnowWhatStandsOnBothSides) {
  const auto edges = wordEdges(threeWords());
  ASSERT_THAT(edges, SizeIs(6));
  EXPECT_EQ(edges[0].other, kSilence);
  EXPECT_EQ(edges[1].own, named("AH"));
  EXPECT_EQ(edges[1].other, named("K"));
  EXPECT_EQ(edges[1].other_steps, 2u);
  EXPECT_EQ(edges[2].other, named("AH"));
  EXPECT_EQ(edges[2].step, 12u);
  EXPECT_EQ(edges[3].other, kSilence);
  EXPECT_EQ(edges[3].other_steps, 8u);
  EXPECT_EQ(edges[4].word, 3u);
  EXPECT_EQ(edges[4].other_steps, 8u);
  EXPECT_TRUE(edges[5].ends);
  EXPECT_EQ(edges[5].word_phones, 3u);
}

TEST(EdgeOffset, LiesWhereYesTurnsToNo) {
  std::vector<float> answers(kEdgeAnswers, 9);
  EXPECT_NEAR(edgeOffset(answers), kEdgeReach, 0.1);
  std::fill(answers.begin() + 25, answers.end(), -9.0f);
  EXPECT_NEAR(edgeOffset(answers), 50, 0.1);
  std::fill(answers.begin(), answers.end(), -9.0f);
  EXPECT_NEAR(edgeOffset(answers), -kEdgeReach, 0.1);
}

TEST(EdgeFeatures, BeyondTheSoundIsItsEdge) {
  const Posteriors posteriors = test::heard({{"S", 12}, {"AE", 6}});
  const std::vector<float> frames(36 * kBands, 7.0f);
  WordEdge edge;
  edge.own = named("S");
  edge.other = kSilence;
  std::vector<float> features(edge::kFeatures, 99.0f);
  edgeFeatures(edge, -5, posteriors, frames, features);
  EXPECT_THAT(features, Each(testing::AllOf(testing::Ge(-3.0f), testing::Le(3.5f))));
  EXPECT_EQ(features[named("S")], 1);
  EXPECT_EQ(features[kUnits + kSilence], 1);
}

TEST(BoundaryFinder, KeepsWordsInOrder) {
  auto finder = BoundaryFinder::openShipped();
  ASSERT_TRUE(finder) << finder.error().message;
  const std::vector<test::Sounding> sounds = {{"-", 5},  {"DH", 3}, {"AH", 4}, {"K", 2},
                                              {"AE", 6}, {"T", 2},  {"-", 8},  {"S", 5},
                                              {"AE", 7}, {"T", 3},  {"-", 5}};
  const auto posteriors = test::heard(sounds);
  std::vector<std::int16_t> mel(2 * posteriors.steps() * kBands);
  for (std::size_t i = 0; i < mel.size(); ++i) mel[i] = static_cast<std::int16_t>(i * 7919 % 3000);
  const auto times = finder->find(threeWords(), posteriors, mel);
  ASSERT_TRUE(times) << times.error().message;
  ASSERT_THAT(*times, SizeIs(4));
  double end = 0;
  for (const std::size_t w : {0, 1, 3}) {
    EXPECT_GE((*times)[w].first, end) << w;
    EXPECT_GT((*times)[w].last, (*times)[w].first) << w;
    end = (*times)[w].last;
  }
  EXPECT_EQ((*times)[0].last, (*times)[1].first) << "no pause between them";
  EXPECT_EQ((*times)[2].last, 0);
  const auto none = finder->find(Alignment{}, Posteriors(0), {});
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
}

TEST(BoundaryFinder, RefusesOtherModels) {
  const auto phones =
      BoundaryFinder::open(shareFolder() / "models" / "pronunciation-phones.tflite");
  ASSERT_FALSE(phones);
  EXPECT_EQ(phones.error().code, ErrorCode::kUnsupported);
  EXPECT_FALSE(BoundaryFinder::open("no-such-file.tflite"));
}

}  // namespace
}  // namespace primer::pronunciation
