#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <memory>
#include <numbers>
#include <span>
#include <vector>

#include "primer/app/microphone.h"

namespace primer::app {

// Devices that a test plugs in and pulls out.
class FakeDevices final : public SoundDevices {
 public:
  std::vector<SoundDevice> plugged;
  SoundSink* sink = nullptr;  // of the open stream
  SoundDevice open_device;
  bool refuses = false;
  bool plays = true;
  SoundFeed* feed = nullptr;  // of what is being played
  int looks = 0;

  std::vector<SoundDevice> list() override {
    EXPECT_EQ(sink, nullptr) << "a stream was open while devices were looked for";
    ++looks;
    return plugged;
  }
  Result<std::unique_ptr<SoundStream>> open(const SoundDevice& device, SoundSink& into) override {
    if (refuses) return fail(ErrorCode::kIo, device.name + ": busy");
    sink = &into;
    open_device = device;
    return std::make_unique<Stream>(*this);
  }

  // A tone of 500 Hz on the first channel, silence on the others.
  void sound(std::chrono::milliseconds length) {
    const auto frames = static_cast<std::size_t>(open_device.rate * length.count() / 1000);
    const auto channels = static_cast<std::size_t>(open_device.channels);
    std::vector<float> block(frames * channels);
    for (std::size_t i = 0; i < frames; ++i) {
      const double turns = 500.0 * static_cast<double>(heard_++) / open_device.rate;
      block[i * channels] = static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * turns));
    }
    sink->take(block);
  }
  // The same with samples at 16 kHz that a test has, on all channels, at the device's own rate.
  void sound(std::span<const std::int16_t> samples) {
    const auto frames = samples.size() * static_cast<std::size_t>(open_device.rate) / 16'000;
    const auto channels = static_cast<std::size_t>(open_device.channels);
    std::vector<float> block(frames * channels);
    for (std::size_t i = 0; i < frames; ++i) {
      const auto from = i * 16'000 / static_cast<std::size_t>(open_device.rate);
      for (std::size_t c = 0; c < channels; ++c) {
        block[i * channels + c] = static_cast<float>(samples[from]) / 32768;
      }
    }
    sink->take(block);
  }

  Result<std::unique_ptr<SoundStream>> play(SoundFeed& from) override {
    EXPECT_EQ(sink, nullptr) << "played while it was listened";
    if (!plays) return fail(ErrorCode::kNotFound, "nothing to play with");
    feed = &from;
    return std::make_unique<Playback>(*this);
  }

 private:
  struct Stream final : SoundStream {
    explicit Stream(FakeDevices& of) : devices(of) {}
    ~Stream() override { devices.sink = nullptr; }
    FakeDevices& devices;
  };
  struct Playback final : SoundStream {
    explicit Playback(FakeDevices& of) : devices(of) {}
    ~Playback() override { devices.feed = nullptr; }
    FakeDevices& devices;
  };
  std::uint64_t heard_ = 0;
};

}  // namespace primer::app
