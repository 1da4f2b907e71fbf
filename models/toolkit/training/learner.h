#pragma once

// A network at work on batches: a share of the rows on each core.

#include <memory>
#include <vector>

#include "training/crew.h"
#include "training/loss.h"
#include "training/material.h"
#include "training/network.h"
#include "training/teachers.h"

namespace primer::toolkit {

// Owned and used by one thread. What is computed depends on the number of shares, not of threads.
class Learner {
 public:
  struct Step {
    double loss = 0;
    double right_percent = 0;  // see BatchLoss
  };

  // `material` must outlive this.
  Learner(std::unique_ptr<Network> network, std::vector<Teacher> teachers, const Material& material,
          int shares, int threads);

  Network& network() { return *networks_[0]; }

  // Forward and back over a batch; the mean of the shares' gradients is then in the network's.
  Step step(const Batch& batch, const LossOptions& options);

  // Appends, output by output of the task, what the network gives for the samples, in order.
  std::vector<std::vector<float>> outputs(const std::vector<SampleId>& samples);

  // After the network's statistics were changed from outside.
  void spreadStatistics();

 private:
  struct Rows {
    std::int64_t first;
    std::int64_t count;
  };

  int shares() const { return static_cast<int>(networks_.size()); }
  Rows rowsOf(const Batch& batch, int share) const;
  std::vector<torch::Tensor> outputsOf(Network& network, const Places& places, const Batch& batch,
                                       Rows rows, bool training) const;
  std::vector<std::vector<torch::Tensor>> taughtOn(const Batch& batch, Rows rows,
                                                   std::size_t share);
  void joinStatistics();

  const Material& material_;
  const int threads_;
  Crew crew_;
  std::vector<std::unique_ptr<Network>> networks_;  // one a share, with common parameters
  std::vector<std::vector<Teacher>> teachers_;      // likewise
};

}  // namespace primer::toolkit
