#pragma once

// A short recording of one word as a picture of fixed size, for a network that knows a closed list
// of words: frames x bands of log-mel energy around the loudest part.
//
// The clip's own mean is taken off, so that loudness and the microphone's level do not matter;
// frames before and after the recording are 0, its mean. All in whole numbers: see log_mel.h.

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/model.h"
#include "primer/speech/log_mel.h"

namespace primer::speech {

struct ClipOptions {
  LogMelOptions mel;
  int frames = 64;  // 1 to 1000

  bool operator==(const ClipOptions&) const = default;

  // How a model file says it ("preprocessing" of its metadata): {"clip":{"sample_rate":...,...}}.
  nlohmann::ordered_json describe() const;
  // kInvalidArgument where a number is missing or out of range.
  static Result<ClipOptions> parse(const nlohmann::ordered_json& preprocessing);
  // What a model was trained with, from its file. kNotFound where it does not say.
  static Result<ClipOptions> of(const inference::Model& model);
};

// One thread at a time.
class ClipFeatures {
 public:
  static Result<ClipFeatures> create(const ClipOptions& options);

  const ClipOptions& options() const { return options_; }
  std::size_t size() const;  // frames x bands

  // `features` has size() numbers, frame after frame, in LogMel's parts of a doubling. Of a
  // recording of more than a minute the first minute counts; one without a whole frame gives zeros.
  void make(std::span<const std::int16_t> samples, std::span<std::int16_t> features);

 private:
  ClipFeatures(const ClipOptions& options, LogMel mel);

  ClipOptions options_;
  LogMel mel_;
};

}  // namespace primer::speech
