#pragma once

// Chances of phones while sound still comes in: what AcousticModel::run() gives of a whole
// recording, with less to go by.

#include <cstdint>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/acoustic_model.h"
#include "primer/pronunciation/speech_frames.h"
#include "primer/speech/log_mel.h"

namespace primer::pronunciation {

// Level and colour are those of the last twenty seconds; of what follows a step, 80 ms are waited
// for. Memory is bounded.
class LiveHearing {
 public:
  static Result<LiveHearing> create(const AcousticModel& acoustic);

  // The steps that have become known with these samples (16 kHz mono, any number).
  Result<Posteriors> hear(std::span<const std::int16_t> samples);
  // The rest, when no more will come.
  Result<Posteriors> finish();

  std::size_t steps() const { return done_; }  // known so far
  std::size_t frames() const { return dropped_ + mel_.size() / kBands; }

 private:
  LiveHearing(AcousticModel acoustic, speech::LogMel log_mel)
      : acoustic_(std::move(acoustic)), log_mel_(std::move(log_mel)) {}

  void takeFrames(std::span<const std::int16_t> samples);
  Result<Posteriors> hearUntil(std::size_t end);  // the steps before it

  AcousticModel acoustic_;
  speech::LogMel log_mel_;
  std::vector<std::int16_t> samples_;  // that belong to a frame yet to come
  std::vector<std::int16_t> mel_;      // the last frames
  std::size_t dropped_ = 0;            // frames before them
  std::size_t done_ = 0;               // steps
};

}  // namespace primer::pronunciation
