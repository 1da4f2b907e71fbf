#pragma once

// How far outputs are from what they should be.

#include <torch/types.h>

#include <vector>

#include "primer/toolkit/task.h"
#include "training/batch_loader.h"

namespace primer::toolkit {

struct BatchLoss {
  torch::Tensor loss;        // scalar, to be differentiated
  double right_percent = 0;  // of the first output of classes; 0 where there is none
};

struct LossOptions {
  double label_smoothing = 0;
  double teaching = 0;     // weight of the teachers' part, where there are teachers
  double temperature = 1;  // of the teachers' part
};

// `outputs` in the task's order, rows x numbers, for the rows of the batch from `first` on; blended
// samples count for both of their labels. `taught` is what each teacher gives for the same rows.
BatchLoss lossOf(const TaskInfo& info, const std::vector<torch::Tensor>& outputs,
                 const Batch& batch, std::int64_t first,
                 const std::vector<std::vector<torch::Tensor>>& taught, const LossOptions& options);

}  // namespace primer::toolkit
