#pragma once

// Sound as the ear's bands see it: the logarithm of the energy in mel-spaced bands (Davis and
// Mermelstein 1980), frame by frame, as whole numbers that are the same on every machine.
//
// A frame is a Hann window of samples; its power spectrum (KissFFT, in double) is summed under
// triangles that are evenly spaced on the mel scale (O'Shaughnessy's 2595 log10(1 + f/700)).
//
// **The same numbers on x86 and ARM.** Sound comes in as 16-bit samples and leaves as int16: up to
// the last step everything is IEEE double arithmetic in a fixed order without contraction, and
// only the logarithm is rounded, to 1/256 of a factor of two. What may differ between two C
// libraries is the last bit of a sine or a logarithm; it shows only where a value stands within
// about 1e-13 of a rounding edge. The checksums of tests/speech hold every machine to the same
// bytes.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "primer/base/result.h"

namespace primer::speech {

struct LogMelOptions {
  int sample_rate = 16'000;  // Hz
  int window = 400;          // samples of a frame, 16 to 8192
  int hop = 160;             // samples from one frame to the next
  int bands = 40;            // 1 to 256
  double low_hz = 60;        // lower edge of the lowest triangle
  double high_hz = 7'600;    // upper edge of the highest one, at most half the sample rate

  bool operator==(const LogMelOptions&) const = default;
};

// Keeps its working memory between calls and does not allocate in frame(). One thread at a time.
class LogMel {
 public:
  // log2 of the energy, in these parts: a value of 256 more is twice the energy.
  static constexpr int kPartsPerDoubling = 256;

  // kInvalidArgument names the option, also where a band would be narrower than the spectrum's
  // step.
  static Result<LogMel> create(const LogMelOptions& options);
  ~LogMel();
  LogMel(LogMel&&) noexcept;
  LogMel& operator=(LogMel&&) noexcept;

  const LogMelOptions& options() const;

  // Whole windows in so many samples.
  std::size_t frameCount(std::size_t samples) const;

  // One frame. `samples` has options().window of them, `bands` options().bands; silence gives 0, a
  // full-scale sine about 11,500.
  void frame(std::span<const std::int16_t> samples, std::span<std::int16_t> bands);

  // All whole frames, frame after frame.
  std::vector<std::int16_t> frames(std::span<const std::int16_t> samples);

 private:
  struct Impl;
  explicit LogMel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::speech
