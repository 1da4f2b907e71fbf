#include "training/torch_layer.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>

namespace primer::toolkit {

namespace {

using tflite::ActivationFunctionType;
using tflite::BuiltinOperator;

Tensors runDense(const TorchLayer& layer, const Tensors& inputs) {
  const auto* options = layer.op->builtin_options.AsFullyConnectedOptions();
  const bool keep = options != nullptr && options->keep_num_dims;
  const auto x = keep ? inputs[0] : inputs[0].reshape({-1, inputs[1].size(1)});
  return {at::linear(x, inputs[1], inputs.size() > 2 ? inputs[2] : at::Tensor())};
}

std::string whyNotDense(const TorchLayer& layer) {
  return layer.output_shape.empty() || layer.output_shape[0] != 1 ? "takes rows as a batch" : "";
}

Tensors runMean(const TorchLayer& layer, const Tensors& inputs) {
  const auto* o = layer.op->builtin_options.AsReducerOptions();
  return {at::mean(inputs[0], layer.numbers[1], o != nullptr && o->keep_dims)};
}

std::string whyNotMean(const TorchLayer& layer) {
  if (layer.numbers.size() < 2 || layer.numbers[1].empty()) return "has axes that are no constant";
  const auto& axes = layer.numbers[1];
  return std::count(axes.begin(), axes.end(), 0) > 0 ? "takes the mean of the batch" : "";
}

Tensors runSoftmax(const TorchLayer& layer, const Tensors& inputs) {
  const auto* o = layer.op->builtin_options.AsSoftmaxOptions();
  return {at::softmax(o == nullptr ? inputs[0] : inputs[0] * o->beta, -1)};
}

Tensors runLeakyRelu(const TorchLayer& layer, const Tensors& inputs) {
  const auto* o = layer.op->builtin_options.AsLeakyReluOptions();
  return {at::leaky_relu(inputs[0], o == nullptr ? 0.0f : o->alpha)};
}

Tensors runAdd(const TorchLayer&, const Tensors& in) { return {at::add(in[0], in[1])}; }
Tensors runSub(const TorchLayer&, const Tensors& in) { return {at::sub(in[0], in[1])}; }
Tensors runMul(const TorchLayer&, const Tensors& in) { return {at::mul(in[0], in[1])}; }
Tensors runLogistic(const TorchLayer&, const Tensors& in) { return {at::sigmoid(in[0])}; }
Tensors runTanh(const TorchLayer&, const Tensors& in) { return {at::tanh(in[0])}; }
Tensors runRelu(const TorchLayer&, const Tensors& in) { return {at::relu(in[0])}; }
Tensors runRelu6(const TorchLayer&, const Tensors& in) { return {at::clamp(in[0], 0, 6)}; }
Tensors runReluN1(const TorchLayer&, const Tensors& in) { return {at::clamp(in[0], -1, 1)}; }

struct Row {
  BuiltinOperator code;
  Tensors (*run)(const TorchLayer& layer, const Tensors& inputs);
  std::string (*why_not)(const TorchLayer& layer) = nullptr;
  tflite::BuiltinOptions options = tflite::BuiltinOptions::NONE;  // what it cannot do without
};

constexpr std::array kRows = {
    Row{BuiltinOperator::ADD, runAdd},
    Row{BuiltinOperator::AVERAGE_POOL_2D, runAveragePool, nullptr,
        tflite::BuiltinOptions::Pool2DOptions},
    Row{BuiltinOperator::CONCATENATION, runConcatenation, whyNotConcatenation},
    Row{BuiltinOperator::CONV_2D, runConv2d, nullptr, tflite::BuiltinOptions::Conv2DOptions},
    Row{BuiltinOperator::DEPTHWISE_CONV_2D, runDepthwise, nullptr,
        tflite::BuiltinOptions::DepthwiseConv2DOptions},
    Row{BuiltinOperator::EXPAND_DIMS, runReshape, whyNotReshape},
    Row{BuiltinOperator::FULLY_CONNECTED, runDense, whyNotDense},
    Row{BuiltinOperator::LEAKY_RELU, runLeakyRelu},
    Row{BuiltinOperator::LOGISTIC, runLogistic},
    Row{BuiltinOperator::MAX_POOL_2D, runMaxPool, nullptr, tflite::BuiltinOptions::Pool2DOptions},
    Row{BuiltinOperator::MEAN, runMean, whyNotMean},
    Row{BuiltinOperator::MUL, runMul},
    Row{BuiltinOperator::PACK, runPack, whyNotPack},
    Row{BuiltinOperator::PAD, runPad, whyNotPad},
    Row{BuiltinOperator::RELU, runRelu},
    Row{BuiltinOperator::RELU6, runRelu6},
    Row{BuiltinOperator::RELU_N1_TO_1, runReluN1},
    Row{BuiltinOperator::RESHAPE, runReshape, whyNotReshape},
    Row{BuiltinOperator::SLICE, runSlice, whyNotSlice},
    Row{BuiltinOperator::SOFTMAX, runSoftmax},
    Row{BuiltinOperator::SPLIT, runSplit, whyNotSplit},
    Row{BuiltinOperator::SQUEEZE, runReshape, whyNotReshape},
    Row{BuiltinOperator::STRIDED_SLICE, runStridedSlice, whyNotStridedSlice},
    Row{BuiltinOperator::SUB, runSub},
    Row{BuiltinOperator::TANH, runTanh},
    Row{BuiltinOperator::TRANSPOSE, runTranspose, whyNotTranspose},
    Row{BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, runLstm, whyNotLstm},
};

const Row* findRow(BuiltinOperator code) {
  const auto* found =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.code == code; });
  return found == kRows.end() ? nullptr : found;
}

bool hasActivation(ActivationFunctionType activation) {
  return activation != ActivationFunctionType::SIGN_BIT;
}

}  // namespace

tflite::ActivationFunctionType fusedActivation(const tflite::OperatorT& op) {
  const auto& o = op.builtin_options;
  if (const auto* conv = o.AsConv2DOptions()) return conv->fused_activation_function;
  if (const auto* depthwise = o.AsDepthwiseConv2DOptions()) {
    return depthwise->fused_activation_function;
  }
  if (const auto* dense = o.AsFullyConnectedOptions()) return dense->fused_activation_function;
  if (const auto* sum = o.AsAddOptions()) return sum->fused_activation_function;
  if (const auto* difference = o.AsSubOptions()) return difference->fused_activation_function;
  if (const auto* product = o.AsMulOptions()) return product->fused_activation_function;
  if (const auto* pool = o.AsPool2DOptions()) return pool->fused_activation_function;
  if (const auto* concat = o.AsConcatenationOptions()) return concat->fused_activation_function;
  return ActivationFunctionType::NONE;
}

torch::Tensor activated(const torch::Tensor& x, ActivationFunctionType activation) {
  switch (activation) {
    case ActivationFunctionType::RELU:
      return at::relu(x);
    case ActivationFunctionType::RELU6:
      return at::clamp(x, 0, 6);
    case ActivationFunctionType::RELU_N1_TO_1:
      return at::clamp(x, -1, 1);
    case ActivationFunctionType::TANH:
      return at::tanh(x);
    default:
      return x;
  }
}

TrainedInputs trainedInputs(BuiltinOperator code) {
  switch (code) {
    case BuiltinOperator::CONV_2D:
    case BuiltinOperator::DEPTHWISE_CONV_2D:
    case BuiltinOperator::FULLY_CONNECTED:
      return {{1}, {2}};
    case BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM:
      return {{1, 2, 3, 4, 5, 6, 7, 8}, {12, 13, 14, 15}};
    default:
      return {};
  }
}

std::int64_t channelDimension(BuiltinOperator code) {
  return code == BuiltinOperator::DEPTHWISE_CONV_2D ? 3 : 0;
}

Result<TorchLayer> makeTorchLayer(const tflite::ModelT& model, std::size_t place) {
  const auto& graph = *model.subgraphs[0];
  const auto& op = *graph.operators[place];
  TorchLayer layer;
  layer.code = operatorCode(model, op);
  layer.op = std::make_shared<const tflite::OperatorT>(op);
  const auto where = "operator " + std::to_string(place) + " (" + operatorName(layer.code) + ")";
  const auto* row = findRow(layer.code);
  if (row == nullptr) return fail(ErrorCode::kUnsupported, where + " cannot be trained");
  if (!hasActivation(fusedActivation(op))) {
    return fail(ErrorCode::kUnsupported, where + " has an activation that cannot be trained");
  }
  if (op.outputs.empty() || op.inputs.empty()) {
    return fail(ErrorCode::kDamaged, where + " has no input or no output");
  }
  if (row->options != tflite::BuiltinOptions::NONE && op.builtin_options.type != row->options) {
    return fail(ErrorCode::kDamaged, where + " has no options");
  }
  const auto& shape = graph.tensors[static_cast<std::size_t>(op.outputs[0])]->shape;
  layer.output_shape.assign(shape.begin(), shape.end());
  for (const auto input : op.inputs) {
    auto& numbers = layer.numbers.emplace_back();
    if (input < 0) continue;
    const auto& tensor = *graph.tensors[static_cast<std::size_t>(input)];
    if (tensor.type != tflite::TensorType::INT32) continue;
    const auto values = constantValues<std::int32_t>(model, tensor);
    numbers.assign(values.begin(), values.end());
  }
  const auto trained = trainedInputs(layer.code);
  for (const auto position : trained.weights) {
    if (position < op.inputs.size()) continue;
    return fail(ErrorCode::kDamaged, where + " has no weights");
  }
  if (row->why_not != nullptr) {
    const auto reason = row->why_not(layer);
    if (!reason.empty()) {
      return fail(ErrorCode::kUnsupported, where + " " + reason + ", which cannot be trained");
    }
  }
  return layer;
}

Tensors runTorchLayer(const TorchLayer& layer, const Tensors& inputs) {
  return findRow(layer.code)->run(layer, inputs);
}

}  // namespace primer::toolkit
