#include "src/quantizer/int8_plan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;

constexpr float kLeastScale = 1e-9f;  // of an activation that is always zero

bool hasInt8Form(BuiltinOperator code) {
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
    case BuiltinOperator::CONCATENATION:
    case BuiltinOperator::RELU:
    case BuiltinOperator::RELU6:
    case BuiltinOperator::SOFTMAX:
    case BuiltinOperator::LOGISTIC:
      return true;
    default:
      return false;
  }
}

bool isFixed(BuiltinOperator code) {
  return code == BuiltinOperator::SOFTMAX || code == BuiltinOperator::LOGISTIC;
}

bool keepsScale(BuiltinOperator code) {
  return code == BuiltinOperator::MAX_POOL_2D || code == BuiltinOperator::AVERAGE_POOL_2D ||
         code == BuiltinOperator::RESHAPE || code == BuiltinOperator::PAD;
}

// Sets of tensors that share a scale.
class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t of(std::size_t tensor) {
    while (parent_[tensor] != tensor) tensor = parent_[tensor] = parent_[parent_[tensor]];
    return tensor;
  }
  void join(std::size_t a, std::size_t b) { parent_[of(a)] = of(b); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

Status checkQuantizable(const tflite::ModelT& model) {
  const auto unsupported = [](const std::string& what) {
    return fail(ErrorCode::kUnsupported, what);
  };
  if (model.subgraphs.size() != 1) {
    return unsupported("a model of several subgraphs cannot be quantised in this version");
  }
  const auto& graph = *model.subgraphs[0];
  for (const auto& tensor : graph.tensors) {
    if (tensor->quantization && !tensor->quantization->scale.empty()) {
      return unsupported("tensor '" + tensor->name +
                         "' is quantised already: a float model is needed");
    }
    if (tensor->is_variable) return unsupported("tensor '" + tensor->name + "' is a variable");
  }
  for (const auto index : graph.inputs) {
    const auto& tensor = *graph.tensors[static_cast<std::size_t>(index)];
    if (tensor.type != tflite::TensorType::FLOAT32) {
      return unsupported("input '" + tensor.name + "' is not float");
    }
  }
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const auto code = operatorCode(model, *graph.operators[i]);
    if (!hasInt8Form(code)) {
      return unsupported("operator " + std::to_string(i) + " (" + operatorName(code) +
                         ") has no int8 form in this version");
    }
  }
  return {};
}

ScaleAndZero scaleFor(const ActivationRange& range) {
  const float low = std::min(range.low, 0.0f);
  const float high = std::max(range.high, 0.0f);
  const float scale = std::max((high - low) / 255.0f, kLeastScale);
  const float zero = std::round(-128.0f - low / scale);
  return {scale, static_cast<std::int64_t>(std::clamp(zero, -128.0f, 127.0f))};
}

std::vector<ScaleAndZero> planScales(const tflite::ModelT& model, const Statistics& statistics,
                                     RangeRule rule) {
  const auto& graph = *model.subgraphs[0];
  const auto count = graph.tensors.size();
  Groups groups(count);
  std::set<std::size_t> fixed;
  for (const auto& op : graph.operators) {
    const auto code = operatorCode(model, *op);
    const auto output = static_cast<std::size_t>(op->outputs[0]);
    if (isFixed(code)) fixed.insert(output);
    if (keepsScale(code)) groups.join(static_cast<std::size_t>(op->inputs[0]), output);
  }
  std::set<std::size_t> fixed_groups;
  for (const auto tensor : fixed) fixed_groups.insert(groups.of(tensor));
  for (const auto& op : graph.operators) {
    if (operatorCode(model, *op) != BuiltinOperator::CONCATENATION) continue;
    const auto output = static_cast<std::size_t>(op->outputs[0]);
    for (const auto input : op->inputs) {
      const auto from = static_cast<std::size_t>(input);
      const bool either =
          fixed_groups.count(groups.of(from)) != 0 || fixed_groups.count(groups.of(output)) != 0;
      if (!either) groups.join(from, output);
    }
  }

  std::map<std::size_t, std::vector<const ValueStatistics*>> values;
  for (const auto& [tensor, one] : statistics) values[groups.of(tensor)].push_back(&one);
  std::map<std::size_t, ScaleAndZero> chosen;
  for (const auto& [group, ones] : values) chosen[group] = scaleFor(chooseRange(ones, rule));
  for (const auto group : fixed_groups) chosen[group] = {1.0f / 256, -128};

  std::vector<ScaleAndZero> plan(count);
  for (const auto& [tensor, one] : statistics) plan[tensor] = chosen[groups.of(tensor)];
  return plan;
}

}  // namespace primer::toolkit
