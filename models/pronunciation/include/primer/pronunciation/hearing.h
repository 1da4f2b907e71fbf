#pragma once

// A recording as the room hears it: level, frames, and whether it can be judged at all. Bounded
// memory: frames are kept, samples are not.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/acoustic_model.h"
#include "primer/pronunciation/speech_frames.h"
#include "primer/speech/audio_file.h"
#include "primer/speech/log_mel.h"

namespace primer::pronunciation {

// Why a recording cannot be judged; each is told to the pupil in words of its own, before any
// score.
enum class SignalProblem : std::uint8_t { kSilent, kNoisy, kClipped, kTooShort, kNoSpeech };

std::string_view signalProblemName(SignalProblem problem);  // "silence", "noise", ...

struct Recording {
  std::vector<std::int16_t> mel;       // all frames x kBands
  std::vector<std::int16_t> decibels;  // of every frame, in hundredths under full scale (negative)
  std::size_t samples = 0;
  double clipped_share = 0;

  double seconds() const { return static_cast<double>(samples) / speech::kSampleRate; }
};

// Makes a Recording of samples as they come: while it is listened, or from a file. One thread at a
// time.
class RecordingMaker {
 public:
  static Result<RecordingMaker> create();

  // The next samples, 16 kHz mono. kLimitExceeded for more than an hour.
  Status hear(std::span<const std::int16_t> samples);
  // What was heard so far; `clipped_share` is what was seen of it before any change of rate
  // (speech::ClippingCount).
  Recording take(double clipped_share) &&;

 private:
  explicit RecordingMaker(speech::LogMel mel) : mel_(std::move(mel)) {}

  speech::LogMel mel_;
  Recording recording_;
  std::vector<std::int16_t> samples_;  // that belong to a frame yet to come
};

// kLimitExceeded for more than an hour; what AudioFile says.
Result<Recording> readRecording(speech::AudioFile& file);

// What was heard of a recording: chances of phones over its spoken part.
struct Hearing {
  std::optional<SignalProblem> problem;
  FrameRange part;        // frames of the recording that the posteriors are of
  Posteriors posteriors;  // empty where the sound alone tells the problem
  double speech_seconds = 0;

  double millisecondsAt(std::size_t step) const {
    return millisecondsAtFrame(static_cast<double>(step * kFramesPerStep));
  }
  // Of a frame of the part.
  double millisecondsAtFrame(double frame) const {
    // A frame tells of the middle of its window, which is longer than the way to the next frame.
    constexpr double kMiddle = 7.5;
    return kMiddle + (static_cast<double>(part.first) + frame) * kMillisecondsPerFrame;
  }

  // The frames of the part, of the recording that was heard.
  std::span<const std::int16_t> partOf(const Recording& recording) const {
    return std::span(recording.mel).subspan(part.first * kBands, part.size() * kBands);
  }
};

Result<Hearing> hear(const Recording& recording, AcousticModel& acoustic);

}  // namespace primer::pronunciation
