// A text that a lesson has a recording of is heard from it, and everything else from the program:
// also where the recording is damaged, nothing can play it, or there is no program.

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <fstream>

#include "app/desk.h"
#include "app/recorded_lesson.h"
#include "primer/app/course.h"
#include "primer/app/listener.h"
#include "primer/app/voice.h"
#include "src/sound/slower.h"

namespace primer::app {
namespace {

// Silence without end.
class Silence final : public SoundSource {
 public:
  Status start() override { return {}; }
  void stop() override {}
  std::size_t read(std::span<std::int16_t> samples) override {
    std::fill(samples.begin(), samples.end(), std::int16_t{0});
    return std::min<std::size_t>(samples.size(), 480);
  }
  SoundHealth health() const override {
    SoundHealth health;
    health.state = SoundState::kRunning;
    return health;
  }
};

class RecordedVoice : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    settings_.share_folder = folder_ / "share";
    settings_.lessons = {"number-facts", "say-it"};
    parts_.hearing.devices = loudspeaker_;
    parts_.hearing.open_source = [this](const Clock&) -> Result<std::unique_ptr<SoundSource>> {
      heard_while_listening_ = loudspeaker_->playing.load();
      ++opened_;
      return std::make_unique<Silence>();
    };
  }
  void begin(bool damaged = false) {
    const auto lesson = recordedLesson(folder_.path(), damaged);
    text_ = QString::fromStdString(lesson.recordings.front().text);
    ASSERT_NO_FATAL_FAILURE(writeShare(settings_.share_folder, lesson));
    ASSERT_NO_FATAL_FAILURE(open());
    ASSERT_TRUE(tutor_->problems().isEmpty()) << tutor_->problems().first().words.toStdString();
    const auto program = folder_ / "voice";
    std::ofstream(program) << "#!/bin/sh\n/bin/cat >> " << (folder_ / "said").string() << '\n';
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    voice_ = std::make_unique<Voice>(*tutor_, QString::fromStdString(program.string()));
  }
  void TearDown() override {
    voice_.reset();
    Desk::TearDown();
  }
  // What the program was told to say so far.
  std::string programSaid() const {
    std::ifstream file(folder_ / "said");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool waitUntilSaid() {
    return wait([this] { return !voice_->isSpeaking(); });
  }

  std::shared_ptr<Loudspeaker> loudspeaker_ = std::make_shared<Loudspeaker>();
  std::atomic<bool> heard_while_listening_{false};
  std::atomic<int> opened_{0};
  QString text_;
  std::unique_ptr<Voice> voice_;
};

TEST_F(RecordedVoice, SaysATextWithItsRecordingAndOthersWithTheProgram) {
  ASSERT_NO_FATAL_FAILURE(begin());
  QSignalSpy speaking(voice_.get(), &Voice::speakingChanged);
  voice_->say(text_.toUpper() + QStringLiteral("!"));
  EXPECT_TRUE(voice_->isSpeaking());
  ASSERT_TRUE(waitUntilSaid());
  EXPECT_EQ(speaking.size(), 2);
  auto heard = loudspeaker_->heard();
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_NEAR(pitchOf(heard[0]), kRecordedPitch, 6);
  EXPECT_NEAR(static_cast<double>(heard[0].size()) / 16'000, kRecordedSeconds, 0.03);
  EXPECT_EQ(programSaid(), "");
  voice_->say(QStringLiteral("and now something else"));
  ASSERT_TRUE(waitUntilSaid());
  EXPECT_EQ(programSaid(), "and now something else");
  EXPECT_EQ(loudspeaker_->heard().size(), 1u);
}

TEST_F(RecordedVoice, SaysItSlowlyAtTheSamePitch) {
  ASSERT_NO_FATAL_FAILURE(begin());
  voice_->say(text_, Pace::kSlow);
  ASSERT_TRUE(waitUntilSaid());
  const auto heard = loudspeaker_->heard();
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_NEAR(pitchOf(heard[0]), kRecordedPitch, 9);
  EXPECT_NEAR(static_cast<double>(heard[0].size()) / 16'000,
              kRecordedSeconds / Listener::kSlowShare, 0.04);
}

TEST_F(RecordedVoice, ADamagedRecordingIsSaidByTheProgram) {
  ASSERT_NO_FATAL_FAILURE(begin(true));
  ASSERT_TRUE(tutor_->recordingOf(text_)) << "its header is right";
  voice_->say(text_);
  ASSERT_TRUE(wait([this] { return programSaid() == text_.toStdString(); })) << programSaid();
  EXPECT_TRUE(loudspeaker_->heard().empty());
}

TEST_F(RecordedVoice, WithoutALoudspeakerForItTheProgramSaysIt) {
  ASSERT_NO_FATAL_FAILURE(begin());
  loudspeaker_->plays = false;
  voice_->say(text_);
  EXPECT_TRUE(wait([this] { return programSaid() == text_.toStdString(); })) << programSaid();
}

TEST_F(RecordedVoice, IsSilentWhenItIsToldTo) {
  ASSERT_NO_FATAL_FAILURE(begin());
  loudspeaker_->takes = false;
  voice_->say(text_);
  ASSERT_TRUE(wait([this] { return loudspeaker_->playing.load(); }));
  voice_->stop();
  EXPECT_FALSE(voice_->isSpeaking());
  ASSERT_TRUE(wait([this] { return !loudspeaker_->playing; }));
  // Another text instead: the recording gives way to the program, and back.
  voice_->say(text_);
  ASSERT_TRUE(wait([this] { return loudspeaker_->playing.load(); }));
  voice_->say(QStringLiteral("another"));
  ASSERT_TRUE(wait([this] { return !loudspeaker_->playing; }));
  ASSERT_TRUE(waitUntilSaid());
  EXPECT_EQ(programSaid(), "another");
  // The same twice, quickly: the second one plays, and can be stopped.
  voice_->say(text_);
  voice_->say(text_);
  ASSERT_TRUE(wait([this] { return loudspeaker_->heard().size() == 4u; }));
  QTest::qWait(50);
  EXPECT_TRUE(voice_->isSpeaking());
  EXPECT_TRUE(loudspeaker_->playing);
  voice_->stop();
  EXPECT_TRUE(wait([this] { return !loudspeaker_->playing; }));
}

TEST_F(RecordedVoice, NobodySaysWhatWasStopped) {
  ASSERT_NO_FATAL_FAILURE(begin(true));
  QSignalSpy ended(&tutor_->listener(), &Listener::sayingEnded);
  voice_->say(text_);
  voice_->stop();
  ASSERT_TRUE(wait([&] { return !ended.isEmpty(); }));
  EXPECT_FALSE(ended[0][1].toBool());
  QTest::qWait(100);
  EXPECT_EQ(programSaid(), "");
  voice_->say(text_);
  voice_.reset();  // nor what is left over when the window goes
  ASSERT_TRUE(wait([&] { return ended.size() == 2; }));
  EXPECT_EQ(programSaid(), "");
}

TEST_F(RecordedVoice, AListeningNeverHearsIt) {
  ASSERT_NO_FATAL_FAILURE(begin());
  loudspeaker_->takes = false;
  voice_->say(text_);
  ASSERT_TRUE(wait([this] { return loudspeaker_->playing.load(); }));
  auto& listener = tutor_->listener();
  QSignalSpy heard(&listener, &Listener::heardNow);
  listener.listen({.text = "A small boat.", .ends_by_itself = false});
  ASSERT_TRUE(wait([&] { return !heard.isEmpty(); }));
  EXPECT_EQ(opened_, 1);
  EXPECT_FALSE(heard_while_listening_);
  EXPECT_FALSE(voice_->isSpeaking());
  voice_->say(text_);
  ASSERT_TRUE(wait([this] { return programSaid() == text_.toStdString(); }));
  QSignalSpy ended(&listener, &Listener::sayingEnded);
  listener.say(tutor_->recordingOf(text_), false);
  ASSERT_TRUE(wait([&] { return !ended.isEmpty(); }));
  EXPECT_TRUE(ended[0][1].toBool());
  EXPECT_EQ(loudspeaker_->heard().size(), 1u);
  EXPECT_TRUE(listener.isListening());
  listener.forget();
}

TEST_F(RecordedVoice, WhatThePupilSaidCanStillBeHeardAfterwards) {
  ASSERT_NO_FATAL_FAILURE(begin());
  auto& listener = tutor_->listener();
  auto said = std::make_shared<HeardSound>();
  said->samples = test::tone(1'000, 0.25);
  listener.play(said);
  ASSERT_TRUE(wait([this] { return loudspeaker_->heard().size() == 1u; }));
  voice_->say(text_);
  ASSERT_TRUE(wait([this] { return loudspeaker_->heard().size() == 2u; }));
  ASSERT_TRUE(waitUntilSaid());
  listener.playBack();
  ASSERT_TRUE(wait([this] { return loudspeaker_->heard().size() == 3u; }));
  EXPECT_NEAR(pitchOf(loudspeaker_->heard()[1]), kRecordedPitch, 6);
  EXPECT_NEAR(pitchOf(loudspeaker_->heard()[2]), 1'000, 20);
}

TEST_F(RecordedVoice, WithoutTheProgramItCanSayWhatWasRecorded) {
  ASSERT_NO_FATAL_FAILURE(begin());
  EXPECT_TRUE(voice_->canSay(QStringLiteral("anything")));
  Voice without(*tutor_, QString());
  EXPECT_FALSE(without.isAvailable());
  EXPECT_TRUE(without.canSay(text_));
  EXPECT_FALSE(without.canSay(QStringLiteral("anything")));
  EXPECT_FALSE(without.canSay({}));
  without.say(QStringLiteral("anything"));
  EXPECT_FALSE(without.isSpeaking());
  without.say(text_);
  EXPECT_TRUE(wait([this] { return loudspeaker_->heard().size() == 1u; }));
}

TEST(CourseRecordings, AreThoseOfAllLessonsTheFirstOneFirst) {
  const test::TestFolder folder;
  auto first = std::make_shared<content::Lesson>(recordedLesson(folder.path()));
  auto second = std::make_shared<content::Lesson>(*first);
  second->id = "other";
  const auto text = first->recordings[0].text;
  first->recordings.resize(1);
  const Course course({first, second});
  const auto found = course.recordingOf(text + "...");
  ASSERT_TRUE(found);
  EXPECT_EQ(found.get(), &first->recordings[0].sound);
  EXPECT_EQ(course.recordingOf(second->recordings[1].text).get(), &second->recordings[1].sound);
  EXPECT_FALSE(course.recordingOf("nothing of the kind"));
  EXPECT_FALSE(course.recordingOf(""));
  EXPECT_FALSE(Course({shippedLesson()}).recordingOf(text));
}

// The largest step from one sample to the next.
int largestStep(std::span<const std::int16_t> samples) {
  int most = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    most = std::max(most, std::abs(samples[i] - samples[i - 1]));
  }
  return most;
}

TEST(Slower, KeepsPitchAndLoudnessAndMakesNoClicks) {
  for (const double hertz : {90.0, 220.0, 400.0, 1'500.0}) {
    const auto tone = test::tone(hertz, 1);
    const auto slow = slower(tone, 0.66);
    EXPECT_NEAR(static_cast<double>(slow.size()), 16'000 / 0.66, 400) << hertz;
    const std::vector<float> as_float(slow.begin(), slow.end());
    EXPECT_NEAR(pitchOf(as_float), hertz, hertz * 0.03) << hertz;
    EXPECT_LE(largestStep(slow), largestStep(tone) * 1.1 + 1) << hertz;
    double power = 0;
    for (const double sample : slow) power += sample * sample;
    EXPECT_NEAR(std::sqrt(power / static_cast<double>(slow.size())), 16'384 / std::sqrt(2.0), 600);
  }
}

TEST(Slower, TakesAnything) {
  for (const std::size_t count : {0u, 1u, 239u, 240u, 241u, 480u, 1'000u}) {
    const std::vector<std::int16_t> loud(count, -32'768);
    const auto slow = slower(loud, 0.66);
    EXPECT_GE(slow.size(), count);
    EXPECT_LE(slow.size(), count / 0.66 + 400);
    for (const auto sample : slow) ASSERT_EQ(sample, -32'768);
  }
  const auto tone = test::tone(300, 0.2);
  EXPECT_EQ(slower(tone, 1), tone);
  EXPECT_EQ(slower(tone, 5), tone);
}

}  // namespace
}  // namespace primer::app
