// The listener with its thread: answers come back to the thread that asked, late ones are dropped,
// and nothing is heard once the page is left.

#include "primer/app/listener.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <atomic>

#include "app/fake_devices.h"
#include "spoken.h"
#include "test_folder.h"

namespace primer::app {
namespace {

// All of a recording at once, as fast as it is taken; or nothing, for ever.
class QuickSource final : public SoundSource {
 public:
  struct Watch {
    std::atomic<int> alive{0};
  };

  QuickSource(std::vector<std::int16_t> samples, bool ends, std::shared_ptr<Watch> watch)
      : samples_(std::move(samples)), ends_(ends), watch_(std::move(watch)) {
    ++watch_->alive;
  }
  ~QuickSource() override { --watch_->alive; }

  Status start() override { return {}; }
  void stop() override {}
  std::size_t read(std::span<std::int16_t> samples) override {
    const auto count = std::min(samples.size(), samples_.size() - at_);
    std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(at_), count, samples.begin());
    at_ += count;
    noteLevel(samples.first(count));
    return count;
  }
  SoundHealth health() const override {
    SoundHealth health;
    health.state = ends_ && at_ == samples_.size() ? SoundState::kEnded : SoundState::kRunning;
    return health;
  }

 private:
  std::vector<std::int16_t> samples_;
  std::size_t at_ = 0;
  bool ends_;
  std::shared_ptr<Watch> watch_;
};

class ListenerTest : public testing::Test {
 protected:
  void open() {
    ListenerParts parts;
    parts.devices = devices_;
    parts.open_source = [this](const Clock&) -> Result<std::unique_ptr<SoundSource>> {
      if (file_.empty()) return std::make_unique<QuickSource>(samples_, ends_, watch_);
      PRIMER_ASSIGN(auto audio, speech::AudioFile::open(file_));
      std::vector<std::int16_t> samples(60 * 16'000);
      samples.resize(audio.read(samples).value_or(0));
      return std::make_unique<QuickSource>(samples, ends_, watch_);
    };
    listener_ = std::make_unique<Listener>(std::move(parts), clock_);
  }

  template <typename Value>
  static Value last(QSignalSpy& spy) {
    return spy.takeLast().at(0).value<Value>();
  }

  // Nothing is listened to any more.
  bool settled() {
    return QTest::qWaitFor([this] { return watch_->alive == 0; }, 20'000);
  }

  test::TestFolder folder_;
  SystemClock clock_;
  std::shared_ptr<FakeDevices> devices_ = std::make_shared<FakeDevices>();
  std::shared_ptr<QuickSource::Watch> watch_ = std::make_shared<QuickSource::Watch>();
  std::vector<std::int16_t> samples_ = std::vector<std::int16_t>(16'000);
  std::filesystem::path file_;
  bool ends_ = true;
  std::unique_ptr<Listener> listener_;
};

TEST_F(ListenerTest, TellsWhatItHearsAndThenWhatWasSaid) {
  open();
  QSignalSpy heard(listener_.get(), &Listener::heardNow);
  QSignalSpy said(listener_.get(), &Listener::said);
  listener_->listen({.text = "A small boat."});
  EXPECT_TRUE(listener_->isListening());
  ASSERT_TRUE(QTest::qWaitFor([&] { return !said.isEmpty(); }, 20'000));
  EXPECT_FALSE(listener_->isListening());
  ASSERT_FALSE(heard.isEmpty());
  EXPECT_EQ(last<HeardNow>(heard).words.size(), 3u);
  EXPECT_EQ(last<SaidView>(said).trouble, ListenTrouble::kTooQuiet);
  EXPECT_EQ(watch_->alive, 0) << "the microphone is closed";
}

TEST_F(ListenerTest, APageThatIsLeftWhileItListensHearsNothingMore) {
  ends_ = false;
  open();
  QSignalSpy heard(listener_.get(), &Listener::heardNow);
  QSignalSpy said(listener_.get(), &Listener::said);
  listener_->listen({.text = "A small boat.", .ends_by_itself = false});
  ASSERT_TRUE(QTest::qWaitFor([&] { return heard.size() > 2; }, 20'000));
  listener_->forget();
  heard.clear();
  EXPECT_FALSE(listener_->isListening());
  ASSERT_TRUE(settled());
  QCoreApplication::processEvents();
  EXPECT_TRUE(heard.isEmpty());
  EXPECT_TRUE(said.isEmpty());
  listener_->stop();
  listener_->playBack();  // nothing is left to be played
  ends_ = true;
  listener_->listen({.text = "A small boat."});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !said.isEmpty(); }, 20'000));
  EXPECT_EQ(said.size(), 1);
  EXPECT_EQ(devices_->feed, nullptr);
}

TEST_F(ListenerTest, ItMayGoAwayAtAnyTime) {
  ends_ = false;
  open();
  listener_->prepare();
  listener_->listen({.text = "A small boat."});
  listener_.reset();
  EXPECT_EQ(watch_->alive, 0);
}

TEST_F(ListenerTest, OnlyTheLastListeningIsAnswered) {
  open();
  QSignalSpy said(listener_.get(), &Listener::said);
  for (int i = 0; i < 4; ++i) listener_->listen({.text = "A small boat."});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !said.isEmpty(); }, 20'000));
  ASSERT_TRUE(settled());
  QCoreApplication::processEvents();
  EXPECT_EQ(said.size(), 1);
}

TEST_F(ListenerTest, ATextWithoutWordsCannotBeListenedTo) {
  open();
  QSignalSpy said(listener_.get(), &Listener::said);
  listener_->listen({.text = "?!"});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !said.isEmpty(); }, 20'000));
  EXPECT_EQ(last<SaidView>(said).trouble, ListenTrouble::kNotThere);
}

TEST_F(ListenerTest, ARecordingThatIsNotThereIsNoMicrophone) {
  ListenerParts parts;
  parts.open_source = recordedSource(folder_ / "nothing.wav");
  Listener listener(std::move(parts), clock_);
  QSignalSpy said(&listener, &Listener::said);
  listener.listen({.text = "A small boat."});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !said.isEmpty(); }, 20'000));
  EXPECT_EQ(last<SaidView>(said).trouble, ListenTrouble::kNoMicrophone);
}

TEST_F(ListenerTest, WhatWasSaidCanBeHeardAgainUntilThePageIsLeft) {
  const auto voice = test::spoken("A small boat.", folder_.path());
  if (!voice) GTEST_SKIP() << "needs espeak-ng";
  file_ = *voice;
  open();
  QSignalSpy said(listener_.get(), &Listener::said);
  QSignalSpy playing(listener_.get(), &Listener::playingChanged);
  listener_->listen({.text = "A small boat."});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !said.isEmpty(); }, 20'000));
  const auto view = last<SaidView>(said);
  EXPECT_EQ(view.trouble, ListenTrouble::kNone);
  ASSERT_EQ(view.words.size(), 3);
  listener_->playBack(view.words[1].begins_ms, view.words[1].ends_ms);
  ASSERT_TRUE(QTest::qWaitFor([&] { return listener_->isPlaying(); }, 20'000));
  listener_->forget();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !listener_->isPlaying(); }, 20'000));
  EXPECT_EQ(playing.size(), 2);
  listener_->playBack();
  ASSERT_TRUE(settled());
  EXPECT_FALSE(listener_->isPlaying());
}

TEST_F(ListenerTest, OneOfAFewAnswersIsPicked) {
  const auto voice = test::spoken("a yellow umbrella", folder_.path());
  if (!voice) GTEST_SKIP() << "needs espeak-ng";
  file_ = *voice;
  open();
  QSignalSpy chosen(listener_.get(), &Listener::chosen);
  listener_->listenForChoice({"seven", "a yellow umbrella", "on Thursday"});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !chosen.isEmpty(); }, 20'000));
  EXPECT_EQ(last<ChosenView>(chosen).choice, 1);
}

TEST_F(ListenerTest, WithoutAnythingToPlayWithItSaysSo) {
  devices_->plays = false;
  open();
  QSignalSpy cannot(listener_.get(), &Listener::cannotPlay);
  QSignalSpy playing(listener_.get(), &Listener::playingChanged);
  auto sound = std::make_shared<HeardSound>();
  sound->samples.resize(16'000, 100);
  listener_->play(sound);
  ASSERT_TRUE(QTest::qWaitFor([&cannot] { return !cannot.isEmpty(); }));
  EXPECT_FALSE(listener_->isPlaying());
  EXPECT_EQ(playing.size(), 0);
  devices_->plays = true;
  listener_->play(sound);
  ASSERT_TRUE(QTest::qWaitFor([&playing] { return !playing.isEmpty(); }));
  EXPECT_TRUE(listener_->isPlaying());
  EXPECT_EQ(cannot.size(), 1);
}

}  // namespace
}  // namespace primer::app
