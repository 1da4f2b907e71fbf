#pragma once

// What the training loop needs of a network: outputs that can be differentiated, and everything
// that changes as flat vectors of numbers.

#include <torch/types.h>

#include <memory>
#include <utility>
#include <vector>

#include "training/torch_graph.h"

namespace primer::toolkit {

// Used by one thread at a time; replicas may be used side by side.
class Network {
 public:
  virtual ~Network() = default;

  // Called by one thread before forward() of the network or its replicas, whenever the parameters
  // may have changed. Throws std::runtime_error where they have become useless.
  virtual void parametersChanged() {}

  // Inputs with a leading batch dimension, in the graph's order; outputs likewise, flattened to
  // batch x numbers. `training` may update the statistics.
  virtual std::vector<torch::Tensor> forward(const std::vector<torch::Tensor>& inputs,
                                             bool training) = 0;

  // A network with the same parameters (shared) and gradients and statistics of its own.
  virtual std::unique_ptr<Network> replica() const = 0;

  // Flat; handles of one tensor each, so that writing into them changes the network.
  virtual torch::Tensor parameters() const = 0;
  virtual torch::Tensor gradients() const = 0;   // backward() adds to them
  virtual torch::Tensor decays() const = 0;      // 1 where weight decay pulls, else 0
  virtual torch::Tensor statistics() const = 0;  // what is kept of the data, not learned
};

// A float graph.
class GraphNetwork final : public Network {
 public:
  explicit GraphNetwork(TorchGraph graph) : graph_(std::move(graph)) {}

  std::vector<torch::Tensor> forward(const std::vector<torch::Tensor>& inputs,
                                     bool training) override {
    return graph_.forward(inputs, training);
  }
  std::unique_ptr<Network> replica() const override {
    return std::make_unique<GraphNetwork>(graph_.replica());
  }
  torch::Tensor parameters() const override { return graph_.parameters(); }
  torch::Tensor gradients() const override { return graph_.gradients(); }
  torch::Tensor decays() const override { return graph_.decays(); }
  torch::Tensor statistics() const override { return graph_.statistics(); }

  TorchGraph& graph() { return graph_; }

 private:
  TorchGraph graph_;
};

}  // namespace primer::toolkit
