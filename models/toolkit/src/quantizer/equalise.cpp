#include "src/quantizer/equalise.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "src/quantizer/float_model.h"
#include "src/quantizer/weights.h"

namespace primer::toolkit {

namespace {

using tflite::ActivationFunctionType;
using tflite::BuiltinOperator;

constexpr int kRounds = 3;            // chains of layers settle within a few
constexpr float kGreatestStep = 100;  // a dead channel would ask for any number

class Equaliser {
 public:
  Equaliser(tflite::ModelT& model, tflite::SubGraphT& graph) : model_(model), graph_(graph) {
    takers_.resize(graph.tensors.size());
    for (std::size_t i = 0; i < graph.operators.size(); ++i) {
      for (const auto input : graph.operators[i]->inputs) {
        if (input >= 0) takers_[static_cast<std::size_t>(input)].push_back(i);
      }
    }
  }

  std::size_t run() {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < graph_.operators.size(); ++i) {
      if (!isLayer(i) || !isLinearOrRelu(i)) continue;
      const auto next = nextLayer(graph_.operators[i]->outputs[0]);
      if (next < graph_.operators.size()) pairs.emplace_back(i, next);
    }
    for (int round = 0; round < kRounds; ++round) {
      for (const auto& [first, second] : pairs) even(first, second);
    }
    return pairs.size();
  }

 private:
  BuiltinOperator codeOf(std::size_t i) const { return operatorCode(model_, *graph_.operators[i]); }
  tflite::TensorT& tensor(std::int32_t index) {
    return *graph_.tensors[static_cast<std::size_t>(index)];
  }

  // A layer whose weights and bias are constants of its own.
  bool isLayer(std::size_t i) {
    const auto code = codeOf(i);
    if (code != BuiltinOperator::CONV_2D && code != BuiltinOperator::DEPTHWISE_CONV_2D &&
        code != BuiltinOperator::FULLY_CONNECTED) {
      return false;
    }
    const auto& inputs = graph_.operators[i]->inputs;
    for (const std::size_t position : {std::size_t{1}, std::size_t{2}}) {
      if (position >= inputs.size() || inputs[position] < 0) {
        if (position == 1) return false;
        continue;
      }
      const auto& one = tensor(inputs[position]);
      if (!isConstant(model_, one) || !ownsBuffer(inputs[position])) return false;
      if (one.type != tflite::TensorType::FLOAT32) return false;
    }
    return true;
  }

  bool ownsBuffer(std::int32_t index) {
    if (takers_[static_cast<std::size_t>(index)].size() != 1) return false;
    std::size_t users = 0;
    for (const auto& graph : model_.subgraphs) {
      for (const auto& other : graph->tensors)
        users += other->buffer == tensor(index).buffer ? 1 : 0;
    }
    return users == 1;
  }

  bool isLinearOrRelu(std::size_t i) const {
    const auto& options = graph_.operators[i]->builtin_options;
    auto activation = ActivationFunctionType::TANH;
    if (const auto* conv = options.AsConv2DOptions()) {
      activation = conv->fused_activation_function;
    } else if (const auto* depthwise = options.AsDepthwiseConv2DOptions()) {
      activation = depthwise->fused_activation_function;
    } else if (const auto* dense = options.AsFullyConnectedOptions()) {
      activation = dense->fused_activation_function;
    }
    return activation == ActivationFunctionType::NONE || activation == ActivationFunctionType::RELU;
  }

  // The layer that alone takes a tensor, straight or through a RELU; none: past the end.
  std::size_t nextLayer(std::int32_t value) {
    const auto none = graph_.operators.size();
    for (int steps = 0; steps < 2; ++steps) {
      const auto& takers = takers_[static_cast<std::size_t>(value)];
      const bool is_output = std::count(graph_.outputs.begin(), graph_.outputs.end(), value) > 0;
      if (takers.size() != 1 || is_output) return none;
      const auto taker = takers[0];
      if (isLayer(taker) && graph_.operators[taker]->inputs[0] == value) return taker;
      if (codeOf(taker) != BuiltinOperator::RELU) return none;
      value = graph_.operators[taker]->outputs[0];
    }
    return none;
  }

  void even(std::size_t first, std::size_t second) {
    const auto& a = *graph_.operators[first];
    const auto& b = *graph_.operators[second];
    auto out = constantValues<float>(model_, tensor(a.inputs[1]));
    auto in = constantValues<float>(model_, tensor(b.inputs[1]));
    const bool depthwise = codeOf(first) == BuiltinOperator::DEPTHWISE_CONV_2D;
    const auto outputs = layoutOf(tensor(a.inputs[1]).shape, depthwise ? 3 : 0);
    const auto channels = outputs.channels;
    const InputChannels inputs(codeOf(second), tensor(b.inputs[1]).shape, channels);
    std::vector<float> bias(channels);
    const bool has_bias = a.inputs.size() > 2 && a.inputs[2] >= 0;
    if (has_bias) bias = constantValues<float>(model_, tensor(a.inputs[2]));
    if (bias.size() != channels || out.size() != outputs.total) return;

    std::vector<float> made(channels), taken(channels);
    for (std::size_t i = 0; i < out.size(); ++i) {
      auto& range = made[outputs.channelOf(i)];
      range = std::max(range, std::abs(out[i]));
    }
    for (std::size_t i = 0; i < in.size(); ++i) {
      const auto c = inputs.of(i);
      if (c >= channels) return;
      taken[c] = std::max(taken[c], std::abs(in[i]));
    }
    std::vector<float> step(channels, 1.0f);
    for (std::size_t c = 0; c < channels; ++c) {
      if (!(made[c] > 0) || !(taken[c] > 0)) continue;
      const float wanted = std::sqrt(made[c] / taken[c]);
      step[c] = std::isfinite(wanted) ? std::clamp(wanted, 1 / kGreatestStep, kGreatestStep) : 1.0f;
    }
    for (std::size_t i = 0; i < out.size(); ++i) out[i] /= step[outputs.channelOf(i)];
    for (std::size_t c = 0; c < channels; ++c) bias[c] /= step[c];
    for (std::size_t i = 0; i < in.size(); ++i) in[i] *= step[inputs.of(i)];
    store(a.inputs[1], out);
    if (has_bias) store(a.inputs[2], bias);
    store(b.inputs[1], in);
  }

  void store(std::int32_t index, const std::vector<float>& values) {
    const auto* begin = reinterpret_cast<const std::uint8_t*>(values.data());
    model_.buffers[tensor(index).buffer]->data.assign(begin, begin + values.size() * sizeof(float));
  }

  tflite::ModelT& model_;
  tflite::SubGraphT& graph_;
  std::vector<std::vector<std::size_t>> takers_;  // of each tensor
};

}  // namespace

std::size_t equaliseLayers(tflite::ModelT& model) {
  std::size_t pairs = 0;
  for (const auto& entry : entriesOf(model)) {
    pairs += Equaliser(model, *model.subgraphs[entry.subgraph]).run();
  }
  return pairs;
}

}  // namespace primer::toolkit
