// UNIDIRECTIONAL_SEQUENCE_LSTM.

#include <ATen/ATen.h>

#include "src/lstm_inputs.h"
#include "training/torch_layer.h"

namespace primer::toolkit {

namespace {

using namespace lstm;

// Their order is libtorch's too.
at::Tensor gates(const Tensors& inputs, std::size_t first) {
  return at::cat({inputs[first], inputs[first + 1], inputs[first + 2], inputs[first + 3]});
}

}  // namespace

std::string whyNotLstm(const TorchLayer& layer) {
  const auto* options = layer.op->builtin_options.AsUnidirectionalSequenceLSTMOptions();
  if (options == nullptr) return "has no options";
  const auto& op = *layer.op;
  if (options->time_major) return "has its steps before the batch";
  if (options->fused_activation_function != tflite::ActivationFunctionType::TANH) {
    return "has another activation than TANH";
  }
  if (!has(op, kInputWeights)) return "has a forget gate that serves as input gate";
  if (hasAny(op, kPeepholes, 3)) return "has peepholes";
  if (hasAny(op, kProjection, 2)) return "has a projection";
  if (hasAny(op, kNorms, kGates)) return "has layer norms";
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
