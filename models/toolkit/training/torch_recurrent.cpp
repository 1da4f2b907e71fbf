// UNIDIRECTIONAL_SEQUENCE_LSTM.

#include <ATen/ATen.h>

#include "training/torch_layer.h"

namespace primer::toolkit {

namespace {

// Where the format puts the inputs; weights and biases lie in the order of the gates: input,
// forget, cell, output, which is libtorch's order too.
constexpr std::size_t kInputWeights = 1;
constexpr std::size_t kRecurrentWeights = 5;
constexpr std::size_t kPeepholes = 9;
constexpr std::size_t kBiases = 12;
constexpr std::size_t kProjection = 16;
constexpr std::size_t kNorms = 20;

at::Tensor gates(const Tensors& inputs, std::size_t first) {
  return at::cat({inputs[first], inputs[first + 1], inputs[first + 2], inputs[first + 3]});
}

}  // namespace

std::string whyNotLstm(const TorchLayer& layer) {
  const auto* options = layer.op->builtin_options.AsUnidirectionalSequenceLSTMOptions();
  if (options == nullptr) return "has no options";
  const auto& inputs = layer.op->inputs;
  const auto has = [&](std::size_t position) {
    return position < inputs.size() && inputs[position] >= 0;
  };
  const auto any = [&](std::size_t first, std::size_t count) {
    for (std::size_t i = first; i < first + count; ++i) {
      if (has(i)) return true;
    }
    return false;
  };
  if (options->time_major) return "has its steps before the batch";
  if (options->fused_activation_function != tflite::ActivationFunctionType::TANH) {
    return "has another activation than TANH";
  }
  if (!has(kInputWeights)) return "has a forget gate that serves as input gate";
  if (any(kPeepholes, 3)) return "has peepholes";
  if (any(kProjection, 2)) return "has a projection";
  if (any(kNorms, 4)) return "has layer norms";
  return options->cell_clip > 0 ? "clips its cell" : "";
}

Tensors runLstm(const TorchLayer&, const Tensors& inputs) {
  const auto& x = inputs[0];
  const auto weights = gates(inputs, kInputWeights);
  const auto recurrent = gates(inputs, kRecurrentWeights);
  const auto bias = gates(inputs, kBiases);
  // Every sequence begins with a state of zeros.
  const auto state = at::zeros({1, x.size(0), recurrent.size(1)});
  const auto result = at::lstm(x, {state, state}, {weights, recurrent, bias, at::zeros_like(bias)},
                               true, 1, 0.0, false, false, true);
  return {std::get<0>(result)};
}

}  // namespace primer::toolkit
