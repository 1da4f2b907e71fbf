#pragma once

#include "data/corpus.h"
#include "primer/base/thread_clock.h"
#include "primer/pronunciation/pronunciation.h"
#include "primer/pronunciation/reading_follower.h"
#include "primer/toolkit/task.h"

namespace primer::pronunciation::workshop {

// How soon words light up while they are read, against the times that are found afterwards.
class FollowingFigures {
 public:
  // `judged` is of the same recording with the same text.
  Status add(const AcousticModel& acoustic, const std::vector<TextWord>& text,
             std::span<const std::int16_t> samples, const Judgement& judged);
  void put(toolkit::Metrics& metrics) const;

 private:
  std::vector<double> delays_;  // ms from the beginning of a word to its light
  double words_ = 0;            // that were said
  double too_early_ = 0;        // lit more than 300 ms before they were said
  double seconds_ = 0;          // of sound
  ThreadClock::duration spent_{0};
};

// All of a recording, at most a minute of it.
Result<std::vector<std::int16_t>> samplesOf(const std::filesystem::path& audio);

}  // namespace primer::pronunciation::workshop
