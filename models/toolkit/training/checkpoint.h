#pragma once

// A training's state on disk, replaced as one step so that a kill or a full disk never costs the
// checkpoint before.

#include <torch/types.h>

#include <cstdint>
#include <filesystem>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"

namespace primer::toolkit {

struct Progress {
  int epoch = 0;                 // counted from 0
  std::size_t batch = 0;         // the next one of that epoch: as many are trained
  double loss_sum = 0;           // over those batches
  double right_percent_sum = 0;  // over them too
  std::int64_t step = 0;         // of the whole training
  double seconds = 0;            // trained so far
  Json history = Json::array();  // an entry a finished epoch
  // Of the best epoch so far, counted from 1; 0: none yet.
  int best_epoch = 0;
  double best_figure = 0;
};

// `identity` tells trainings apart: a checkpoint of another recipe, seed or data is
// kInvalidArgument.
Status saveCheckpoint(const std::filesystem::path& path, const Json& identity,
                      const Progress& progress, const std::vector<torch::Tensor>& state);

// Fills the tensors in place. kDamaged where the file is not whole.
Result<Progress> loadCheckpoint(const std::filesystem::path& path, const Json& identity,
                                const std::vector<torch::Tensor>& state);

}  // namespace primer::toolkit
