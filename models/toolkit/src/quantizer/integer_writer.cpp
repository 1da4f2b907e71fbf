#include "src/quantizer/integer_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "src/quantizer/float_model.h"
#include "src/quantizer/graph_edit.h"
#include "src/quantizer/lstm_writer.h"

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;
using tflite::TensorType;

template <typename T>
std::vector<T> levelsOf(std::span<const float> values, const ScaleAndZero& to) {
  const float low = sizeof(T) == 1 ? -128.0f : -32767.0f;
  const float high = std::numeric_limits<T>::max();
  std::vector<T> levels;
  for (const float value : values) {
    const float level = std::round(value / to.scale) + static_cast<float>(to.zero_point);
    levels.push_back(static_cast<T>(std::clamp(level, low, high)));
  }
  return levels;
}

template <typename T>
std::vector<T> biasLevels(std::span<const double> bias, std::span<const float> scales) {
  // Half the range of 64 bits: a double near its end is no exact number.
  constexpr double kMost = sizeof(T) == 4 ? std::numeric_limits<std::int32_t>::max() : 0x1p62;
  std::vector<T> levels;
  for (std::size_t c = 0; c < bias.size(); ++c) {
    const double level = std::round(bias[c] / static_cast<double>(scales[c]));
    levels.push_back(static_cast<T>(std::clamp(level, -kMost, kMost)));
  }
  return levels;
}

class IntegerWriter {
 public:
  IntegerWriter(tflite::ModelT& model, std::size_t g, const GraphPlan& plan,
                const WriteChoices& choices)
      : model_(model), g_(g), graph_(*model.subgraphs[g]), plan_(plan), choices_(choices) {}

  Status write() {
    PRIMER_TRY(setHomes());
    auto operators = std::move(graph_.operators);
    graph_.operators.clear();
    for (std::size_t i = 0; i < operators.size(); ++i) {
      PRIMER_TRY(writeOperator(*operators[i], i).map_error([&](const Error& error) {
        return error.withContext("operator " + std::to_string(i));
      }));
      graph_.operators.push_back(std::move(operators[i]));
    }
    if (choices_.float_io) keepFloatOutputs();
    return {};
  }

 private:
  struct Home {
    Precision precision = Precision::kFloat;
    ScaleAndZero scale;
  };

  tflite::TensorT& tensor(std::int32_t index) {
    return *graph_.tensors[static_cast<std::size_t>(index)];
  }

  // Every activation has the type and scale that its maker gives it; an input, those of the first
  // operator that takes it.
  Status setHomes() {
    homes_.resize(graph_.tensors.size());
    const auto settle = [&](std::int32_t index, Precision precision) -> Status {
      const auto& scale = plan_.at(precision, index);
      if (scale.scale <= 0) return unseen(index);
      homes_[static_cast<std::size_t>(index)] = {precision, scale};
      return {};
    };
    for (std::size_t i = 0; i < graph_.operators.size(); ++i) {
      const auto precision = plan_.precisions[i];
      if (precision == Precision::kFloat) continue;
      for (const auto output : graph_.operators[i]->outputs) {
        if (isFloat(graph_, output)) PRIMER_TRY(settle(output, precision));
      }
    }
    for (const auto input : graph_.inputs) {
      if (choices_.float_io || !isFloat(graph_, input)) continue;
      for (std::size_t i = 0; i < graph_.operators.size(); ++i) {
        const auto& inputs = graph_.operators[i]->inputs;
        const bool taken = std::count(inputs.begin(), inputs.end(), input) > 0;
        if (!taken || plan_.precisions[i] == Precision::kFloat) continue;
        PRIMER_TRY(settle(input, plan_.precisions[i]));
        break;
      }
    }
    return {};
  }

  tl::unexpected<Error> unseen(std::int32_t index) {
    return fail(ErrorCode::kUnsupported,
                "no values of '" + tensor(index).name +
                    "' are seen on the calibration data: it hangs on constants only");
  }

  Status writeOperator(tflite::OperatorT& op, std::size_t place) {
    const auto precision = plan_.precisions[place];
    const auto code = operatorCode(model_, op);
    const auto* rule = precision == Precision::kFloat ? nullptr : findOperatorRule(code);
    if (rule != nullptr && rule->weights >= 0) layer_input_ = floatActivationOf(op, *rule);
    for (std::size_t i = 0; i < op.inputs.size(); ++i) {
      auto& input = op.inputs[i];
      if (!isOriginalFloat(input)) continue;
      if (rule == nullptr) {
        if (!isConstant(model_, tensor(input))) input = inForm(input, Precision::kFloat, {});
      } else if (isActivation(*rule, i)) {
        // Where a scale is shared, it is the output's.
        const bool shared = rule->output == ScaleRule::kShared && isOriginalFloat(op.outputs[0]);
        const auto& wanted = plan_.at(precision, shared ? op.outputs[0] : input);
        if (wanted.scale <= 0) return unseen(input);
        if (isConstant(model_, tensor(input))) {
          PRIMER_ASSIGN(input, constantIn(input, precision, wanted));
        } else {
          input = inForm(input, precision, wanted);
        }
      }
    }
    if (rule != nullptr) {
      if (rule->weights >= 0) PRIMER_TRY(writeWeights(op, *rule, place));
      if (rule->recurrent) {
        PRIMER_TRY(writeLstm(model_, graph_, op, plan_.at(precision, op.outputs[0])));
      }
      const auto version =
          std::max(model_.operator_codes[op.opcode_index]->version, versionFor(rule, precision));
      op.opcode_index = internOperatorCode(model_, code, version);
      if (precision == Precision::kInt16) sayScalesAreFree(op, code);
    }
    for (const auto output : op.outputs) {
      if (!isOriginalFloat(output)) continue;
      const auto& home = homes_[static_cast<std::size_t>(output)];
      setActivation(tensor(output), home.precision, home.scale);
    }
    return {};
  }

  // A tensor of the float model that was float (its type may have changed by now).
  bool isOriginalFloat(std::int32_t index) {
    if (index < 0 || static_cast<std::size_t>(index) >= homes_.size()) return false;
    return tensor(index).type == TensorType::FLOAT32 ||
           homes_[static_cast<std::size_t>(index)].precision != Precision::kFloat;
  }

  // The tensor that holds an activation's values in a type and scale: itself, or behind a
  // conversion, which is put here when it is first asked for.
  std::int32_t inForm(std::int32_t index, Precision precision, const ScaleAndZero& scale) {
    const auto& home = homes_[static_cast<std::size_t>(index)];
    // Inputs get their type here: no operator gives them.
    if (tensor(index).type == TensorType::FLOAT32 && home.precision != Precision::kFloat) {
      setActivation(tensor(index), home.precision, home.scale);
    }
    const bool same =
        home.precision == precision && (precision == Precision::kFloat || home.scale == scale);
    if (same) return index;
    const auto key = std::make_tuple(index, precision, scale.scale, scale.zero_point);
    const auto known = forms_.find(key);
    if (known != forms_.end()) return known->second;
    const auto added = addComputed(
        graph_, index, tensor(index).name + "/" + std::string(precisionName(precision)));
    setActivation(tensor(added), precision, scale);
    graph_.operators.push_back(makeConversion(model_, graph_, index, added));
    forms_[key] = added;
    return added;
  }

  Result<std::int32_t> constantIn(std::int32_t index, Precision precision,
                                  const ScaleAndZero& scale) {
    const auto key = std::make_tuple(index, precision, scale.scale, scale.zero_point);
    const auto known = forms_.find(key);
    if (known != forms_.end()) return known->second;
    const auto values = constantValues<float>(model_, tensor(index));
    if (std::any_of(values.begin(), values.end(), [](float v) { return std::isnan(v); })) {
      return notNumbers(tensor(index));
    }
    std::int32_t added = 0;
    const auto add = [&](TensorType type, std::span<const std::byte> bytes) {
      added = addConstant(model_, graph_, tensor(index), type, bytes, {}, 0);
      setActivation(tensor(added), precision, scale);
    };
    if (precision == Precision::kInt16) {
      const auto levels = levelsOf<std::int16_t>(values, scale);
      add(TensorType::INT16, std::as_bytes(std::span(levels)));
    } else {
      const auto levels = levelsOf<std::int8_t>(values, scale);
      add(TensorType::INT8, std::as_bytes(std::span(levels)));
    }
    forms_[key] = added;
    return added;
  }

  static tl::unexpected<Error> notNumbers(const tflite::TensorT& tensor) {
    return fail(ErrorCode::kDamaged,
                "tensor '" + tensor.name + "' holds a weight that is not a number");
  }

  Status writeWeights(tflite::OperatorT& op, const OperatorRule& rule, std::size_t place) {
    const auto precision = plan_.precisions[place];
    const auto at = static_cast<std::size_t>(rule.weights);
    const auto source = op.inputs[at];
    const auto weights = constantValues<float>(model_, tensor(source));
    const auto layout = layoutOf(tensor(source).shape, rule.axis);
    const auto bias_at = static_cast<std::size_t>(rule.bias);
    const bool has_bias = op.inputs.size() > bias_at && op.inputs[bias_at] >= 0;
    const auto bias = has_bias ? constantValues<float>(model_, tensor(op.inputs[bias_at]))
                               : std::vector<float>(layout.channels, 0.0f);
    if (weights.size() != layout.total || bias.size() != layout.channels) {
      return fail(ErrorCode::kDamaged, "the weights or bias of '" + tensor(source).name +
                                           "' are not as many as its shape says");
    }
    const auto finite = [](float value) { return std::isfinite(value); };
    if (!std::all_of(weights.begin(), weights.end(), finite)) return notNumbers(tensor(source));
    if (!std::all_of(bias.begin(), bias.end(), finite))
      return notNumbers(tensor(op.inputs[bias_at]));

    const auto input = quantisedActivationOf(op, rule);
    const float input_scale = tensor(input).quantization->scale[0];
    QuantisedWeights quantised;
    if (choices_.rounded != nullptr && choices_.rounded->count(place) > 0) {
      quantised = choices_.rounded->at(place);
    } else {
      const auto least =
          precision == Precision::kInt8 ? leastScales(bias, input_scale) : std::vector<float>{};
      quantised = roundToNearest(weights, layout, weightScales(weights, layout, kInt8Limit, least),
                                 kInt8Limit);
    }
    const auto shifted = correctedBias(op, rule, weights, bias, quantised, layout);
    std::vector<float> bias_scales;
    for (const float scale : quantised.scales) bias_scales.push_back(input_scale * scale);

    tflite::TensorT bias_like;
    bias_like.shape = {static_cast<std::int32_t>(layout.channels)};
    bias_like.name = has_bias ? tensor(op.inputs[bias_at]).name : tensor(source).name + "/bias";
    op.inputs[at] =
        addConstant(model_, graph_, tensor(source), TensorType::INT8,
                    std::as_bytes(std::span(quantised.values)), quantised.scales, rule.axis);
    if (!has_bias && choices_.correct_with == nullptr) return {};
    op.inputs.resize(std::max(op.inputs.size(), bias_at + 1), -1);
    if (precision == Precision::kInt16) {
      const auto levels = biasLevels<std::int64_t>(shifted, bias_scales);
      op.inputs[bias_at] = addConstant(model_, graph_, bias_like, TensorType::INT64,
                                       std::as_bytes(std::span(levels)), std::move(bias_scales), 0);
    } else {
      const auto levels = biasLevels<std::int32_t>(shifted, bias_scales);
      op.inputs[bias_at] = addConstant(model_, graph_, bias_like, TensorType::INT32,
                                       std::as_bytes(std::span(levels)), std::move(bias_scales), 0);
    }
    return {};
  }

  std::int32_t floatActivationOf(const tflite::OperatorT& op, const OperatorRule& rule) const {
    for (std::size_t i = 0; i < op.inputs.size(); ++i) {
      if (isActivation(rule, i) && isFloat(graph_, op.inputs[i])) return op.inputs[i];
      // An input that has its type already.
      const bool settled =
          op.inputs[i] >= 0 && static_cast<std::size_t>(op.inputs[i]) < homes_.size() &&
          homes_[static_cast<std::size_t>(op.inputs[i])].precision != Precision::kFloat;
      if (isActivation(rule, i) && settled) return op.inputs[i];
    }
    return -1;
  }

  std::int32_t quantisedActivationOf(const tflite::OperatorT& op, const OperatorRule& rule) {
    for (std::size_t i = 0; i < op.inputs.size(); ++i) {
      const auto type = op.inputs[i] < 0 ? TensorType::INT32 : tensor(op.inputs[i]).type;
      if (isActivation(rule, i) && (type == TensorType::INT8 || type == TensorType::INT16)) {
        return op.inputs[i];
      }
    }
    return op.inputs[0];
  }

  // The bias and what the rounding of the weights takes from the output's mean.
  std::vector<double> correctedBias(const tflite::OperatorT& op, const OperatorRule& rule,
                                    std::span<const float> weights, std::span<const float> bias,
                                    const QuantisedWeights& quantised, const WeightLayout& layout) {
    std::vector<double> corrected(bias.begin(), bias.end());
    if (choices_.correct_with == nullptr || rule.code == BuiltinOperator::TRANSPOSE_CONV) {
      return corrected;
    }
    const auto statistics = choices_.correct_with->find(static_cast<std::size_t>(layer_input_));
    if (statistics == choices_.correct_with->end()) return corrected;
    const auto& means = statistics->second.channel_means;
    const auto& shape = tensor(op.inputs[static_cast<std::size_t>(rule.weights)]).shape;
    const InputChannels channels(rule.code, shape, means.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const auto c = layout.channelOf(i);
      const auto from = channels.of(i);
      if (from >= means.size()) return {bias.begin(), bias.end()};
      const double kept = static_cast<double>(quantised.scales[c]) * quantised.values[i];
      corrected[c] += (static_cast<double>(weights[i]) - kept) * means[from];
    }
    return corrected;
  }

  // int16 sums are on scales of any size here, not on powers of two, which the format presumes.
  static void sayScalesAreFree(tflite::OperatorT& op, BuiltinOperator code) {
    if (code == BuiltinOperator::ADD) {
      if (op.builtin_options.type == tflite::BuiltinOptions::NONE) {
        op.builtin_options.Set(tflite::AddOptionsT());
      }
      if (auto* options = op.builtin_options.AsAddOptions()) options->pot_scale_int16 = false;
    } else if (code == BuiltinOperator::SUB) {
      if (op.builtin_options.type == tflite::BuiltinOptions::NONE) {
        op.builtin_options.Set(tflite::SubOptionsT());
      }
      if (auto* options = op.builtin_options.AsSubOptions()) options->pot_scale_int16 = false;
    }
  }

  void keepFloatOutputs() {
    for (auto& output : graph_.outputs) {
      if (!isOriginalFloat(output) ||
          homes_[static_cast<std::size_t>(output)].precision == Precision::kFloat) {
        continue;
      }
      const auto inside = output;
      const auto name = tensor(inside).name;
      output = inForm(inside, Precision::kFloat, {});
      tensor(output).name = name;
      tensor(inside).name =
          name + "/" +
          std::string(precisionName(homes_[static_cast<std::size_t>(inside)].precision));
      renameInSignatures(model_, g_, inside, output, &tflite::SignatureDefT::outputs);
    }
  }

  tflite::ModelT& model_;
  std::size_t g_;
  tflite::SubGraphT& graph_;
  const GraphPlan& plan_;
  const WriteChoices& choices_;
  std::vector<Home> homes_;  // by tensor of the float model
  std::map<std::tuple<std::int32_t, Precision, float, std::int64_t>, std::int32_t> forms_;
  std::int32_t layer_input_ = -1;  // in the float model, of the operator being written
};

}  // namespace

Status writeIntegers(tflite::ModelT& model, std::size_t g, const GraphPlan& plan,
                     const WriteChoices& choices) {
  return IntegerWriter(model, g, plan, choices).write();
}

}  // namespace primer::toolkit
