#pragma once

// What a training says on standard error while it runs: one line that is rewritten where a person
// looks at a terminal, and a line an epoch in any case.

#include <cstddef>
#include <cstdint>
#include <string>

#include "primer/toolkit/task.h"
#include "training/checkpoint.h"
#include "training/learner.h"

namespace primer::toolkit {

class ProgressLines {
 public:
  struct Plan {
    int epochs = 0;
    std::size_t batches = 0;  // an epoch
    std::int64_t steps = 0;   // in all
    bool live = false;        // rewrite a line
  };

  explicit ProgressLines(const Plan& plan) : plan_(plan) {}

  // A batch was trained in so many seconds. `mean` is over the epoch so far.
  void batchDone(const Progress& progress, std::size_t samples, double seconds,
                 const Learner::Step& mean, double learning_rate);

  // `progress.epoch` is the one that ended.
  void epochDone(const Progress& progress, const Learner::Step& mean, const Metrics& metrics,
                 bool best) const;

  // Since this program started.
  double samplesPerSecond() const;

 private:
  std::string timeLeft(const Progress& progress) const;
  void clearLine() const;

  const Plan plan_;
  std::size_t samples_ = 0;
  std::int64_t steps_ = 0;
  double seconds_ = 0;
  double since_shown_ = 0;
};

}  // namespace primer::toolkit
