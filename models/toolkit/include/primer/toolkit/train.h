#pragma once

// Training a recipe into a float .tflite.

#include <filesystem>
#include <functional>
#include <optional>

#include "primer/base/result.h"
#include "primer/toolkit/recipe.h"
#include "primer/toolkit/workshop.h"

namespace primer::toolkit {

struct TrainOptions {
  std::filesystem::path data;     // folder of the data sets
  std::filesystem::path output;   // the float .tflite; checkpoints lie beside it
  bool resume = false;            // go on from the checkpoint, if there is one
  std::optional<Fold> fold = {};  // train on the other folds, judge on this one
  int threads = 0;                // 0: all cores
  bool live_progress = false;     // rewrite one line; else a line an epoch
  // Asked after every batch; true saves a checkpoint and ends with kCancelled.
  std::function<bool()> stop = {};
};

// True where this build can train (PRIMER_TRAINING).
bool canTrain();

// Trains and writes the file with its metadata. The same recipe, seed and data give the same bytes
// on the same kind of machine, on any number of threads, also when stopped or killed and resumed.
// Checkpoints are written every few minutes and after every epoch, each as one step. Beside the
// file lie its card (.md) and, from the first epoch on, the learning curve (.svg). Progress goes to
// standard error; the result is the report:
// {"model","recipe","card","epochs","best_epoch","seconds","samples_per_second",
// "waiting_for_data" (share of the time),"parameters","bytes","metrics","history"}.
// kUnsupported where this build cannot train.
Result<Json> train(const Recipe& recipe, const Workshop& workshop, const TrainOptions& options);

}  // namespace primer::toolkit
