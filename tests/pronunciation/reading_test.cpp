// Following a reader through a text, and the record of a reading.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "made_up.h"
#include "primer/pronunciation/best_path.h"
#include "primer/pronunciation/reading_follower.h"
#include "primer/pronunciation/running_record.h"
#include "primer/speech/audio_file.h"
#include "src/followed_text.h"

namespace primer::pronunciation {
namespace {

using test::heard;
using test::kSaid;
using test::kText;
using test::soundsOf;
using test::word;
using testing::ElementsAre;

// Chances sharp enough that what follows a word is sure.
Posteriors sharply(const std::vector<test::Sounding>& sounds) { return heard(sounds, 0.999f); }

std::vector<FollowedMark> marks(const ReadingProgress& progress) {
  std::vector<FollowedMark> result;
  for (const auto& one : progress.words) result.push_back(one.mark);
  return result;
}

Posteriors piece(const Posteriors& all, std::size_t first, std::size_t last) {
  Posteriors part(std::min(last, all.steps()) - first);
  for (std::size_t s = 0; s < part.steps(); ++s) {
    std::copy(all.at(first + s).begin(), all.at(first + s).end(), part.at(s).begin());
  }
  return part;
}

TEST(PathFollower, EndsWhereTheWholeWalkEnds) {
  PathGraph graph;
  const auto a = graph.add(0, {});
  const auto b = graph.add(1, std::vector<std::int32_t>{a});
  const auto c = graph.add(2, std::vector<std::int32_t>{b, a});
  graph.nodes[static_cast<std::size_t>(a)].entries.push_back({c, -0.3f});
  for (auto& node : graph.nodes) node.end = 0;
  graph.nodes[static_cast<std::size_t>(a)].start = 0;
  std::vector<std::array<float, 3>> table(400);
  std::uint32_t state = 11;
  for (auto& row : table) {
    for (auto& value : row) {
      state = state * 1664525u + 1013904223u;
      value = -static_cast<float>(state >> 24) / 40;
    }
  }
  PathFollower follower(graph, 50);
  EXPECT_TRUE(follower.recent().empty());
  for (std::size_t t = 0; t < table.size(); ++t) {
    follower.step(table[t]);
    ASSERT_EQ(follower.frames(), t + 1);
    if (t % 37 != 0 && t + 1 != table.size()) continue;
    const auto whole =
        bestPath(graph, t + 1, [&](std::size_t at) { return std::span<const float>(table[at]); });
    const auto recent = follower.recent();
    ASSERT_EQ(recent.size(), std::min<std::size_t>(t + 1, 50));
    const std::vector<std::int32_t> last(
        whole.nodes.end() - static_cast<std::ptrdiff_t>(recent.size()), whole.nodes.end());
    EXPECT_EQ(recent, last) << t;
  }
}

TEST(FollowedText, MarksWordsAsTheySound) {
  FollowedText followed(kText);
  const auto all = sharply(soundsOf(kSaid));
  // 10 silent steps, "the" of 10, a pause of 3; then "cat" sounds.
  followed.hear(piece(all, 0, 10));
  followed.update(false);
  EXPECT_FALSE(followed.progress().now);
  EXPECT_EQ(followed.progress().silent_ms, 200);
  followed.hear(piece(all, 10, 14));
  followed.update(false);
  EXPECT_EQ(followed.progress().now, std::size_t{0});
  EXPECT_EQ(followed.progress().silent_ms, 0);
  followed.hear(piece(all, 14, 27));
  followed.update(false);
  EXPECT_THAT(marks(followed.progress()),
              ElementsAre(FollowedMark::kRead, FollowedMark::kNow, FollowedMark::kToCome,
                          FollowedMark::kToCome, FollowedMark::kToCome, FollowedMark::kToCome));
  EXPECT_EQ(followed.progress().words[1].begun_ms, 23 * kMillisecondsPerStep);
  followed.hear(piece(all, 27, all.steps()));
  followed.update(true);
  EXPECT_EQ(followed.progress().said, 6u);
  EXPECT_EQ(followed.progress().now, std::size_t{5});
  EXPECT_EQ(followed.progress().repeated, 0u);
  ASSERT_TRUE(followed.progress().words_per_minute);
  // Six words in 75 steps and five pauses of 3.
  EXPECT_NEAR(*followed.progress().words_per_minute, 6 / (90 * 0.02 / 60), 12);
}

TEST(FollowedText, GoingBackIsFollowedAndLeavesNothingOut) {
  FollowedText followed(kText);
  followed.hear(sharply(soundsOf(
      {"DH AH", "K AE T", "S AE T", "DH AH", "K AE T", "S AE T", "AA N", "M AY", "B UH K"})));
  followed.update(true);
  EXPECT_EQ(followed.progress().said, 6u);
  EXPECT_EQ(followed.progress().repeated, 3u);
  EXPECT_EQ(followed.progress().words[1].times, 2u);
  EXPECT_THAT(marks(followed.progress()), testing::Not(testing::Contains(FollowedMark::kLeftOut)));
}

// Somebody stops for ten seconds, and goes on: nothing is held against anybody, and where the
// reader is does not move.
TEST(FollowedText, PausesAreWaitedFor) {
  FollowedText followed(kText);
  auto sounds = soundsOf({"DH AH", "K AE T"});
  sounds.push_back({"-", 500});
  followed.hear(sharply(sounds));
  followed.update(false);
  EXPECT_EQ(followed.progress().now, std::size_t{1});
  EXPECT_GE(followed.progress().silent_ms, 10'000);
  followed.hear(sharply(soundsOf({"S AE T", "AA N"})));
  followed.update(false);
  EXPECT_EQ(followed.progress().now, std::size_t{3});
  EXPECT_EQ(followed.progress().said, 4u);
}

TEST(FollowedText, AWordPassedOverIsToldOnlyWhenItIsSure) {
  FollowedText followed(kText);
  auto said = soundsOf({"DH AH", "K AE T", "AA N", "M AY"});
  followed.hear(sharply(said));
  followed.update(false);
  EXPECT_EQ(followed.progress().words[2].mark, FollowedMark::kToCome);
  followed.hear(sharply({{"-", 150}}));
  followed.update(false);
  EXPECT_EQ(followed.progress().words[2].mark, FollowedMark::kLeftOut);
  EXPECT_EQ(followed.progress().said, 4u);
}

TEST(FollowedText, OtherSpeechLightsNothing) {
  FollowedText followed(kText);
  followed.hear(sharply(soundsOf({"V EH R IY", "W EY L Z", "SH UW G ER"})));
  followed.update(true);
  EXPECT_LE(followed.progress().said, 1u);
  EXPECT_LT(followed.progress().silent_ms, 1000);  // somebody speaks
}

JudgedWord said(const char* written, int start_ms, int end_ms) {
  JudgedWord word;
  word.word = written;
  word.time = TimeRange{start_ms, end_ms};
  return word;
}

JudgedWord missing(const char* written) {
  JudgedWord word;
  word.word = written;
  word.error = WordError::kOmission;
  return word;
}

JudgedWord inserted(const char* heard, int start_ms, int end_ms) {
  auto word = said(heard, start_ms, end_ms);
  word.error = WordError::kInsertion;
  return word;
}

Judgement reading(std::vector<JudgedWord> words) {
  Judgement judgement;
  judgement.sentence.emplace();
  judgement.words_per_minute = 60;
  judgement.words = std::move(words);
  return judgement;
}

std::vector<std::string> marksOf(const RunningRecord& record) {
  std::vector<std::string> result;
  for (const auto& entry : record.entries) result.emplace_back(recordMarkName(entry.mark));
  return result;
}

TEST(RunningRecord, MarksEveryWord) {
  auto again = said("sat", 1200, 1500);
  again.repeats = 2;
  auto mended = said("on", 3200, 3400);
  mended.corrected = true;
  auto unclear = said("my", 3500, 3700);
  unclear.error = WordError::kMispronunciation;
  const auto record =
      runningRecord(reading({said("the", 0, 300), missing("cat"), again, mended,
                             inserted("V EH R IY", 3400, 3500), unclear, missing("book")}));
  ASSERT_TRUE(record);
  EXPECT_THAT(marksOf(*record), ElementsAre("right", "omitted", "repeated", "corrected", "inserted",
                                            "right", "omitted"));
  EXPECT_EQ(record->words, 6u);
  EXPECT_EQ(record->errors, 3u);
  EXPECT_EQ(record->self_corrections, 1u);
  EXPECT_EQ(record->repetitions, 2u);
  EXPECT_EQ(record->hesitations, 1u);  // before "on"
  EXPECT_EQ(record->longest_pause_ms, 1700);
  EXPECT_FLOAT_EQ(record->accuracy_percent, 50);
  EXPECT_EQ(record->fit, TextFit::kTooHard);
  EXPECT_FLOAT_EQ(record->one_mended_in.value(), 4);
  EXPECT_FLOAT_EQ(record->right_words_per_minute.value(), 60 * 3.0f / 4);
}

TEST(RunningRecord, AnotherWordInPlaceOfOneIsOneError) {
  for (const bool before : {true, false}) {
    std::vector<JudgedWord> words = {said("the", 0, 300), said("sat", 900, 1200)};
    words.insert(words.begin() + 1, {missing("cat"), inserted("D AO G", 400, 700)});
    if (before) std::swap(words[1], words[2]);
    const auto record = runningRecord(reading(words));
    ASSERT_TRUE(record);
    EXPECT_THAT(marksOf(*record), ElementsAre("right", "replaced", "right")) << before;
    EXPECT_EQ(record->entries[1].word, "cat");
    EXPECT_EQ(record->entries[1].heard, "D AO G");
    EXPECT_EQ(record->errors, 1u);
  }
}

TEST(RunningRecord, MendedRepeatedAndBadlySaidWordsAreNoErrors) {
  std::vector<JudgedWord> words;
  for (int i = 0; i < 20; ++i) words.push_back(said("word", 500 * i, 500 * i + 300));
  words[3].repeats = 1;
  words[4].corrected = true;
  words[5].error = WordError::kMispronunciation;
  auto record = runningRecord(reading(words));
  EXPECT_FLOAT_EQ(record->accuracy_percent, 100);
  EXPECT_EQ(record->fit, TextFit::kEasy);
  words[6] = missing("word");
  record = runningRecord(reading(words));
  EXPECT_FLOAT_EQ(record->accuracy_percent, 95);
  EXPECT_EQ(record->fit, TextFit::kEasy);
  words[7] = missing("word");
  EXPECT_EQ(runningRecord(reading(words))->fit, TextFit::kRightToLearn);
  // More errors than words are as many as words.
  words = {said("a", 0, 100)};
  for (int i = 0; i < 5; ++i) words.push_back(inserted("B IY", 200 * i + 200, 200 * i + 300));
  EXPECT_FLOAT_EQ(runningRecord(reading(words))->accuracy_percent, 0);
}

TEST(RunningRecord, NothingIsRecordedOfWhatWasNotJudged) {
  EXPECT_FALSE(runningRecord({}));
  auto other = reading({said("a", 0, 100)});
  other.other_text = true;
  EXPECT_FALSE(runningRecord(other));
  auto noisy = reading({said("a", 0, 100)});
  noisy.problem = SignalProblem::kNoisy;
  EXPECT_FALSE(runningRecord(noisy));
}

TEST(ReadingFollower, RefusesWhatNobodyCanRead) {
  auto acoustic = AcousticModel::openShipped();
  ASSERT_TRUE(acoustic) << acoustic.error().message;
  EXPECT_EQ(ReadingFollower::create(*acoustic, {}).error().code, ErrorCode::kInvalidArgument);
  const std::vector<TextWord> endless(5001, kText[0]);
  EXPECT_EQ(ReadingFollower::create(*acoustic, endless).error().code, ErrorCode::kLimitExceeded);
}

TEST(ReadingFollower, SilenceAndNoiseLightNothing) {
  auto acoustic = AcousticModel::openShipped();
  ASSERT_TRUE(acoustic);
  for (const int height : {0, 3, 3000}) {
    auto follower = ReadingFollower::create(*acoustic, kText);
    ASSERT_TRUE(follower) << follower.error().message;
    std::vector<std::int16_t> samples(16'000);
    std::uint32_t state = 3;
    for (int second = 0; second < 3; ++second) {
      for (auto& sample : samples) {
        state = state * 1664525u + 1013904223u;
        sample =
            static_cast<std::int16_t>(static_cast<int>(state >> 16) % (2 * height + 1) - height);
      }
      ASSERT_TRUE(follower->hear(samples));
    }
    ASSERT_TRUE(follower->finish());
    EXPECT_EQ(follower->progress().said, 0u) << height;
    EXPECT_EQ(follower->progress().heard_ms / 100, 29) << height;
  }
}

// A learner's sentence in pieces of 32 ms: every word lights up, in order, near to when it sounds.
TEST(ReadingFollower, LightsUpTheWordsOfASentence) {
  const char* data = std::getenv("PRIMER_DATA");
  const auto audio = std::filesystem::path(data == nullptr ? "" : data) / "speech" /
                     "speechocean762" / "opus" / "000010011.opus";
  if (!std::filesystem::exists(audio)) GTEST_SKIP() << "PRIMER_DATA has no speechocean762";
  const std::vector<TextWord> text = {word("WE", "W IY"), word("CALL", "K AO L"),
                                      word("IT", "IH T"), word("BEAR", "B EH R")};
  auto judge = PronunciationJudge::openShipped();
  ASSERT_TRUE(judge);
  const auto judged = judge->judge(audio, {text, 0.5});
  ASSERT_TRUE(judged);
  auto acoustic = AcousticModel::openShipped();
  auto follower = ReadingFollower::create(*acoustic, text);
  ASSERT_TRUE(follower) << follower.error().message;
  auto file = *speech::AudioFile::open(audio);
  std::vector<std::int16_t> samples(512);
  std::vector<int> lit(4, -1);
  for (int at_ms = 32;; at_ms += 32) {
    const auto count = file.read(samples);
    ASSERT_TRUE(count);
    if (*count == 0) break;
    ASSERT_TRUE(follower->hear(std::span(samples).first(*count)));
    for (std::size_t w = 0; w < 4; ++w) {
      if (lit[w] < 0 && follower->progress().words[w].times > 0) lit[w] = at_ms;
    }
  }
  ASSERT_TRUE(follower->finish());
  EXPECT_EQ(follower->progress().said, 4u);
  for (std::size_t w = 0; w < 4; ++w) {
    EXPECT_GT(lit[w], judged->words[w].time->start_ms) << w;
    EXPECT_LE(lit[w], judged->words[w].time->start_ms + 450) << w;
  }
}

}  // namespace
}  // namespace primer::pronunciation
