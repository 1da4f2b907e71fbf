#pragma once

// What the engine gives for a batch, tensor by tensor, in real numbers.

#include <torch/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "primer/inference/session.h"

namespace primer::toolkit {

class EngineValues {
 public:
  // Runs the model on every row of the inputs, each from the state of a new session. Keeps its
  // inputs and the outputs of operators that `wanted` flags by tensor. Throws std::runtime_error
  // where the engine cannot run it.
  EngineValues(const std::shared_ptr<const inference::Model>& model,
               const std::vector<torch::Tensor>& inputs, const std::vector<bool>& wanted);

  // Undefined where the tensor was not wanted or no operator gives it.
  torch::Tensor of(std::int32_t tensor) const;
  torch::Tensor input(std::size_t index) const { return kept_[index].values; }

 private:
  struct Kept {
    inference::TensorInfo info;
    std::span<const std::byte> bytes;  // in the session, of one row
    std::vector<std::byte> rows;       // of all of them
    torch::Tensor values;
  };

  void take(const inference::TensorInfo& info, std::span<const std::byte> bytes, std::size_t rows);
  static void makeReal(Kept& kept);

  std::vector<Kept> kept_;                      // inputs first
  std::map<std::int32_t, std::size_t> places_;  // of the model's tensors among them
};

}  // namespace primer::toolkit
