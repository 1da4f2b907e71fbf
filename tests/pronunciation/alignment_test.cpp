#include "primer/pronunciation/alignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_up.h"
#include "primer/pronunciation/best_path.h"
#include "primer/pronunciation/phone_likeness.h"
#include "src/judgement.h"

namespace primer::pronunciation {
namespace {

using test::heard;
using test::kSaid;
using test::kText;
using test::soundsOf;
using test::word;
using testing::ElementsAre;

// Made-up chances are never below one in four hundred: so little must be enough to doubt a word.
constexpr AlignmentOptions kStrict = {-4, -7, -1.3f, -10};

std::vector<bool> found(const Alignment& alignment) {
  std::vector<bool> result;
  for (const auto& one : alignment.words) result.push_back(!one.phones.empty());
  return result;
}

TEST(Align, FindsEveryPhoneWhereItSounds) {
  const auto alignment = align(kText, heard(soundsOf(kSaid)), kStrict);
  EXPECT_THAT(found(alignment), testing::Each(true));
  EXPECT_EQ(alignment.repetitions, 0u);
  EXPECT_TRUE(alignment.foreign.empty());
  const auto& cat = alignment.words[1];
  ASSERT_EQ(cat.phones.size(), 3u);
  // 10 steps of silence, "the" of 10, a pause of 3.
  EXPECT_EQ(cat.phones[0].steps.first, 23u);
  EXPECT_EQ(cat.phones[1].steps.first, 28u);
  EXPECT_EQ(cat.phones[2].steps.last, 38u);
  EXPECT_EQ(cat.phones[1].phone, *phoneNamed("AE"));
}

TEST(Align, LeavesOutWhatWasNotSaid) {
  auto said = kSaid;
  said.erase(said.begin() + 2);
  EXPECT_THAT(found(align(kText, heard(soundsOf(said)), kStrict)),
              ElementsAre(true, true, false, true, true, true));
  // Two in a row, and the end.
  EXPECT_THAT(found(align(kText, heard(soundsOf({"DH AH", "K AE T", "M AY", "B UH K"})), kStrict)),
              ElementsAre(true, true, false, false, true, true));
  EXPECT_THAT(found(align(kText, heard(soundsOf({"DH AH", "K AE T", "S AE T"})), kStrict)),
              ElementsAre(true, true, true, false, false, false));
}

TEST(Align, SeesForeignSpeechBetweenWords) {
  auto said = kSaid;
  said.insert(said.begin() + 2, "V EH R IY");
  const auto alignment = align(kText, heard(soundsOf(said)), kStrict);
  EXPECT_THAT(found(alignment), testing::Each(true));
  ASSERT_EQ(alignment.foreign.size(), 1u);
  EXPECT_EQ(alignment.foreign[0].before, 2u);
  EXPECT_NEAR(static_cast<double>(alignment.foreign[0].steps.size()), 20, 4);
}

TEST(Align, AnotherWordInItsPlaceIsAnOmission) {
  auto said = kSaid;
  said[1] = "D AO G Z";
  const auto alignment = align(kText, heard(soundsOf(said)), kStrict);
  EXPECT_THAT(found(alignment), ElementsAre(true, false, true, true, true, true));
  ASSERT_EQ(alignment.foreign.size(), 1u);
}

TEST(Align, RepetitionsAreNoErrors) {
  const auto alignment = align(
      kText,
      heard(soundsOf({"DH AH", "K AE T", "DH AH", "K AE T", "S AE T", "AA N", "M AY", "B UH K"})));
  EXPECT_THAT(found(alignment), testing::Each(true));
  EXPECT_EQ(alignment.repetitions, 2u);
  EXPECT_TRUE(alignment.foreign.empty());
  // The last time counts: 10 silent steps, two words with their pauses.
  EXPECT_EQ(alignment.words[0].phones[0].steps.first, 10u + 13 + 18);
}

// A page of text is walked as quickly as a line, and in the same steps. No two of its words are
// alike: were they, a word left out here could as well be one left out elsewhere.
TEST(Align, FollowsALongText) {
  std::vector<TextWord> text;
  std::vector<std::string> said;
  for (const char* first : {"B", "D", "F", "G", "K", "L", "M", "N", "P", "R", "S", "T"}) {
    for (const char* middle : {"AA", "AE", "EH", "IY", "OW", "UW"}) {
      for (const char* last : {"SH", "V", "Z", "TH", "JH"}) {
        said.push_back(std::string(first) + ' ' + middle + ' ' + last);
        text.push_back(word(said.back(), said.back()));
      }
    }
  }
  // A word is left out on the way, two in a row later, and the last line.
  std::vector<std::size_t> left_out = {100, 207, 208, 354, 355, 356, 357, 358, 359};
  for (auto at = left_out.rbegin(); at != left_out.rend(); ++at) {
    said.erase(said.begin() + static_cast<std::ptrdiff_t>(*at));
  }
  const auto alignment = align(text, heard(soundsOf(said)), kStrict);
  std::vector<std::size_t> missing;
  std::size_t before = 0;
  for (std::size_t w = 0; w < alignment.words.size(); ++w) {
    const auto& word = alignment.words[w];
    if (word.phones.empty()) {
      missing.push_back(w);
      continue;
    }
    EXPECT_GE(word.steps().first, before);
    before = word.steps().last;
  }
  EXPECT_EQ(missing, left_out);
  EXPECT_EQ(alignment.repetitions, 0u);
}

// An ear that has heard much silence hears the end of a word fade into it too early.
TEST(Align, SilenceDoesNotTakeFadingEnds) {
  auto posteriors = heard(soundsOf({"DH AH", "K AE T"}));
  // 10 steps of silence, "the" of 10: its last three steps, and what follows them for a second.
  for (std::size_t step = 17; step < 23; ++step) {
    for (auto& value : posteriors.at(step)) value = std::log(0.001f);
    posteriors.at(step)[kSilence] = std::log(0.9f);
    posteriors.at(step)[*phoneNamed("AH")] = std::log(step < 20 ? 0.2f : 0.0001f);
  }
  const std::vector<TextWord> text = {kText[0], kText[1]};
  auto with_priors = kStrict;
  with_priors.prior = 0;
  EXPECT_EQ(align(text, posteriors, with_priors).words[0].steps().last, 17u);
  const auto times = align(text, posteriors, kStrict);
  EXPECT_EQ(times.words[0].steps().last, 20u);
  EXPECT_EQ(times.words[1].steps().first, 23u);
}

// A word is left out where the sound is better explained without it; what the scorer believes is
// kept.
TEST(Omission, IsToldByTheSound) {
  auto text = kText;
  text[2] = word("scattered", "S K AE T ER D");
  auto all_said = kSaid;
  all_said[2] = "S K AE T ER D";
  auto said = kSaid;
  said[2] = "M UW V IH NG";
  const auto posteriors = heard(soundsOf(said), 0.99f);
  View first{align(text, posteriors), {}, {}};
  View forced{align(text, posteriors, carefulAlignment()), {}, {}};
  ASSERT_FALSE(forced.alignment.words[2].phones.empty());
  first.scores.words.assign(kText.size(), {1, 1, 0.99f});
  forced.scores.words.assign(kText.size(), {1, 1, 0.99f});
  first.scores.words[2] = {0, 0, 0};
  forced.scores.words[2] = {1, 0.5f, 0.2f};
  const Walks walks{text, posteriors, first, forced};
  auto finder = OmissionFinder::openShipped();
  ASSERT_TRUE(finder) << finder.error().message;
  const auto leftOut = [&finder](const Walks& seen, std::size_t w) {
    return finder->leftOut(seen, w).value();
  };
  for (std::size_t w = 0; w < kText.size(); ++w) EXPECT_EQ(leftOut(walks, w), w == 2) << w;
  // The scorer believes it in the second walk.
  auto believed = forced;
  believed.scores.words[2].said = 0.995f;
  EXPECT_FALSE(leftOut({text, posteriors, first, believed}, 2));
  // It sounds as it should, whatever the scorer says.
  const auto right = heard(soundsOf(all_said), 0.99f);
  View plain{align(text, right), first.scores, {}};
  const View all{align(text, right, carefulAlignment()), forced.scores, {}};
  plain.scores.words[2].said = 0.5f;
  EXPECT_FALSE(leftOut({text, right, plain, all}, 2));
  // And in the end: what is left out has no phones, what is kept has them.
  EXPECT_THAT(found(wordsSaid(walks, *finder)->alignment),
              ElementsAre(true, true, false, true, true, true));
}

TEST(PhoneLikeness, FindsWhatWasWantedAmongWhatWasHeard) {
  const auto posteriors = heard(soundsOf({"M UW V", "K AE T"}), 0.95f);
  const auto decoded = decodedPhones(posteriors, {0, posteriors.steps()});
  EXPECT_EQ(decoded, test::phones("M UW V K AE T"));
  EXPECT_FLOAT_EQ(distanceWithin(test::phones("K AE T"), decoded), 0);
  EXPECT_FLOAT_EQ(distanceWithin(test::phones("UW V K"), decoded), 0);
  EXPECT_FLOAT_EQ(distanceWithin(test::phones("SH AE T"), decoded), 1.0f / 3);
  // Another sound of the same kind is nearer than one of another.
  EXPECT_LT(distanceWithin(test::phones("K EH D"), decoded),
            distanceWithin(test::phones("K S R"), decoded));
  EXPECT_FLOAT_EQ(distanceWithin(test::phones("R L"), decoded), 1);
  EXPECT_FLOAT_EQ(distanceWithin(test::phones("S"), {}), 1);
  EXPECT_FLOAT_EQ(distanceWithin({}, decoded), 0);
}

TEST(Align, TakesTheWayThatWasSaid) {
  auto text = kText;
  text[1].ways.push_back(test::phones("K AA T"));
  auto said = kSaid;
  said[1] = "K AA T";
  EXPECT_EQ(align(text, heard(soundsOf(said))).words[1].way, 1u);
}

TEST(Align, SilenceNoTextAndNoSoundAreEndured) {
  EXPECT_THAT(found(align(kText, heard({{"-", 50}}), kStrict)), testing::Each(false));
  EXPECT_TRUE(align({}, heard(soundsOf(kSaid))).words.empty());
  EXPECT_THAT(found(align(kText, Posteriors(0), kStrict)), testing::Each(false));
  EXPECT_THAT(found(align(kText, heard({{"K", 1}}), kStrict)), testing::Contains(false));
}

// The walk in little memory is the walk that remembering everything gives.
TEST(BestPath, IsTheSameOverStretchesOfAnyLength) {
  PathGraph graph;
  const auto a = graph.add(0, {});
  const auto b = graph.add(1, std::vector<std::int32_t>{a});
  const auto c = graph.add(2, std::vector<std::int32_t>{b, a});
  graph.nodes[static_cast<std::size_t>(a)].entries.push_back({c, -0.3f});
  graph.nodes[static_cast<std::size_t>(a)].start = 0;
  graph.nodes[static_cast<std::size_t>(c)].end = 0;
  constexpr std::size_t kFrames = 700;
  std::vector<std::array<float, 3>> table(kFrames);
  std::uint32_t state = 7;
  for (auto& row : table) {
    for (auto& value : row) {
      state = state * 1664525u + 1013904223u;
      value = -static_cast<float>(state >> 24) / 40;
    }
  }
  const auto scores = [&](std::size_t t) { return std::span<const float>(table[t]); };
  const auto path = bestPath(graph, kFrames, scores);
  ASSERT_EQ(path.nodes.size(), kFrames);
  // Remembered as a whole, up to some frame, or not at all.
  for (const std::size_t remembered : {0, 1, 1000, 3 * 700}) {
    const auto other = bestPath(graph, kFrames, scores, remembered);
    EXPECT_EQ(other.nodes, path.nodes) << remembered;
    EXPECT_EQ(other.score, path.score) << remembered;
  }
  EXPECT_EQ(path.nodes.front(), a);
  EXPECT_EQ(path.nodes.back(), c);
  // Its own score, added up along the walk.
  double sum = 0;
  for (std::size_t t = 0; t < kFrames; ++t) {
    sum += table[t][static_cast<std::size_t>(path.nodes[t])];
    if (t > 0 && path.nodes[t - 1] == c && path.nodes[t] == a) sum += -0.3;
    if (t > 0 && path.nodes[t] == b) {
      EXPECT_NE(path.nodes[t - 1], c);
    }
  }
  EXPECT_NEAR(sum, path.score, 0.05);
  // And no worse than the plain table of all steps.
  std::vector<double> now = {table[0][0], -1e30, -1e30};
  for (std::size_t t = 1; t < kFrames; ++t) {
    now = {std::max(now[0], now[2] - 0.3) + table[t][0], std::max(now[1], now[0]) + table[t][1],
           std::max({now[2], now[1], now[0]}) + table[t][2]};
  }
  EXPECT_NEAR(path.score, now[2], 0.05);
}

}  // namespace
}  // namespace primer::pronunciation
