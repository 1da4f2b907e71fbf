#pragma once

// How likely each phone is in each 20 ms of a recording: a streaming convolution net, int8, one or
// several of them averaged.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/session.h"
#include "primer/pronunciation/phones.h"

namespace primer::pronunciation {

inline constexpr std::size_t kFramesPerStep = 2;  // log-mel frames
inline constexpr int kMillisecondsPerStep = 20;

// How often each unit sounds in what the models learn from: natural logarithms, over a phone's on
// average. A chance divided by its prior tells how well a sound fits, not how common it is
// (Bourlard and Morgan 1994).
const std::array<float, kUnits>& unitPriors();

// Natural logarithms of chances, steps x kUnits.
class Posteriors {
 public:
  Posteriors() = default;
  explicit Posteriors(std::size_t steps) : values_(steps * kUnits) {}

  std::size_t steps() const { return values_.size() / kUnits; }
  std::span<const float> at(std::size_t step) const {
    return std::span(values_).subspan(step * kUnits, kUnits);
  }
  std::span<float> at(std::size_t step) {
    return std::span(values_).subspan(step * kUnits, kUnits);
  }

 private:
  std::vector<float> values_;
};

// One thread at a time.
class AcousticModel {
 public:
  // kUnsupported for a file that is no acoustic model of this room. Of several files the chances
  // are averaged.
  static Result<AcousticModel> open(const std::vector<std::filesystem::path>& files);
  // Those that ship: pronunciation-phones*.tflite.
  static Result<AcousticModel> openShipped();
  static Result<AcousticModel> create(std::vector<std::shared_ptr<const inference::Model>> models);

  // `mel` is frames x kBands of a recording's spoken part (speech_frames.h).
  Result<Posteriors> run(std::span<const std::int16_t> mel);

  // The same nets for windows of another length, an even number of frames: for listening while
  // sound comes in.
  Result<AcousticModel> withWindow(std::size_t frames) const;
  std::size_t window() const { return window_; }
  // One window as it stands, what lies beyond its edges unheard: `features` are window() x kBands
  // normalised frames, `posteriors` gets window() / kFramesPerStep steps.
  Status runWindow(std::span<const float> features, Posteriors& posteriors);

  // Multiply-accumulates for a second of sound.
  std::uint64_t macsPerSecond() const;

 private:
  AcousticModel() = default;

  Status add(std::shared_ptr<const inference::Model> model, std::size_t least);

  std::vector<inference::Session> nets_;
  std::size_t window_ = 0;  // frames that a net takes at once
};

}  // namespace primer::pronunciation
