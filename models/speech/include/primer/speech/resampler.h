#pragma once

// A stream of samples at one rate as 16 kHz samples: libsamplerate's band-limited interpolation
// (Smith, "Digital Audio Resampling", CCRMA), which keeps what speech has and adds no echo.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "primer/base/result.h"

namespace primer::speech {

constexpr int kSampleRate = 16'000;  // Hz, of everything that this room hands on

// A sample in -1..1 as 16 bits; what is beyond is cut, what is no number is silence.
std::int16_t toSample(float value);

// One thread at a time. Does not allocate between create() and its end.
class Resampler {
 public:
  static constexpr int kLowestRate = 4'000;
  static constexpr int kHighestRate = 384'000;

  // kUnsupported for a rate outside of these.
  static Result<Resampler> create(int rate);
  ~Resampler();
  Resampler(Resampler&&) noexcept;
  Resampler& operator=(Resampler&&) noexcept;

  struct Progress {
    std::size_t used = 0;  // of the samples given
    std::size_t made = 0;  // of the samples asked for
  };
  // Some of `mono` (numbers in -1..1) as some of `samples`. With `last`, nothing will follow: what
  // the filter still holds comes out, until a call makes nothing.
  Progress process(std::span<const float> mono, std::span<std::int16_t> samples, bool last = false);

 private:
  struct Impl;
  explicit Resampler(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::speech
