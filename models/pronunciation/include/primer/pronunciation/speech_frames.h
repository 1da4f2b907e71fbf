#pragma once

// What the acoustic model sees of a recording: log-mel frames without the recording's own level and
// colour.
//
// Silence before and after the speech is cut to a quarter of a second; every band then loses its
// mean over the louder frames and is divided by its deviation there, so that neither microphone nor
// distance nor a long pause matters.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "primer/speech/log_mel.h"

namespace primer::pronunciation {

inline constexpr std::size_t kBands = 40;
inline constexpr int kFramesPerSecond = 100;
inline constexpr int kMillisecondsPerFrame = 10;

speech::LogMelOptions melOptions();  // 16 kHz, 25 ms windows every 10 ms, 40 bands

// Frames first .. last-1 of a recording.
struct FrameRange {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t size() const { return last - first; }
};

// The loudness of a frame: the mean of its bands, in LogMel's parts.
int loudness(std::span<const std::int16_t> frame);

// What is kept of a recording: from a quarter of a second before its first louder frame to as much
// after its last; all of it where none stands out. `mel` is frames x kBands.
FrameRange spokenPart(std::span<const std::int16_t> mel);

// Level and spread of each band over the louder frames.
struct BandNorm {
  std::vector<float> mean;     // kBands
  std::vector<float> inverse;  // 1 / deviation
};
BandNorm bandNorm(std::span<const std::int16_t> mel);
// The same where little has been heard yet: speech as it usually is counts for `frames` louder
// frames.
BandNorm cautiousNorm(std::span<const std::int16_t> mel, double frames);

// Frames of `mel` as the model sees them.
void normalise(std::span<const std::int16_t> mel, const BandNorm& norm, std::span<float> features);

}  // namespace primer::pronunciation
