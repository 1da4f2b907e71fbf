#pragma once

// A float graph that computes what its integer form gives, for the training loop.

#include <memory>
#include <stdexcept>
#include <utility>

#include "training/network.h"
#include "training/qat/integer_forward.h"

namespace primer::toolkit {

class QuantisedNetwork final : public Network {
 public:
  QuantisedNetwork(std::shared_ptr<IntegerForward> integer, TorchGraph graph)
      : integer_(std::move(integer)), graph_(std::move(graph)) {}

  void parametersChanged() override {
    if (const auto status = integer_->update(graph_); !status) {
      throw std::runtime_error(status.error().message);
    }
  }
  std::vector<torch::Tensor> forward(const std::vector<torch::Tensor>& inputs,
                                     bool /*training*/) override {
    return integer_->forward(graph_, inputs);
  }
  std::unique_ptr<Network> replica() const override {
    return std::make_unique<QuantisedNetwork>(integer_, graph_.replica());
  }
  torch::Tensor parameters() const override { return graph_.parameters(); }
  torch::Tensor gradients() const override { return graph_.gradients(); }
  torch::Tensor decays() const override { return graph_.decays(); }
  torch::Tensor statistics() const override { return graph_.statistics(); }

 private:
  std::shared_ptr<IntegerForward> integer_;  // one for all replicas
  TorchGraph graph_;
};

}  // namespace primer::toolkit
