// The microphone's road with made-up devices: what comes in comes out at 16 kHz, and a device that
// is pulled out, dead or missing is told and opened again.

#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <numbers>
#include <thread>

#include "app/fake_devices.h"
#include "primer/app/microphone.h"
#include "primer/app/sound_player.h"
#include "src/sound/sample_ring.h"
#include "test_folder.h"

namespace primer::app {
namespace {

using namespace std::chrono_literals;

TEST(SampleRing, KeepsTheOrderAcrossThreadsAndCountsWhatItDrops) {
  SampleRing ring(1000);
  constexpr std::size_t kMany = 100'000;
  std::thread writer([&] {
    float next = 0;
    while (next < kMany) {
      float block[7];
      for (auto& sample : block) sample = next++;
      while (!ring.write(block)) std::this_thread::yield();
    }
  });
  std::size_t expected = 0;
  std::vector<float> taken(64);
  while (expected < kMany) {
    const auto count = ring.read(taken);
    if (count == 0) std::this_thread::yield();
    for (std::size_t i = 0; i < count; ++i) {
      ASSERT_EQ(taken[i], static_cast<float>(expected++));
    }
  }
  writer.join();

  const std::vector<float> full(1024);
  SampleRing small(1024);
  EXPECT_TRUE(small.write(full));
  EXPECT_FALSE(small.write(std::span(full).first(3)));
  EXPECT_EQ(small.dropped(), 3u);
  EXPECT_EQ(small.written(), 1024u);
}

class MicrophoneTest : public testing::Test {
 protected:
  // `length` of sound as a page would take it, every 20 ms.
  std::vector<std::int16_t> hear(Microphone& microphone, std::chrono::milliseconds length,
                                 bool sounding = true) {
    std::vector<std::int16_t> all;
    for (auto t = 0ms; t < length; t += 20ms) {
      if (sounding && devices_.sink != nullptr) devices_.sound(20ms);
      clock_.advance(20ms);
      std::int16_t block[2000];
      const auto count = microphone.read(block);
      all.insert(all.end(), block, block + count);
    }
    return all;
  }

  // How often the wave rises through zero in a second.
  static double pitch(const std::vector<std::int16_t>& samples) {
    int rises = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) {
      rises += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
    }
    return rises * 16'000.0 / static_cast<double>(samples.size());
  }

  FakeDevices devices_;
  ManualClock clock_;
};

TEST_F(MicrophoneTest, GivesSixteenKilohertzWhateverTheDeviceHas) {
  for (const int rate : {16'000, 44'100, 48'000, 96'000, 8'000}) {
    for (const int channels : {1, 2}) {
      SCOPED_TRACE(testing::Message() << rate << " Hz, " << channels << " channels");
      devices_.plugged = {{"mike", rate, channels, true}};
      Microphone microphone(devices_, clock_);
      ASSERT_TRUE(microphone.start());
      const auto samples = hear(microphone, 1000ms);
      EXPECT_NEAR(static_cast<double>(samples.size()), 16'000, 100);
      EXPECT_NEAR(pitch(samples), 500, 8);
      // Two channels are averaged, and one of them is silent.
      EXPECT_NEAR(microphone.level(), 0.5 / channels, 0.03);
      EXPECT_EQ(microphone.health().state, SoundState::kRunning);
      EXPECT_EQ(microphone.health().dropped, 0u);
    }
  }
}

TEST(SystemSound, IsAskedWithoutTroubleWhereThereIsNone) {
  testing::internal::CaptureStderr();
  const auto devices = systemSoundDevices();
  for (const auto& device : devices->list()) EXPECT_FALSE(device.name.empty());
  struct Deaf final : SoundSink {
    void take(std::span<const float>) noexcept override {}
  } sink;
  const auto opened = devices->open({"no such device", 48'000, 1, false}, sink);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(MicrophoneTest, TakesTheWantedDeviceElseTheStandardOne) {
  devices_.plugged = {
      {"built in", 48'000, 1, false}, {"standard", 48'000, 1, true}, {"headset", 16'000, 1, false}};
  Microphone headset(devices_, clock_, "headset");
  ASSERT_TRUE(headset.start());
  EXPECT_EQ(headset.health().device, "headset");
  headset.stop();
  Microphone other(devices_, clock_, "one that is not there");
  ASSERT_TRUE(other.start());
  EXPECT_EQ(other.health().device, "standard");
}

TEST_F(MicrophoneTest, AMissingMicrophoneIsToldAndFoundWhenItComes) {
  Microphone microphone(devices_, clock_);
  const auto started = microphone.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(microphone.health().state, SoundState::kNoMicrophone);
  EXPECT_TRUE(hear(microphone, 20'000ms).empty());
  EXPECT_LT(devices_.looks, 12) << "looking for devices is not free";
  devices_.plugged = {{"mike", 48'000, 1, true}};
  const auto samples = hear(microphone, 6000ms);
  EXPECT_EQ(microphone.health().state, SoundState::kRunning);
  EXPECT_GT(samples.size(), 16'000u);
}

TEST_F(MicrophoneTest, ADeviceThatVanishesInASentenceIsOpenedAgain) {
  devices_.plugged = {{"headset", 48'000, 1, true}};
  Microphone microphone(devices_, clock_);
  ASSERT_TRUE(microphone.start());
  EXPECT_FALSE(hear(microphone, 1000ms).empty());
  devices_.plugged.clear();  // pulled out: no callback any more
  EXPECT_TRUE(hear(microphone, 1000ms, false).empty());
  EXPECT_EQ(microphone.health().state, SoundState::kLost);
  EXPECT_EQ(microphone.health().interruptions, 1);
  devices_.plugged = {{"built in", 44'100, 2, true}};  // the tablet's own takes over
  EXPECT_FALSE(hear(microphone, 5000ms).empty());
  EXPECT_EQ(microphone.health().state, SoundState::kRunning);
  EXPECT_EQ(microphone.health().device, "built in");
}

TEST_F(MicrophoneTest, ADriverThatFallsAsleepIsWokenAfterHalfASecond) {
  devices_.plugged = {{"mike", 48'000, 1, true}};
  Microphone microphone(devices_, clock_);
  ASSERT_TRUE(microphone.start());
  hear(microphone, 200ms);
  const int before = devices_.looks;
  hear(microphone, 460ms, false);
  EXPECT_EQ(devices_.looks, before) << "given up too early";
  hear(microphone, 100ms, false);
  EXPECT_EQ(devices_.looks, before + 1);
  EXPECT_FALSE(hear(microphone, 200ms).empty());
  EXPECT_EQ(microphone.health().interruptions, 1);
}

TEST_F(MicrophoneTest, ABusyDeviceIsAnErrorThatNamesIt) {
  devices_.plugged = {{"mike", 48'000, 1, true}};
  devices_.refuses = true;
  Microphone microphone(devices_, clock_);
  const auto started = microphone.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().message, "mike: busy");
  devices_.refuses = false;
  EXPECT_FALSE(hear(microphone, 3000ms).empty());
}

TEST_F(MicrophoneTest, SoundThatNobodyTakesIsDroppedAndCounted) {
  devices_.plugged = {{"mike", 48'000, 2, true}};
  Microphone microphone(devices_, clock_);
  ASSERT_TRUE(microphone.start());
  for (int i = 0; i < 100; ++i) devices_.sound(50ms);
  EXPECT_GT(microphone.health().dropped, 0u);
  EXPECT_FALSE(hear(microphone, 100ms).empty());
  const auto dropped = microphone.health().dropped;
  microphone.stop();
  EXPECT_EQ(microphone.health().dropped, dropped);
  EXPECT_EQ(microphone.health().state, SoundState::kStopped);
  EXPECT_EQ(devices_.sink, nullptr);
  EXPECT_TRUE(hear(microphone, 100ms).empty());
}

TEST_F(MicrophoneTest, ARecordingIsHeardAtTheSpeedOfSpeech) {
  const primer::test::TestFolder folder;
  const auto file = folder / "tone.wav";
  SF_INFO about{};
  about.samplerate = 22'050;
  about.channels = 1;
  about.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
  std::vector<float> tone(22'050);
  for (std::size_t i = 0; i < tone.size(); ++i) {
    tone[i] = static_cast<float>(
        0.25 * std::sin(2 * std::numbers::pi * 500 * static_cast<double>(i) / 22'050));
  }
  SNDFILE* writer = sf_open(file.c_str(), SFM_WRITE, &about);
  ASSERT_NE(writer, nullptr);
  sf_writef_float(writer, tone.data(), 22'050);
  sf_close(writer);

  auto sound = RecordedSound::open(file, clock_);
  ASSERT_TRUE(sound);
  std::vector<std::int16_t> block(40'000);
  EXPECT_EQ((*sound)->read(block), 0u);  // not started
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE((*sound)->start());
    clock_.advance(300ms);
    EXPECT_EQ((*sound)->read(block), 4800u);
    EXPECT_NEAR((*sound)->level(), 0.25, 0.02);
    EXPECT_EQ((*sound)->read(block), 0u);
    clock_.advance(5000ms);
    EXPECT_NEAR(static_cast<double>((*sound)->read(block)), 11'200, 60);
    EXPECT_EQ((*sound)->health().state, SoundState::kEnded);
    EXPECT_EQ((*sound)->health().device, "tone.wav");
  }
  EXPECT_FALSE(RecordedSound::open(folder / "none.wav", clock_));
}

TEST_F(MicrophoneTest, TellsHowMuchWasTooLoud) {
  devices_.plugged = {{"mike", 48'000, 1, true}};
  Microphone microphone(devices_, clock_);
  ASSERT_TRUE(microphone.start());
  hear(microphone, 500ms);
  EXPECT_EQ(microphone.health().clipped_share, 0);
  devices_.sound(std::vector<std::int16_t>(8000, 32767));
  hear(microphone, 200ms, false);
  EXPECT_GT(microphone.health().clipped_share, 0.3);
}

class Player : public testing::Test {
 protected:
  std::vector<float> taken(std::size_t count, double rate) {
    std::vector<float> block(count, 9);
    devices_.feed->give(block, rate);
    return block;
  }

  FakeDevices devices_;
  ManualClock clock_;
};

TEST_F(Player, GivesEverySampleAtTheRateOfTheDevice) {
  SoundPlayer player(devices_, clock_);
  EXPECT_FALSE(player.isPlaying());
  ASSERT_TRUE(player.play({0, 8192, 16384, 8192}));
  const auto block = taken(12, 32'000);
  const std::vector<float> expected = {0, .125f, .25f, .375f, .5f, .375f, 0, 0, 0, 0, 0, 0};
  EXPECT_EQ(block, expected);
  EXPECT_FALSE(player.isPlaying());
  EXPECT_EQ(devices_.feed, nullptr) << "the device is given back";
}

TEST_F(Player, ADeviceThatTakesNothingIsGivenUp) {
  SoundPlayer player(devices_, clock_);
  ASSERT_TRUE(player.play(std::vector<std::int16_t>(16'000)));
  for (int i = 0; i < 40; ++i) {
    clock_.advance(20ms);
    taken(320, 16'000);
    ASSERT_TRUE(player.isPlaying());
  }
  clock_.advance(490ms);
  EXPECT_TRUE(player.isPlaying());
  clock_.advance(20ms);
  EXPECT_FALSE(player.isPlaying());
  EXPECT_EQ(devices_.feed, nullptr);
}

TEST_F(Player, WithoutADeviceItIsAnErrorAndNothingPlays) {
  devices_.plays = false;
  SoundPlayer player(devices_, clock_);
  EXPECT_FALSE(player.play({1, 2, 3}));
  EXPECT_FALSE(player.isPlaying());
}

}  // namespace
}  // namespace primer::app
