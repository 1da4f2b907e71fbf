#include "src/quantizer/int8_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;

constexpr int kWeightLimit = 127;
constexpr float kLeastWeightScale = 1e-9f;

// Weights as output channels by what each of them multiplies.
struct WeightLayout {
  std::size_t channels = 0;
  std::size_t per_channel = 0;
  bool channel_last = false;       // depthwise: channels vary fastest
  std::size_t input_channels = 0;  // weight k of a channel meets input channel k % input_channels
  std::size_t multiplier = 1;      // depthwise: output channel c meets input channel c / multiplier

  std::size_t index(std::size_t channel, std::size_t k) const {
    return channel_last ? k * channels + channel : channel * per_channel + k;
  }
  std::size_t inputChannel(std::size_t channel, std::size_t k) const {
    return channel_last ? channel / multiplier : k % input_channels;
  }
};

class Int8Writer {
 public:
  Int8Writer(tflite::ModelT& model, const std::vector<ScaleAndZero>& plan,
             const Int8Choices& choices)
      : model_(model), graph_(*model.subgraphs[0]), plan_(plan), choices_(choices) {}

  Status write() {
    auto operators = std::move(graph_.operators);
    graph_.operators.clear();
    for (auto& op : operators) {
      PRIMER_TRY(writeOperator(*op));
      graph_.operators.push_back(std::move(op));
    }
    for (std::size_t i = 0; i < plan_.size(); ++i) {
      if (plan_[i].scale > 0) setActivation(*graph_.tensors[i], plan_[i]);
    }
    if (choices_.float_io) keepFloatEnds();
    dropUnused();
    return {};
  }

 private:
  tflite::TensorT& tensor(std::int32_t index) {
    return *graph_.tensors[static_cast<std::size_t>(index)];
  }

  static void setActivation(tflite::TensorT& tensor, const ScaleAndZero& to) {
    tensor.type = tflite::TensorType::INT8;
    tensor.quantization = std::make_unique<tflite::QuantizationParametersT>();
    tensor.quantization->scale = {to.scale};
    tensor.quantization->zero_point = {to.zero_point};
  }

  template <typename T>
  std::int32_t addConstant(const tflite::TensorT& like, tflite::TensorType type,
                           const std::vector<T>& values, std::vector<float> scales,
                           std::int32_t dimension) {
    auto added = std::make_unique<tflite::TensorT>();
    added->name = like.name;
    added->shape = like.shape;
    added->has_rank = true;
    added->type = type;
    added->buffer = addBuffer(model_, std::as_bytes(std::span(values)));
    added->quantization = std::make_unique<tflite::QuantizationParametersT>();
    added->quantization->zero_point.assign(scales.size(), 0);
    added->quantization->scale = std::move(scales);
    added->quantization->quantized_dimension = dimension;
    graph_.tensors.push_back(std::move(added));
    return static_cast<std::int32_t>(graph_.tensors.size() - 1);
  }

  std::int32_t addComputed(const tflite::TensorT& like, const std::string& name) {
    auto added = std::make_unique<tflite::TensorT>();
    added->name = name;
    added->shape = like.shape;
    added->has_rank = true;
    graph_.tensors.push_back(std::move(added));
    return static_cast<std::int32_t>(graph_.tensors.size() - 1);
  }

  std::unique_ptr<tflite::OperatorT> makeOperator(BuiltinOperator code, int version,
                                                  std::int32_t from, std::int32_t to) {
    auto op = std::make_unique<tflite::OperatorT>();
    op->opcode_index = internOperatorCode(model_, code, version);
    op->inputs = {from};
    op->outputs = {to};
    return op;
  }

  Status writeOperator(tflite::OperatorT& op) {
    const auto code = operatorCode(model_, op);
    int version = 2;
    switch (code) {
      case BuiltinOperator::CONV_2D:
      case BuiltinOperator::DEPTHWISE_CONV_2D:
      case BuiltinOperator::FULLY_CONNECTED:
        version = code == BuiltinOperator::FULLY_CONNECTED ? 4 : 3;
        PRIMER_TRY(writeWeights(op, code));
        break;
      case BuiltinOperator::RESHAPE:
        version = 1;
        break;
      case BuiltinOperator::ADD:
        for (auto& input : op.inputs) PRIMER_TRY(writeConstantOperand(input));
        break;
      case BuiltinOperator::CONCATENATION:
        for (auto& input : op.inputs) {
          PRIMER_TRY(writeConstantOperand(input));
          requantize(input, op.outputs[0]);
        }
        break;
      default:
        break;
    }
    op.opcode_index = internOperatorCode(model_, code, version);
    return {};
  }

  // A float constant that is added or concatenated.
  Status writeConstantOperand(std::int32_t& input) {
    const auto& constant = tensor(input);
    if (static_cast<std::size_t>(input) < plan_.size() &&
        plan_[static_cast<std::size_t>(input)].scale > 0) {
      return {};
    }
    if (constant.type != tflite::TensorType::FLOAT32) return {};
    const auto values = constantValues<float>(model_, constant);
    ActivationRange range;
    for (const float value : values) {
      if (!std::isfinite(value)) return notNumbers(constant);
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
    const auto chosen = scaleFor(range);
    std::vector<std::int8_t> quantized;
    for (const float value : values) {
      const float q = std::round(value / chosen.scale) + static_cast<float>(chosen.zero_point);
      quantized.push_back(static_cast<std::int8_t>(std::clamp(q, -128.0f, 127.0f)));
    }
    input = addConstant(constant, tflite::TensorType::INT8, quantized, {chosen.scale}, 0);
    tensor(input).quantization->zero_point = {chosen.zero_point};
    return {};
  }

  // Brings an input of a CONCATENATION to the output's scale, where it has another.
  void requantize(std::int32_t& input, std::int32_t output) {
    const auto& to = plan_[static_cast<std::size_t>(output)];
    const bool planned = static_cast<std::size_t>(input) < plan_.size();
    const auto from = planned ? plan_[static_cast<std::size_t>(input)]
                              : ScaleAndZero{tensor(input).quantization->scale[0],
                                             tensor(input).quantization->zero_point[0]};
    if (from.scale == to.scale && from.zero_point == to.zero_point) return;
    const auto added = addComputed(tensor(input), tensor(input).name + "/rescaled");
    setActivation(tensor(added), to);
    graph_.operators.push_back(makeOperator(BuiltinOperator::QUANTIZE, 2, input, added));
    input = added;
  }

  static tl::unexpected<Error> notNumbers(const tflite::TensorT& tensor) {
    return fail(ErrorCode::kDamaged,
                "tensor '" + tensor.name + "' holds a weight that is not a number");
  }

  WeightLayout layoutOf(const tflite::OperatorT& op, BuiltinOperator code) {
    const auto& shape = tensor(op.inputs[1]).shape;
    WeightLayout layout;
    const auto total = elementCount(shape);
    if (code == BuiltinOperator::DEPTHWISE_CONV_2D) {
      layout.channel_last = true;
      layout.channels = static_cast<std::size_t>(shape[3]);
      const auto inputs = static_cast<std::size_t>(tensor(op.inputs[0]).shape.back());
      layout.multiplier = std::max<std::size_t>(1, layout.channels / inputs);
      layout.input_channels = inputs;
    } else {
      layout.channels = static_cast<std::size_t>(shape[0]);
      layout.input_channels = static_cast<std::size_t>(shape.back());
    }
    layout.per_channel = total / layout.channels;
    return layout;
  }

  Status writeWeights(tflite::OperatorT& op, BuiltinOperator code) {
    const auto weights = constantValues<float>(model_, tensor(op.inputs[1]));
    const bool has_bias = op.inputs.size() > 2 && op.inputs[2] >= 0;
    const auto layout = layoutOf(op, code);
    if (weights.size() != layout.channels * layout.per_channel) {
      return fail(ErrorCode::kUnsupported, "the weights of " + operatorName(code) + " '" +
                                               tensor(op.inputs[1]).name + "' are not constant");
    }
    const auto bias = has_bias ? constantValues<float>(model_, tensor(op.inputs[2]))
                               : std::vector<float>(layout.channels, 0.0f);
    if (bias.size() != layout.channels) {
      return fail(ErrorCode::kUnsupported, "the bias of '" + tensor(op.inputs[1]).name +
                                               "' is not a constant of one number a channel");
    }
    const auto finite = [](float value) { return std::isfinite(value); };
    if (!std::all_of(weights.begin(), weights.end(), finite))
      return notNumbers(tensor(op.inputs[1]));
    if (!std::all_of(bias.begin(), bias.end(), finite)) return notNumbers(tensor(op.inputs[2]));

    const auto input = static_cast<std::size_t>(op.inputs[0]);
    const float input_scale = plan_[input].scale;
    const auto* means = inputMeans(input, layout.input_channels);
    std::vector<std::int8_t> quantized(weights.size());
    std::vector<std::int32_t> quantized_bias(layout.channels);
    std::vector<float> scales(layout.channels), bias_scales(layout.channels);
    for (std::size_t c = 0; c < layout.channels; ++c) {
      float greatest = 0;
      for (std::size_t k = 0; k < layout.per_channel; ++k) {
        greatest = std::max(greatest, std::abs(weights[layout.index(c, k)]));
      }
      // A channel of (nearly) no weights must still hold its bias in 32 bits.
      const float for_bias = std::abs(bias[c]) / (input_scale * 0x1p30f);
      const float scale = std::max({greatest / kWeightLimit, for_bias, kLeastWeightScale});
      double shift = 0;
      for (std::size_t k = 0; k < layout.per_channel; ++k) {
        const auto at = layout.index(c, k);
        const float q = std::clamp(std::round(weights[at] / scale), -127.0f, 127.0f);
        quantized[at] = static_cast<std::int8_t>(q);
        if (means != nullptr) {
          shift += (static_cast<double>(weights[at]) - static_cast<double>(q * scale)) *
                   (*means)[layout.inputChannel(c, k)];
        }
      }
      scales[c] = scale;
      bias_scales[c] = input_scale * scale;
      const double q =
          std::round((static_cast<double>(bias[c]) + shift) / static_cast<double>(bias_scales[c]));
      constexpr double kMost = std::numeric_limits<std::int32_t>::max();
      quantized_bias[c] = static_cast<std::int32_t>(std::clamp(q, -kMost, kMost));
    }
    tflite::TensorT bias_like;
    bias_like.shape = {static_cast<std::int32_t>(layout.channels)};
    bias_like.name = has_bias ? tensor(op.inputs[2]).name : tensor(op.inputs[1]).name + "/bias";
    const auto weights_tensor =
        addConstant(tensor(op.inputs[1]), tflite::TensorType::INT8, quantized, scales,
                    code == BuiltinOperator::DEPTHWISE_CONV_2D ? 3 : 0);
    const auto bias_tensor =
        addConstant(bias_like, tflite::TensorType::INT32, quantized_bias, bias_scales, 0);
    op.inputs = {op.inputs[0], weights_tensor, bias_tensor};
    return {};
  }

  const std::vector<double>* inputMeans(std::size_t input, std::size_t channels) const {
    if (choices_.correct_with == nullptr) return nullptr;
    const auto it = choices_.correct_with->find(input);
    if (it == choices_.correct_with->end() || it->second.channel_means.size() != channels) {
      return nullptr;
    }
    return &it->second.channel_means;
  }

  // The graph's inputs and outputs become float, with QUANTIZE and DEQUANTIZE behind and before.
  void keepFloatEnds() {
    std::vector<std::unique_ptr<tflite::OperatorT>> before;
    std::map<std::int32_t, std::int32_t> float_of;
    const auto outside = [&](std::int32_t index) {
      const auto name = tensor(index).name;
      const auto added = addComputed(tensor(index), name);
      tensor(index).name = name + "/int8";
      tensor(added).type = tflite::TensorType::FLOAT32;
      float_of[index] = added;
      return added;
    };
    for (auto& input : graph_.inputs) {
      const auto added = outside(input);
      before.push_back(makeOperator(BuiltinOperator::QUANTIZE, 1, added, input));
      input = added;
    }
    for (auto& output : graph_.outputs) {
      const auto known = float_of.find(output);
      if (known != float_of.end()) {
        output = known->second;
        continue;
      }
      const auto added = outside(output);
      graph_.operators.push_back(makeOperator(BuiltinOperator::DEQUANTIZE, 2, output, added));
      output = added;
    }
    graph_.operators.insert(graph_.operators.begin(), std::make_move_iterator(before.begin()),
                            std::make_move_iterator(before.end()));
    for (auto& signature : model_.signature_defs) {
      for (auto* maps : {&signature->inputs, &signature->outputs}) {
        for (auto& entry : *maps) {
          const auto it = float_of.find(static_cast<std::int32_t>(entry->tensor_index));
          if (it != float_of.end()) entry->tensor_index = static_cast<std::uint32_t>(it->second);
        }
      }
    }
  }

  // Removes tensors, buffers and operator codes that nothing names any more.
  void dropUnused() {
    std::vector<std::int32_t> new_index(graph_.tensors.size(), -1);
    const auto use = [&](const std::vector<std::int32_t>& indices) {
      for (const auto index : indices) {
        if (index >= 0) new_index[static_cast<std::size_t>(index)] = 0;
      }
    };
    use(graph_.inputs);
    use(graph_.outputs);
    for (const auto& op : graph_.operators) {
      use(op->inputs);
      use(op->outputs);
    }
    std::vector<std::unique_ptr<tflite::TensorT>> tensors;
    for (std::size_t i = 0; i < new_index.size(); ++i) {
      if (new_index[i] < 0) continue;
      new_index[i] = static_cast<std::int32_t>(tensors.size());
      tensors.push_back(std::move(graph_.tensors[i]));
    }
    graph_.tensors = std::move(tensors);
    const auto renumber = [&](std::vector<std::int32_t>& indices) {
      for (auto& index : indices) {
        if (index >= 0) index = new_index[static_cast<std::size_t>(index)];
      }
    };
    renumber(graph_.inputs);
    renumber(graph_.outputs);
    for (auto& op : graph_.operators) {
      renumber(op->inputs);
      renumber(op->outputs);
    }
    for (auto& signature : model_.signature_defs) {
      for (auto* maps : {&signature->inputs, &signature->outputs}) {
        for (auto& entry : *maps) {
          entry->tensor_index =
              static_cast<std::uint32_t>(new_index[static_cast<std::size_t>(entry->tensor_index)]);
        }
      }
    }
    dropUnusedBuffers();
    dropUnusedCodes();
  }

  void dropUnusedBuffers() {
    std::vector<std::unique_ptr<tflite::BufferT>> buffers;
    std::map<std::uint32_t, std::uint32_t> moved;
    buffers.push_back(std::make_unique<tflite::BufferT>());
    moved[0] = 0;
    const auto keep = [&](std::uint32_t& index) {
      const auto [it, added] = moved.emplace(index, static_cast<std::uint32_t>(buffers.size()));
      if (added) buffers.push_back(std::move(model_.buffers[index]));
      index = it->second;
    };
    for (auto& tensor : graph_.tensors) keep(tensor->buffer);
    for (auto& entry : model_.metadata) keep(entry->buffer);
    model_.metadata_buffer.clear();
    model_.buffers = std::move(buffers);
  }

  void dropUnusedCodes() {
    std::vector<std::unique_ptr<tflite::OperatorCodeT>> codes;
    std::map<std::uint32_t, std::uint32_t> moved;
    for (auto& op : graph_.operators) {
      const auto [it, added] =
          moved.emplace(op->opcode_index, static_cast<std::uint32_t>(codes.size()));
      if (added) codes.push_back(std::move(model_.operator_codes[op->opcode_index]));
      op->opcode_index = it->second;
    }
    model_.operator_codes = std::move(codes);
  }

  tflite::ModelT& model_;
  tflite::SubGraphT& graph_;
  const std::vector<ScaleAndZero>& plan_;  // of the float model's tensors
  const Int8Choices& choices_;
};

}  // namespace

Status writeInt8(tflite::ModelT& model, const std::vector<ScaleAndZero>& plan,
                 const Int8Choices& choices) {
  return Int8Writer(model, plan, choices).write();
}

}  // namespace primer::toolkit
