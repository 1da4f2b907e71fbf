#pragma once

// The loop that every training goes through: epochs of batches, figures, checkpoints, progress.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

#include "primer/base/result.h"
#include "primer/toolkit/recipe.h"
#include "primer/toolkit/train.h"
#include "training/checkpoint.h"
#include "training/learner.h"
#include "training/optimiser.h"
#include "training/progress_lines.h"

namespace primer::toolkit {

struct LoopOptions {
  Schedule schedule;
  Distillation distillation;  // weight and temperature, where there are teachers
  std::uint64_t seed = 1;
  Json identity;                     // what a checkpoint must match, see checkpoint.h
  std::filesystem::path checkpoint;  // the file
  bool resume = false;
  int threads = 1;
  bool live_progress = false;
  std::function<bool()> stop = {};  // asked after every batch
  // Told of the history (an object an epoch) after every epoch.
  std::function<void(const Json& history)> epoch_done = {};
};

// What a recipe and the words of a command line ask of the loop. `identity` is what this training
// has beside the recipe, its seed and its samples. kInvalidArgument where the recipe asks for
// patience and there is no development split to lose it on.
Result<LoopOptions> loopOptions(const Recipe& recipe, const Material& material,
                                const TrainOptions& options, Json identity);

// Owned and used by one thread.
class TrainingLoop {
 public:
  // `material` must outlive this.
  TrainingLoop(std::unique_ptr<Network> network, const Material& material, LoopOptions options,
               std::vector<Teacher> teachers = {});

  // To the end of the schedule, or until the patience is at its end; the network then holds what is
  // to be written. kCancelled where `stop` said so (the checkpoint is saved), kDamaged where the
  // loss or a sample is no number.
  Status run();

  Network& network() { return learner_.network(); }
  const Progress& progress() const { return progress_; }
  double samplesPerSecond() const { return lines_.samplesPerSecond(); }
  // Share of the training time that the loop stood waiting for samples, since this program started.
  double waitingShare() const { return waited_ / std::max(trained_, 1e-9); }

  // The task's figures on the development split with the weights as they are.
  Result<Metrics> measure();

 private:
  Status restore();
  Status save();
  Status trainEpoch();
  Status endEpoch(const Learner::Step& mean);
  void beginNextEpoch();
  Status noteBest(const Metrics& metrics);
  bool outOfPatience() const;
  std::vector<torch::Tensor> state() const;

  const Material& material_;
  const LoopOptions options_;
  const std::size_t batches_;  // an epoch
  Learner learner_;
  Optimiser optimiser_;
  torch::Tensor best_parameters_;  // undefined where no patience was asked for
  torch::Tensor best_statistics_;
  Progress progress_;
  ProgressLines lines_;
  double waited_ = 0;  // seconds
  double trained_ = 0;
  std::chrono::steady_clock::time_point last_saved_;
};

}  // namespace primer::toolkit
