#pragma once

// A microphone that is watched over: it may be missing, vanish in the middle of a sentence and come
// back, or be a driver that calls once and then never again.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "primer/app/sound_source.h"
#include "primer/speech/clipping.h"
#include "primer/speech/resampler.h"

namespace primer::app {

struct SoundDevice {
  std::string name;
  int rate = 48'000;      // samples a second that it gives without converting
  int channels = 1;       // that it will be opened with
  bool standard = false;  // the one that the system prefers
};

// Takes sound on the sound system's own thread: must not wait, lock or allocate.
class SoundSink {
 public:
  virtual ~SoundSink() = default;
  virtual void take(std::span<const float> interleaved) noexcept = 0;
};

// Gives sound on the sound system's own thread: must not wait, lock or allocate.
class SoundFeed {
 public:
  virtual ~SoundFeed() = default;
  // Fills `mono`, silence where there is no more. `rate`: samples a second.
  virtual void give(std::span<float> mono, double rate) noexcept = 0;
};

// An open device. Destroying it ends the sound at once, whatever the device does; after that the
// sink is not called any more.
class SoundStream {
 public:
  virtual ~SoundStream() = default;
};

// The machine's sound system, a seam so that tests can pull the plug.
class SoundDevices {
 public:
  virtual ~SoundDevices() = default;
  // What can be heard from now; asked anew each time, because devices come and go. No stream may be
  // open, neither to hear nor to play.
  virtual std::vector<SoundDevice> list() = 0;
  // `sink` must outlive the stream.
  virtual Result<std::unique_ptr<SoundStream>> open(const SoundDevice& device, SoundSink& sink) = 0;
  // Opens what the system plays with; `feed` must outlive the stream. kNotFound where there is
  // nothing.
  virtual Result<std::unique_ptr<SoundStream>> play(SoundFeed& feed) = 0;
};

// PortAudio's devices. One in a process.
std::unique_ptr<SoundDevices> systemSoundDevices();

class SampleRing;

class Microphone final : public SoundSource {
 public:
  // Without a callback for this long, a device is given up and opened again.
  static constexpr std::chrono::milliseconds kSilenceOfDriver{500};
  // While none can be opened, the pause between two looks at the devices grows to this.
  static constexpr std::chrono::milliseconds kLongestPause{4000};

  // `devices` and `clock` must outlive this. The device of the name `wanted` where it is there,
  // else the standard one.
  Microphone(SoundDevices& devices, const Clock& clock, std::string wanted = {});
  ~Microphone() override;

  Status start() override;
  void stop() override;
  std::size_t read(std::span<std::int16_t> samples) override;
  SoundHealth health() const override;

 private:
  class Sink;

  Status openDevice();
  void watch();
  std::size_t convert(std::span<std::int16_t> samples);

  SoundDevices& devices_;
  const Clock& clock_;
  const std::string wanted_;
  std::unique_ptr<Sink> sink_;
  std::unique_ptr<SoundStream> stream_;  // destroyed before the sink
  std::optional<speech::Resampler> resampler_;
  speech::ClippingCount clipping_;
  SoundDevice device_;
  SoundHealth health_;
  std::vector<float> raw_;   // interleaved, from the ring
  std::vector<float> mono_;  // of which `mono_used_` samples are converted
  std::size_t mono_used_ = 0;
  std::uint64_t taken_ = 0;                  // what the sink had taken when last looked at
  std::chrono::milliseconds last_sound_{0};  // when it last took something, or was tried to open
  std::chrono::milliseconds patience_{kSilenceOfDriver};
};

}  // namespace primer::app
