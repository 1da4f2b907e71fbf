#pragma once

// AdamW with a one-cycle learning rate, an optional moving average of the weights, and its state as
// tensors that a checkpoint can hold.

#include <torch/types.h>

#include <vector>

#include "primer/toolkit/recipe.h"
#include "training/network.h"

namespace primer::toolkit {

class Optimiser {
 public:
  Optimiser(Network& network, const Schedule& schedule, std::int64_t total_steps);

  double learningRate(std::int64_t step) const;

  // Uses and clears the gradients of the parameters. `step` counts from 0.
  void step(std::int64_t step);

  // Puts the averaged weights into the network in place of the trained ones, or takes them out
  // again; nothing where the schedule does not average.
  void swapAverage();

  // Everything that changes while training, the network's own tensors among it.
  std::vector<torch::Tensor> state() const;

 private:
  Network& network_;
  const Schedule schedule_;
  const std::int64_t total_steps_;
  torch::Tensor first_moments_;
  torch::Tensor second_moments_;
  torch::Tensor average_parameters_;  // undefined where the schedule does not average
  torch::Tensor average_statistics_;
};

}  // namespace primer::toolkit
