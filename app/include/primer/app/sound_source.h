#pragma once

// Where the tutor hears from: a microphone, or a recording in its place. Both give 16 kHz mono
// samples as time passes, and say how they are.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "primer/base/clock.h"
#include "primer/base/result.h"
#include "primer/speech/audio_file.h"

namespace primer::app {

enum class SoundState : std::uint8_t {
  kStopped,
  kRunning,
  kNoMicrophone,  // none is there, or none can be opened
  kLost,          // it was there and gives nothing any more; it is opened again when it comes back
  kEnded,         // a recording is at its end
};

struct SoundHealth {
  SoundState state = SoundState::kStopped;
  std::string device;         // its name, as the system shows it
  std::uint64_t dropped = 0;  // samples that nobody took in time
  int interruptions = 0;      // how often sound stopped and was opened again
  double clipped_share = 0;   // of what was heard: cut off because it was too loud
};

// One thread at a time. Nothing waits.
class SoundSource {
 public:
  virtual ~SoundSource() = default;
  SoundSource(const SoundSource&) = delete;
  SoundSource& operator=(const SoundSource&) = delete;

  // From now on sound is kept for read(). kNotFound where there is nothing to hear from; the source
  // then keeps looking while it is read. Starting a source that runs begins anew.
  virtual Status start() = 0;
  virtual void stop() = 0;

  // The samples that came since the last call, at most as many as `samples` holds; returns how
  // many. To be called every 20 to 50 ms while the source runs: this also watches over the device.
  virtual std::size_t read(std::span<std::int16_t> samples) = 0;

  virtual SoundHealth health() const = 0;

  // The loudest of about the last 100 ms that were read, 0 to 1, for a level meter.
  float level() const { return level_; }

 protected:
  SoundSource() = default;
  void noteLevel(std::span<const std::int16_t> samples);

 private:
  float level_ = 0;
};

// A recording, heard at the speed of `clock`, as if it were spoken. For tests, the tour and
// `--audio`.
class RecordedSound final : public SoundSource {
 public:
  // Errors are those of speech::AudioFile::open.
  static Result<std::unique_ptr<RecordedSound>> open(const std::filesystem::path& file,
                                                     const Clock& clock);

  Status start() override;  // from the beginning of the file
  void stop() override;
  std::size_t read(std::span<std::int16_t> samples) override;
  SoundHealth health() const override;

 private:
  RecordedSound(std::filesystem::path file, speech::AudioFile audio, const Clock& clock);

  std::filesystem::path file_;
  speech::AudioFile audio_;
  const Clock& clock_;
  SoundState state_ = SoundState::kStopped;
  std::chrono::milliseconds began_{0};
  std::uint64_t given_ = 0;  // samples since start()
};

}  // namespace primer::app
