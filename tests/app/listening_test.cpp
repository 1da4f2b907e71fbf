// One listening, sample by sample: devices that are missing, vanish and come back; sound that
// cannot be judged; and, where espeak-ng is installed, sentences.

#include "src/listening/listening.h"

#include <gtest/gtest.h>

#include <random>

#include "app/fake_devices.h"
#include "primer/app/mouth.h"
#include "primer/speech/audio_file.h"
#include "spoken.h"
#include "src/listening/said.h"
#include "test_folder.h"
#include "time_bound.h"

namespace primer::app {
namespace {

using namespace std::chrono_literals;
using pronunciation::PronunciationJudge;

constexpr const char* kSentence = "Three thin fish swim in the sea.";

class ListeningTest : public testing::Test {
 protected:
  static PronunciationJudge& judge() {
    static auto opened = PronunciationJudge::openShipped();
    return *opened;
  }

  void begin(const std::string& text, const ListeningOptions& options = {}) {
    text_ = judge().lexicon().words(text);
    auto listening = Listening::begin(judge().acoustic(), text_,
                                      std::make_unique<Microphone>(devices_, clock_), options);
    ASSERT_TRUE(listening);
    listening_.emplace(*std::move(listening));
  }

  // Time passes as on a tablet, 20 ms at a time, while the microphone hears `samples`.
  void hear(std::span<const std::int16_t> samples) {
    for (std::size_t at = 0; at < samples.size() && !listening_->isOver(); at += 320) {
      if (devices_.sink != nullptr) {
        devices_.sound(samples.subspan(at, std::min<std::size_t>(320, samples.size() - at)));
      }
      tick();
    }
  }
  void quiet(std::chrono::milliseconds length) {
    // A room is never quite silent.
    std::vector<std::int16_t> room(static_cast<std::size_t>(length.count()) * 16);
    for (auto& sample : room) sample = static_cast<std::int16_t>(noise_() % 9) - 4;
    hear(room);
  }
  // The device's own end: not one callback.
  void nothing(std::chrono::milliseconds length) {
    for (auto t = 0ms; t < length; t += 20ms) tick();
  }
  void tick() {
    clock_.advance(20ms);
    const auto now = listening_->tick();
    ASSERT_TRUE(now);
    now_ = *now;
    begun_again_ = begun_again_ || now->begun_again;
  }

  SaidView judgedNow(double sensitivity = 0.5) {
    auto heard = std::move(*listening_).take();
    listening_.reset();
    EXPECT_EQ(devices_.sink, nullptr) << "the microphone is closed";
    return judgeSaid(judge(), text_, std::move(heard), sensitivity);
  }

  static std::vector<std::int16_t> samplesOf(const std::filesystem::path& file) {
    std::vector<std::int16_t> samples(60 * 16'000);
    auto audio = speech::AudioFile::open(file);
    EXPECT_TRUE(audio);
    samples.resize(audio->read(samples).value_or(0));
    return samples;
  }
  // Empty where there is no espeak-ng.
  std::vector<std::int16_t> speech(const std::string& text) {
    const auto file = test::spoken(text, folder_.path());
    return file ? samplesOf(*file) : std::vector<std::int16_t>();
  }

  std::vector<std::int16_t> noise(std::size_t count, int loudness) {
    std::vector<std::int16_t> samples(count);
    std::normal_distribution<double> normal(0, loudness);
    for (auto& sample : samples) {
      sample = static_cast<std::int16_t>(std::clamp(normal(noise_), -32768.0, 32767.0));
    }
    return samples;
  }

  test::TestFolder folder_;
  ManualClock clock_;
  FakeDevices devices_;
  std::mt19937 noise_{7};
  std::vector<pronunciation::TextWord> text_;
  std::optional<Listening> listening_;
  HeardNow now_;
  bool begun_again_ = false;
};

TEST_F(ListeningTest, WithoutAMicrophoneItSaysSoAndHearsTheOneThatComes) {
  begin(kSentence);
  nothing(10'000ms);
  EXPECT_EQ(now_.trouble, ListenTrouble::kNoMicrophone);
  EXPECT_FALSE(now_.trouble_words.title.isEmpty());
  EXPECT_FALSE(listening_->isOver()) << "it waits for one, it does not give up";
  devices_.plugged = {{"mike", 48'000, 1, true}};
  nothing(5000ms);
  quiet(300ms);
  EXPECT_EQ(now_.trouble, ListenTrouble::kNone);
  EXPECT_TRUE(begun_again_);
  EXPECT_GT(now_.heard_ms, 0);
}

TEST_F(ListeningTest, EndedWithoutAMicrophoneItIsNobodysFault) {
  begin(kSentence);
  nothing(200ms);
  const auto said = judgedNow();
  EXPECT_EQ(said.trouble, ListenTrouble::kNoMicrophone);
  EXPECT_TRUE(said.words.isEmpty());
  EXPECT_EQ(said.sound, nullptr);
}

TEST_F(ListeningTest,
       AMicrophoneThatVanishesInASentenceIsToldWithinASecondAndTheSentenceForgotten) {
  devices_.plugged = {{"headset", 48'000, 1, true}};
  begin(kSentence);
  hear(noise(16'000, 3000));
  const auto heard_before = now_.heard_ms;
  EXPECT_GT(heard_before, 800);
  devices_.plugged.clear();
  nothing(600ms);
  EXPECT_EQ(now_.trouble, ListenTrouble::kLost);
  EXPECT_EQ(now_.heard_ms, 0) << "half a sentence is not kept";
  EXPECT_EQ(now_.level, 0);
  EXPECT_FALSE(listening_->isOver());
  devices_.plugged = {{"built in", 44'100, 2, true}};
  nothing(4000ms);
  quiet(400ms);
  EXPECT_EQ(now_.trouble, ListenTrouble::kNone);
  EXPECT_TRUE(begun_again_);
  EXPECT_GT(now_.heard_ms, 0);
  EXPECT_LT(now_.heard_ms, heard_before);
}

TEST_F(ListeningTest, WhatNobodySaysEndsAndIsToldKindly) {
  devices_.plugged = {{"mike", 48'000, 1, true}};
  begin(kSentence);
  quiet(7500ms);
  EXPECT_FALSE(listening_->isOver());
  quiet(1000ms);
  EXPECT_TRUE(listening_->isOver());
  const auto said = judgedNow();
  EXPECT_EQ(said.trouble, ListenTrouble::kTooQuiet);
  EXPECT_FALSE(said.trouble_words.words.isEmpty());
  EXPECT_TRUE(said.words.isEmpty());
}

TEST_F(ListeningTest, WhatCannotBeJudgedGetsItsOwnReasonAndNoMarks) {
  devices_.plugged = {{"mike", 16'000, 1, true}};
  const auto troubleOf = [this](const std::vector<std::int16_t>& samples) {
    begin(kSentence, {.ends_by_itself = false});
    hear(samples);
    const auto said = judgedNow();
    EXPECT_TRUE(said.words.isEmpty() && said.to_try.isEmpty());
    return said.trouble;
  };
  EXPECT_EQ(troubleOf(noise(2000, 1000)), ListenTrouble::kTooShort);
  EXPECT_EQ(troubleOf(noise(48'000, 2000)), ListenTrouble::kNoisy);
  EXPECT_EQ(troubleOf(noise(48'000, 200'000)), ListenTrouble::kClipped);
}

TEST_F(ListeningTest, AHeldButtonEndsOnlyWhenItIsLetGo) {
  devices_.plugged = {{"mike", 16'000, 1, true}};
  begin(kSentence, {.ends_by_itself = false});
  quiet(12'000ms);
  EXPECT_FALSE(listening_->isOver());
  listening_->letItEnd();
  quiet(20ms);
  EXPECT_TRUE(listening_->isOver());
}

TEST_F(ListeningTest, NothingIsListenedToForEver) {
  devices_.plugged = {{"mike", 16'000, 1, true}};
  begin(kSentence, {.ends_by_itself = false, .longest = 3000ms});
  hear(noise(80'000, 500));
  EXPECT_TRUE(listening_->isOver());
  auto heard = std::move(*listening_).take();
  EXPECT_NEAR(static_cast<double>(heard.sound->samples.size()), 48'000, 700);
}

TEST_F(ListeningTest, EveryTroubleHasWordsAndEverySoundAMouth) {
  for (int i = 1; i <= static_cast<int>(ListenTrouble::kOtherText); ++i) {
    SaidView said;
    const auto trouble = static_cast<ListenTrouble>(i);
    begin(kSentence);
    auto heard = std::move(*listening_).take();
    heard.trouble = trouble;
    said = judgeSaid(judge(), text_, std::move(heard), 0.5);
    EXPECT_EQ(said.trouble, trouble);
    EXPECT_FALSE(said.trouble_words.title.isEmpty()) << i;
    EXPECT_FALSE(said.trouble_words.words.isEmpty()) << i;
  }
  for (const auto name : pronunciation::kPhoneNames) {
    const auto phone = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    EXPECT_FALSE(mouthWords(phone).isEmpty()) << name;
    EXPECT_FALSE(lettersOf(phone).isEmpty()) << name;
  }
  EXPECT_TRUE(mouthWords("XX").isEmpty());
}

// ---- The judgement told, without sound

TEST_F(ListeningTest, AtMostTwoSoundsAreToldAndOfTheOthersNothing) {
  pronunciation::Judgement judged;
  judged.sentence.emplace();
  const auto wrong = [](const char* phone, float chance) {
    pronunciation::JudgedPhone said;
    said.phone = *pronunciation::phoneNamed(phone);
    said.heard = *pronunciation::phoneNamed("S");
    said.score = 20;
    said.wrong = chance;
    said.flagged = chance > 0.66f;
    return said;
  };
  pronunciation::JudgedWord thin, rich, left_out;
  thin.word = "thin";
  thin.phones = {wrong("TH", 0.8f), wrong("IH", 0.05f), wrong("N", 0.5f)};
  rich.word = "rich";
  rich.phones = {wrong("R", 0.95f), wrong("IH", 0.0f), wrong("CH", 0.7f)};
  left_out.word = "three";
  left_out.error = pronunciation::WordError::kOmission;
  left_out.phones = {wrong("TH", 0), wrong("R", 0), wrong("IY", 0)};
  judged.words = {thin, rich, left_out};

  const auto view = viewOf(judged, judge().lexicon());
  ASSERT_EQ(view.words.size(), 3);
  ASSERT_EQ(view.to_try.size(), 2);
  EXPECT_EQ(view.to_try[0].phone, "R") << "the surest first";
  EXPECT_EQ(view.to_try[1].phone, "TH");
  EXPECT_EQ(view.to_try[1].letters, "th");
  EXPECT_EQ(view.to_try[1].in_word, "thin");
  EXPECT_EQ(view.to_try[1].heard, "s");
  EXPECT_EQ(view.to_try[1].how, mouthWords("TH"));
  EXPECT_EQ(view.words[0].sounds[0].letters, "th");
  EXPECT_EQ(view.words[0].sounds[0].mark, SoundMark::kToTry);
  EXPECT_EQ(view.words[0].sounds[1].mark, SoundMark::kClear);
  EXPECT_EQ(view.words[0].sounds[2].mark, SoundMark::kCannotTell) << "in doubt: silence";
  EXPECT_EQ(view.words[1].sounds[2].mark, SoundMark::kCannotTell) << "a third sound waits";
  EXPECT_FALSE(view.words[2].said);
  EXPECT_EQ(view.words_said, 2);
  EXPECT_EQ(view.sounds, 6);
  EXPECT_EQ(view.sounds_clear, 2);
}

// ---- With a voice

TEST_F(ListeningTest, ASentenceLightsUpEndsByItselfAndIsTold) {
  const auto voice = speech(kSentence);
  if (voice.empty()) GTEST_SKIP() << "needs espeak-ng";
  for (const auto& device :
       {SoundDevice{"telephone", 8000, 1, true}, SoundDevice{"mike", 48'000, 2, true},
        SoundDevice{"studio", 96'000, 1, true}}) {
    SCOPED_TRACE(device.name);
    devices_.plugged = {device};
    begin(kSentence);
    quiet(400ms);
    hear(voice);
    EXPECT_GE(std::count(now_.words.begin(), now_.words.end(), WordLight::kToCome), 0);
    EXPECT_GE(now_.now, 5) << "the last words are lit";
    quiet(1500ms);
    EXPECT_TRUE(listening_->isOver());
    const auto said = judgedNow();
    EXPECT_EQ(said.trouble, ListenTrouble::kNone);
    ASSERT_EQ(said.words.size(), 7);
    EXPECT_EQ(said.words[0].written, "Three");
    ASSERT_EQ(said.words[0].sounds.size(), 3);
    EXPECT_EQ(said.words[0].sounds[0].letters, "Th");
    EXPECT_GE(said.words_said, 6);
    EXPECT_LE(said.to_try.size(), 2);
    EXPECT_NE(said.sound, nullptr);
    EXPECT_GT(said.milliseconds, 1500);
  }
}

TEST_F(ListeningTest, AnotherSentenceIsTurnedDownWithoutMarks) {
  const auto voice = speech("My brother bought a big yellow bucket yesterday.");
  if (voice.empty()) GTEST_SKIP() << "needs espeak-ng";
  devices_.plugged = {{"mike", 48'000, 1, true}};
  begin(kSentence);
  quiet(300ms);
  hear(voice);
  quiet(4000ms);
  const auto said = judgedNow();
  EXPECT_EQ(said.trouble, ListenTrouble::kOtherText);
  EXPECT_TRUE(said.words.isEmpty());
}

TEST_F(ListeningTest, MarksFollowTheEndOfSpeechWithinATenthOfASecond) {
  const auto voice = speech(kSentence);
  if (voice.empty()) GTEST_SKIP() << "needs espeak-ng";
  devices_.plugged = {{"mike", 48'000, 1, true}};
  begin(kSentence);
  quiet(300ms);
  hear(voice);
  SaidView said;
  const double taken = test::threadMilliseconds([&] { said = judgedNow(); });
  EXPECT_EQ(said.trouble, ListenTrouble::kNone);
  RecordProperty("milliseconds", std::to_string(taken));
  EXPECT_LT(taken, 100 * test::kSlowBuild);
}

}  // namespace
}  // namespace primer::app
