#include "training/torch_graph.h"

#include <ATen/ATen.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "training/fused_norm.h"

namespace primer::toolkit {

namespace {

using tflite::ActivationFunctionType;
using tflite::BuiltinOperator;
using torch::Tensor;

constexpr double kNormEpsilon = 1e-3;
constexpr double kNormMomentum = 0.1;

Tensor asChannelsFirst(const Tensor& x) { return x.permute({0, 3, 1, 2}); }
Tensor asChannelsLast(const Tensor& x) { return x.permute({0, 2, 3, 1}); }

Tensor activated(const Tensor& x, ActivationFunctionType activation) {
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

// Zeros before and after one dimension under a window.
struct Margin {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

Margin marginOf(std::int64_t length, std::int64_t kernel, std::int64_t stride,
                std::int64_t dilation, tflite::Padding padding) {
  if (padding == tflite::Padding::VALID) return {};
  const auto out = (length + stride - 1) / stride;
  const auto total =
      std::max<std::int64_t>(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - length);
  return {total / 2, total - total / 2};
}

Tensor padded(const Tensor& x, const Margin& height, const Margin& width, double value = 0) {
  return at::constant_pad_nd(x, {0, 0, width.before, width.after, height.before, height.after},
                             value);
}

Tensor convolved(Tensor x, const Tensor& weights, const Tensor& bias, at::IntArrayRef stride,
                 at::IntArrayRef dilation, tflite::Padding padding, std::int64_t kernel_height,
                 std::int64_t kernel_width, std::int64_t groups) {
  const auto height = marginOf(x.size(1), kernel_height, stride[0], dilation[0], padding);
  const auto width = marginOf(x.size(2), kernel_width, stride[1], dilation[1], padding);
  std::vector<std::int64_t> even = {height.before, width.before};
  if (height.before != height.after || width.before != width.after) {
    x = padded(x, height, width);
    even = {0, 0};
  }
  return asChannelsLast(
      at::conv2d(asChannelsFirst(x), weights, bias, stride, even, dilation, groups));
}

Tensor pooled(const Tensor& x, const tflite::Pool2DOptionsT& o, bool average) {
  const auto height = marginOf(x.size(1), o.filter_height, o.stride_h, 1, o.padding);
  const auto width = marginOf(x.size(2), o.filter_width, o.stride_w, 1, o.padding);
  const bool has_margin = height.before + height.after + width.before + width.after > 0;
  const std::vector<std::int64_t> kernel = {o.filter_height, o.filter_width};
  const std::vector<std::int64_t> stride = {o.stride_h, o.stride_w};
  if (!average) {
    const auto in =
        has_margin ? padded(x, height, width, -std::numeric_limits<float>::infinity()) : x;
    return asChannelsLast(at::max_pool2d(asChannelsFirst(in), kernel, stride));
  }
  const auto mean = [&](const Tensor& in) {
    return asChannelsLast(at::avg_pool2d(asChannelsFirst(in), kernel, stride));
  };
  if (!has_margin) return mean(x);
  // Only what lies in the image counts: divide by the share of the window that does.
  const auto inside = padded(at::ones({1, x.size(1), x.size(2), 1}), height, width);
  return mean(padded(x, height, width)) / mean(inside);
}

tflite::ActivationFunctionType fusedActivation(const tflite::OperatorT& op) {
  const auto& o = op.builtin_options;
  if (const auto* conv = o.AsConv2DOptions()) return conv->fused_activation_function;
  if (const auto* depthwise = o.AsDepthwiseConv2DOptions()) {
    return depthwise->fused_activation_function;
  }
  if (const auto* dense = o.AsFullyConnectedOptions()) return dense->fused_activation_function;
  if (const auto* sum = o.AsAddOptions()) return sum->fused_activation_function;
  if (const auto* pool = o.AsPool2DOptions()) return pool->fused_activation_function;
  if (const auto* concat = o.AsConcatenationOptions()) return concat->fused_activation_function;
  return ActivationFunctionType::NONE;
}

bool hasWeights(BuiltinOperator code) {
  return code == BuiltinOperator::CONV_2D || code == BuiltinOperator::DEPTHWISE_CONV_2D ||
         code == BuiltinOperator::FULLY_CONNECTED;
}

bool trainable(BuiltinOperator code) {
  switch (code) {
    case BuiltinOperator::CONV_2D:
    case BuiltinOperator::DEPTHWISE_CONV_2D:
    case BuiltinOperator::FULLY_CONNECTED:
    case BuiltinOperator::MAX_POOL_2D:
    case BuiltinOperator::AVERAGE_POOL_2D:
    case BuiltinOperator::MEAN:
    case BuiltinOperator::ADD:
    case BuiltinOperator::PAD:
    case BuiltinOperator::RESHAPE:
    case BuiltinOperator::SOFTMAX:
    case BuiltinOperator::LOGISTIC:
    case BuiltinOperator::RELU:
    case BuiltinOperator::RELU6:
    case BuiltinOperator::CONCATENATION:
      return true;
    default:
      return false;
  }
}

// Whether a layer without a fused activation is followed by one, or by a sum (a residual branch).
bool leadsToActivation(const tflite::ModelT& model, std::int32_t tensor) {
  const auto& graph = *model.subgraphs[0];
  int uses = 0;
  bool leads = false;
  for (const auto& op : graph.operators) {
    if (std::count(op->inputs.begin(), op->inputs.end(), tensor) == 0) continue;
    ++uses;
    const auto code = operatorCode(model, *op);
    leads = code == BuiltinOperator::RELU || code == BuiltinOperator::RELU6 ||
            code == BuiltinOperator::ADD;
  }
  const bool is_output = std::count(graph.outputs.begin(), graph.outputs.end(), tensor) != 0;
  return uses == 1 && leads && !is_output;
}

// Dimension of the weights that counts the layer's output channels.
std::int64_t channelDimension(BuiltinOperator code) {
  return code == BuiltinOperator::DEPTHWISE_CONV_2D ? 3 : 0;
}

}  // namespace

Result<int> TorchGraph::addParameter(std::int32_t tensor, bool decays) {
  const auto& description = *model_->subgraphs[0]->tensors[static_cast<std::size_t>(tensor)];
  if (!seen_.insert(tensor).second) {
    return fail(ErrorCode::kUnsupported,
                "tensor '" + description.name +
                    "' is shared by several layers: that cannot be trained "
                    "in this version");
  }
  const auto values = constantValues<float>(*model_, description);
  if (description.type != tflite::TensorType::FLOAT32 || values.empty() ||
      values.size() != elementCount(description.shape)) {
    return fail(ErrorCode::kUnsupported, "tensor '" + description.name +
                                             "' is not a float constant: a float model is needed "
                                             "for training");
  }
  if (!std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); })) {
    return fail(ErrorCode::kDamaged,
                "tensor '" + description.name + "' holds a weight that is not a number");
  }
  const std::vector<std::int64_t> shape(description.shape.begin(), description.shape.end());
  auto value = torch::empty(shape, torch::kFloat32);
  std::memcpy(value.data_ptr<float>(), values.data(), values.size() * sizeof(float));
  parameters_.push_back({value, decays});
  return static_cast<int>(parameters_.size() - 1);
}

Status TorchGraph::importLayer(const tflite::OperatorT& op, std::size_t index, bool norm) {
  const auto& graph = *model_->subgraphs[0];
  const auto code = operatorCode(*model_, op);
  const auto where = "operator " + std::to_string(index) + " (" + operatorName(code) + ")";
  if (!trainable(code)) return fail(ErrorCode::kUnsupported, where + " cannot be trained");
  operators_.push_back(std::make_shared<const tflite::OperatorT>(op));
  Layer layer;
  layer.code = code;
  layer.op = operators_.back().get();
  const auto activation = fusedActivation(op);
  if (activation == ActivationFunctionType::SIGN_BIT) {
    return fail(ErrorCode::kUnsupported, where + " has an activation that cannot be trained");
  }
  if (hasWeights(code)) {
    if (op.inputs.size() < 2) return fail(ErrorCode::kDamaged, where + " has no weights");
    PRIMER_ASSIGN(layer.weights, addParameter(op.inputs[1], true));
    const bool has_bias = op.inputs.size() > 2 && op.inputs[2] >= 0;
    norm =
        norm && has_bias &&
        (activation != ActivationFunctionType::NONE || leadsToActivation(*model_, op.outputs[0]));
    if (has_bias) {
      PRIMER_ASSIGN(layer.bias, addParameter(op.inputs[2], false));
    }
    if (norm) {
      // The bias becomes the norm's shift, so that what was imported means the same.
      layer.norm_shift = std::exchange(layer.bias, -1);
      const auto channels = parameters_.back().value.numel();
      parameters_.push_back({torch::full({channels}, std::sqrt(1 + kNormEpsilon)), false});
      layer.norm_scale = static_cast<int>(parameters_.size() - 1);
      statistics_.push_back(torch::zeros({channels}));
      layer.norm_mean = static_cast<int>(statistics_.size() - 1);
      statistics_.push_back(torch::ones({channels}));
      layer.norm_variance = static_cast<int>(statistics_.size() - 1);
    }
  } else if (code == BuiltinOperator::MEAN || code == BuiltinOperator::PAD) {
    if (op.inputs.size() < 2 || op.inputs[1] < 0) {
      return fail(ErrorCode::kDamaged, where + " lacks its second input");
    }
    const auto& second = *graph.tensors[static_cast<std::size_t>(op.inputs[1])];
    const auto values = constantValues<std::int32_t>(*model_, second);
    if (second.type != tflite::TensorType::INT32 || values.empty()) {
      return fail(ErrorCode::kUnsupported, where + ": its second input is not a constant");
    }
    layer.numbers.assign(values.begin(), values.end());
  } else if (code == BuiltinOperator::RESHAPE) {
    const auto& shape = graph.tensors[static_cast<std::size_t>(op.outputs[0])]->shape;
    layer.numbers.assign(shape.begin(), shape.end());
    if (shape.empty() || shape[0] != 1) {
      return fail(ErrorCode::kUnsupported, where + " changes the batch dimension");
    }
  }
  layers_.push_back(std::move(layer));
  return {};
}

Result<TorchGraph> TorchGraph::import(const tflite::ModelT& model, const Options& options) {
  TorchGraph graph;
  const auto& subgraph = *model.subgraphs[0];
  if (model.subgraphs.size() != 1) {
    return fail(ErrorCode::kUnsupported, "a model of several subgraphs cannot be trained");
  }
  graph.model_ = &model;
  graph.inputs_ = subgraph.inputs;
  graph.outputs_ = subgraph.outputs;
  graph.tensor_count_ = subgraph.tensors.size();
  for (std::size_t i = 0; i < subgraph.operators.size(); ++i) {
    PRIMER_TRY(graph.importLayer(*subgraph.operators[i], i, options.batch_norm));
  }
  if (options.scores) {
    for (auto& output : graph.outputs_) {
      for (const auto& layer : graph.layers_) {
        const bool squashes =
            layer.code == BuiltinOperator::SOFTMAX || layer.code == BuiltinOperator::LOGISTIC;
        if (squashes && layer.op->outputs[0] == output) {
          output = layer.op->inputs[0];
          break;
        }
      }
    }
  }
  graph.model_ = nullptr;
  graph.shareFlat(true);
  return graph;
}

// Makes one vector of all parameters (unless they are shared already), one of their gradients and
// one of the statistics, and every tensor a view of its part.
void TorchGraph::shareFlat(bool with_parameters) {
  const torch::NoGradGuard no_gradients;
  const auto joined = [](const std::vector<Tensor>& parts) {
    std::vector<Tensor> flat = {torch::empty({0})};
    for (const auto& part : parts) flat.push_back(part.detach().reshape({-1}));
    return at::cat(flat);
  };
  if (with_parameters) {
    std::vector<Tensor> values;
    std::vector<Tensor> decays;
    for (const auto& parameter : parameters_) {
      values.push_back(parameter.value);
      decays.push_back(at::full_like(parameter.value, parameter.decays ? 1.0 : 0.0));
    }
    flat_parameters_ = joined(values);
    flat_decays_ = joined(decays);
  }
  flat_gradients_ = at::zeros_like(flat_parameters_);
  flat_statistics_ = joined(statistics_);
  std::int64_t at = 0;
  for (auto& parameter : parameters_) {
    const auto shape = parameter.value.sizes().vec();
    const auto count = parameter.value.numel();
    parameter.value = flat_parameters_.narrow(0, at, count).view(shape).detach();
    parameter.value.requires_grad_();
    parameter.value.mutable_grad() = flat_gradients_.narrow(0, at, count).view(shape);
    at += count;
  }
  at = 0;
  for (auto& statistic : statistics_) {
    const auto count = statistic.numel();
    statistic = flat_statistics_.narrow(0, at, count);
    at += count;
  }
}

TorchGraph TorchGraph::replica() const {
  TorchGraph copy = *this;
  copy.shareFlat(false);
  return copy;
}

Tensor TorchGraph::runWeighted(const Layer& layer, const Tensor& x, bool training) {
  const auto& weights = parameters_[static_cast<std::size_t>(layer.weights)].value;
  const auto bias =
      layer.bias < 0 ? Tensor() : parameters_[static_cast<std::size_t>(layer.bias)].value;
  Tensor y;
  if (const auto* dense = layer.op->builtin_options.AsFullyConnectedOptions();
      dense != nullptr || layer.code == BuiltinOperator::FULLY_CONNECTED) {
    const bool keep = dense != nullptr && dense->keep_num_dims;
    y = at::linear(keep ? x : x.reshape({-1, weights.size(1)}), weights, bias);
  } else if (const auto* conv = layer.op->builtin_options.AsConv2DOptions()) {
    y = convolved(x, asChannelsFirst(weights), bias, {conv->stride_h, conv->stride_w},
                  {conv->dilation_h_factor, conv->dilation_w_factor}, conv->padding,
                  weights.size(1), weights.size(2), 1);
  } else if (const auto* depthwise = layer.op->builtin_options.AsDepthwiseConv2DOptions()) {
    y = convolved(x, weights.permute({3, 0, 1, 2}), bias,
                  {depthwise->stride_h, depthwise->stride_w},
                  {depthwise->dilation_h_factor, depthwise->dilation_w_factor}, depthwise->padding,
                  weights.size(1), weights.size(2), x.size(3));
  }
  if (layer.norm_scale >= 0) {
    const auto& scale = parameters_[static_cast<std::size_t>(layer.norm_scale)].value;
    const auto& shift = parameters_[static_cast<std::size_t>(layer.norm_shift)].value;
    const auto& mean = statistics_[static_cast<std::size_t>(layer.norm_mean)];
    const auto& variance = statistics_[static_cast<std::size_t>(layer.norm_variance)];
    const auto fused = fusedActivation(*layer.op);
    if (training && fusable(fused)) {
      return fusedNorm(y, scale, shift, mean, variance, kNormEpsilon, fused);
    }
    const bool image = y.dim() == 4;
    y = at::batch_norm(image ? asChannelsFirst(y) : y, scale, shift, mean, variance, training,
                       kNormMomentum, kNormEpsilon, false);
    if (image) y = asChannelsLast(y);
  }
  return activated(y, fusedActivation(*layer.op));
}

Tensor TorchGraph::run(const Layer& layer, const std::vector<Tensor>& inputs, bool training) {
  const auto& x = inputs[0];
  switch (layer.code) {
    case BuiltinOperator::MAX_POOL_2D:
    case BuiltinOperator::AVERAGE_POOL_2D:
      return activated(pooled(x, *layer.op->builtin_options.AsPool2DOptions(),
                              layer.code == BuiltinOperator::AVERAGE_POOL_2D),
                       fusedActivation(*layer.op));
    case BuiltinOperator::MEAN: {
      const auto* o = layer.op->builtin_options.AsReducerOptions();
      return at::mean(x, layer.numbers, o != nullptr && o->keep_dims);
    }
    case BuiltinOperator::ADD:
      return activated(at::add(x, inputs[1]), fusedActivation(*layer.op));
    case BuiltinOperator::PAD: {
      std::vector<std::int64_t> margins;  // libtorch counts from the last dimension
      for (std::size_t d = layer.numbers.size() / 2; d-- > 0;) {
        margins.push_back(layer.numbers[2 * d]);
        margins.push_back(layer.numbers[2 * d + 1]);
      }
      return at::constant_pad_nd(x, margins, 0);
    }
    case BuiltinOperator::RESHAPE: {
      auto shape = layer.numbers;
      shape[0] = x.size(0);
      return x.reshape(shape);
    }
    case BuiltinOperator::SOFTMAX: {
      const auto* o = layer.op->builtin_options.AsSoftmaxOptions();
      return at::softmax(o == nullptr ? x : x * o->beta, -1);
    }
    case BuiltinOperator::LOGISTIC:
      return at::sigmoid(x);
    case BuiltinOperator::RELU:
      return at::relu(x);
    case BuiltinOperator::RELU6:
      return at::clamp(x, 0, 6);
    case BuiltinOperator::CONCATENATION:
      return activated(at::cat(inputs, layer.op->builtin_options.AsConcatenationOptions()->axis),
                       fusedActivation(*layer.op));
    default:
      return runWeighted(layer, x, training);
  }
}

std::vector<Tensor> TorchGraph::forward(const std::vector<Tensor>& inputs, bool training) {
  std::vector<Tensor> values(tensor_count_);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    values[static_cast<std::size_t>(inputs_[i])] = inputs[i];
  }
  for (const auto& layer : layers_) {
    std::vector<Tensor> arguments;
    for (const auto index : layer.op->inputs) {
      if (index >= 0 && values[static_cast<std::size_t>(index)].defined()) {
        arguments.push_back(values[static_cast<std::size_t>(index)]);
      }
    }
    values[static_cast<std::size_t>(layer.op->outputs[0])] = run(layer, arguments, training);
  }
  std::vector<Tensor> outputs;
  for (const auto index : outputs_) {
    const auto& value = values[static_cast<std::size_t>(index)];
    outputs.push_back(value.reshape({value.size(0), -1}));
  }
  return outputs;
}

void TorchGraph::writeBack(tflite::ModelT& model) const {
  const torch::NoGradGuard no_gradients;
  const auto write = [&](std::int32_t tensor, const Tensor& value) {
    const auto flat = value.contiguous();
    const auto& description = *model.subgraphs[0]->tensors[static_cast<std::size_t>(tensor)];
    auto& data = model.buffers[description.buffer]->data;
    data.resize(static_cast<std::size_t>(flat.numel()) * sizeof(float));
    std::memcpy(data.data(), flat.data_ptr<float>(), data.size());
  };
  for (const auto& layer : layers_) {
    if (layer.weights < 0) continue;
    auto weights = parameters_[static_cast<std::size_t>(layer.weights)].value.to(torch::kFloat64);
    if (layer.norm_scale >= 0) {
      const auto value = [](const Tensor& t) { return t.to(torch::kFloat64); };
      const auto scale = value(parameters_[static_cast<std::size_t>(layer.norm_scale)].value);
      const auto shift = value(parameters_[static_cast<std::size_t>(layer.norm_shift)].value);
      const auto mean = value(statistics_[static_cast<std::size_t>(layer.norm_mean)]);
      const auto variance = value(statistics_[static_cast<std::size_t>(layer.norm_variance)]);
      const auto factor = scale / at::sqrt(variance + kNormEpsilon);
      std::vector<std::int64_t> along(static_cast<std::size_t>(weights.dim()), 1);
      along[static_cast<std::size_t>(channelDimension(layer.code))] = -1;
      weights = weights * factor.reshape(along);
      write(layer.op->inputs[2], (shift - mean * factor).to(torch::kFloat32));
    } else if (layer.bias >= 0) {
      write(layer.op->inputs[2], parameters_[static_cast<std::size_t>(layer.bias)].value.detach());
    }
    write(layer.op->inputs[1], weights.to(torch::kFloat32));
  }
}

}  // namespace primer::toolkit
