#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <cstdlib>
#include <random>

#include "made_up.h"
#include "primer/pronunciation/pronunciation.h"
#include "test_folder.h"

namespace primer::pronunciation {
namespace {

using testing::Each;

// Sounds made by code, as recordings.
class Judge : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto judge = PronunciationJudge::openShipped();
    ASSERT_TRUE(judge) << judge.error().message;
    judge_ = std::make_unique<PronunciationJudge>(std::move(*judge));
  }
  static void TearDownTestSuite() { judge_.reset(); }

  std::filesystem::path write(const std::vector<float>& samples, int rate = 16'000) {
    SF_INFO about{};
    about.samplerate = rate;
    about.channels = 1;
    about.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    const auto path = folder_ / "sound.wav";
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &about);
    EXPECT_NE(file, nullptr);
    sf_writef_float(file, samples.data(), static_cast<sf_count_t>(samples.size()));
    sf_close(file);
    return path;
  }

  static std::vector<float> noise(double seconds, float height) {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> value(-height, height);
    std::vector<float> samples(static_cast<std::size_t>(16'000 * seconds));
    for (auto& sample : samples) sample = value(random);
    return samples;
  }

  static std::vector<float> tone(double seconds, double hertz, float height) {
    std::vector<float> samples(static_cast<std::size_t>(16'000 * seconds));
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const double angle = 2 * 3.14159265 * hertz * static_cast<double>(i) / 16'000;
      samples[i] = std::clamp(height * static_cast<float>(std::sin(angle)), -1.0f, 1.0f);
    }
    return samples;
  }

  Judgement judged(const std::vector<float>& samples, const char* text = "We call it bear") {
    auto result = judge_->judge(write(samples), {judge_->lexicon().words(text), 0.5});
    EXPECT_TRUE(result) << result.error().message;
    return std::move(*result);
  }

  std::filesystem::path data() const {
    const char* folder = std::getenv("PRIMER_DATA");
    return folder == nullptr ? "" : std::filesystem::path(folder) / "speech" / "speechocean762";
  }

  static std::unique_ptr<PronunciationJudge> judge_;
  const primer::test::TestFolder folder_;
};

std::unique_ptr<PronunciationJudge> Judge::judge_;

void expectNoScores(const Judgement& judgement, std::size_t words) {
  EXPECT_FALSE(judgement.sentence);
  EXPECT_FALSE(judgement.words_per_minute);
  ASSERT_EQ(judgement.words.size(), words);
  for (const auto& word : judgement.words) {
    EXPECT_FALSE(word.total);
    EXPECT_FALSE(word.time);
    EXPECT_EQ(word.error, WordError::kNone);
    for (const auto& phone : word.phones) EXPECT_FALSE(phone.score || phone.flagged);
  }
}

TEST_F(Judge, SilenceNoiseClippingAndSoOnAreNamedBeforeAnyScore) {
  struct Case {
    std::vector<float> samples;
    SignalProblem problem;
  };
  auto clipped = tone(2, 180, 8);
  for (std::size_t i = 0; i < clipped.size(); ++i) {
    if (i / 4000 % 2 == 1) clipped[i] *= 0.01f;  // in bursts, as speech is
  }
  auto hum = noise(3, 0.0002f);
  for (std::size_t i = 16'000; i < 32'000; ++i) {
    hum[i] += 0.3f *
              static_cast<float>(std::sin(2 * 3.14159265 * 1000 * static_cast<double>(i) / 16'000));
  }
  for (const auto& [samples, problem] :
       {Case{std::vector<float>(32'000, 0.0f), SignalProblem::kSilent},
        Case{noise(2, 0.0005f), SignalProblem::kSilent},
        Case{noise(2, 0.3f), SignalProblem::kNoisy},
        Case{tone(2, 440, 0.5f), SignalProblem::kNoisy}, Case{clipped, SignalProblem::kClipped},
        Case{tone(0.1, 440, 0.5f), SignalProblem::kTooShort}}) {
    const auto judgement = judged(samples);
    ASSERT_TRUE(judgement.problem) << signalProblemName(problem);
    EXPECT_EQ(signalProblemName(*judgement.problem), signalProblemName(problem));
    expectNoScores(judgement, 4);
  }
  // A beep in a quiet room is noise or nobody; it is never scored.
  const auto beep = judged(hum);
  EXPECT_TRUE(beep.problem || beep.other_text);
  expectNoScores(beep, 4);
}

TEST_F(Judge, StrangeTextsAreEndured) {
  const auto nothing = judged(noise(2, 0.3f), "");
  EXPECT_TRUE(nothing.words.empty());
  std::string passage;
  for (int i = 0; i < 1500; ++i) passage += "elephant ";
  EXPECT_EQ(judged(noise(1.5, 0.3f), passage.c_str()).words.size(), 1500u);
}

TEST_F(Judge, ChoosesNothingWhereNobodySpoke) {
  const auto chosen = judge_->choose(write(noise(2, 0.3f)), {"yes", "no"});
  ASSERT_TRUE(chosen);
  EXPECT_FALSE(chosen->choice);
  EXPECT_EQ(judge_->choose(write(noise(1, 0.3f)), {}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(judge_->choose(write(noise(1, 0.3f)), {"yes", "?!"}).error().code,
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(judge_->choose(write(noise(1, 0.3f)), std::vector<std::string>(51, "a")).error().code,
            ErrorCode::kInvalidArgument);
}

TEST_F(Judge, ScoresALearnersSentence) {
  const auto audio = data() / "opus" / "000010011.opus";
  if (!std::filesystem::exists(audio)) GTEST_SKIP() << "PRIMER_DATA has no speechocean762";
  std::vector<TextWord> text = {test::word("WE", "W IY"), test::word("CALL", "K AO L"),
                                test::word("IT", "IH T"), test::word("BEAR", "B EH R")};
  const auto judgement = judge_->judge(audio, {text, 0.5});
  ASSERT_TRUE(judgement) << judgement.error().message;
  EXPECT_FALSE(judgement->problem);
  EXPECT_FALSE(judgement->other_text);
  ASSERT_TRUE(judgement->sentence);
  EXPECT_EQ(judgement->sentence->completeness, 100);
  ASSERT_EQ(judgement->words.size(), 4u);
  int before = 0;
  for (std::size_t w = 0; w < 4; ++w) {
    const auto& word = judgement->words[w];
    ASSERT_EQ(word.phones.size(), text[w].ways[0].size());
    for (std::size_t p = 0; p < word.phones.size(); ++p) {
      EXPECT_EQ(word.phones[p].phone, text[w].ways[0][p]);
      ASSERT_TRUE(word.phones[p].score);
      EXPECT_GE(*word.phones[p].score, 0);
      EXPECT_LE(*word.phones[p].score, 100);
      EXPECT_GE(word.phones[p].time->start_ms, before);
      before = word.phones[p].time->end_ms;
    }
  }
  // More sensitive: no fewer flags.
  const auto flags = [&](double sensitivity) {
    int count = 0;
    const auto told = judge_->judge(audio, {text, sensitivity});
    for (const auto& word : told->words) {
      for (const auto& phone : word.phones) count += phone.flagged ? 1 : 0;
    }
    return count;
  };
  EXPECT_LE(flags(0), flags(0.5));
  EXPECT_LE(flags(0.5), flags(1));
  // Another rate and loudness is the same sentence.
  auto file = *speech::AudioFile::open(audio);
  std::vector<std::int16_t> samples(16'000 * 20);
  samples.resize(*file.read(samples));
  std::vector<float> quiet;
  for (const auto sample : samples) quiet.push_back(static_cast<float>(sample) / 32768 / 4);
  const auto softer = judge_->judge(write(quiet), {text, 0.5});
  ASSERT_TRUE(softer && softer->sentence);
  EXPECT_NEAR(softer->sentence->total, judgement->sentence->total, 8);
  // And one of three answers.
  const auto chosen = judge_->choose(audio, {"a hen", "we call it bear", "seventeen"});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->choice, std::size_t{1});
}

}  // namespace
}  // namespace primer::pronunciation
