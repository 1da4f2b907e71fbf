#include "src/quantizer/lstm_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "src/lstm_inputs.h"
#include "src/quantizer/float_model.h"
#include "src/quantizer/graph_edit.h"
#include "src/quantizer/weights.h"

namespace primer::toolkit {

namespace {

using tflite::TensorType;
using namespace lstm;

// A cell adds up at most one a step; beyond 16 its tanh is 1 whatever it holds.
constexpr float kCellScale = 1.0f / 2048;
constexpr float kGateScale = 1.0f / 4096;

class LstmWriter {
 public:
  LstmWriter(tflite::ModelT& model, tflite::SubGraphT& graph, tflite::OperatorT& op)
      : model_(model), graph_(graph), op_(op) {}

  Status write(const ScaleAndZero& output) {
    const float input_scale = at(0).quantization->scale[0];
    for (std::size_t gate = 0; gate < kGates; ++gate) {
      PRIMER_ASSIGN(const auto bias, numbers(kBiases + gate));
      const auto least = leastScales(bias, input_scale);
      const float least_scale = least.empty() ? 0 : *std::max_element(least.begin(), least.end());
      PRIMER_ASSIGN(const float scale, writeWeights(kInputWeights + gate, least_scale));
      PRIMER_TRY(writeWeights(kRecurrentWeights + gate, 0).map([](float) {}));
      writeBias(kBiases + gate, bias, input_scale * scale);
    }
    setActivation(at(kHidden), Precision::kInt8, output);
    setActivation(at(kCell), Precision::kInt16, {kCellScale, 0});
    for (std::size_t gate = 0; gate < kGates; ++gate) {
      addIntermediate("gate", Precision::kInt16, {kGateScale, 0});
    }
    addIntermediate("hidden", Precision::kInt8, output);
    return {};
  }

 private:
  tflite::TensorT& at(std::size_t position) {
    return *graph_.tensors[static_cast<std::size_t>(op_.inputs[position])];
  }

  Result<std::vector<float>> numbers(std::size_t position) {
    auto values = constantValues<float>(model_, at(position));
    if (values.size() != elementCount(at(position).shape)) {
      return fail(ErrorCode::kDamaged,
                  "tensor '" + at(position).name + "' has not as many values as its shape says");
    }
    if (!std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); })) {
      return fail(ErrorCode::kDamaged,
                  "tensor '" + at(position).name + "' holds a weight that is not a number");
    }
    return values;
  }

  // Their scale.
  Result<float> writeWeights(std::size_t position, float least) {
    PRIMER_ASSIGN(const auto values, numbers(position));
    const auto layout = layoutOf(at(position).shape, -1);
    const std::array bound = {least};
    const auto quantised =
        roundToNearest(values, layout, weightScales(values, layout, kInt8Limit, bound), kInt8Limit);
    op_.inputs[position] =
        addConstant(model_, graph_, at(position), TensorType::INT8,
                    std::as_bytes(std::span(quantised.values)), quantised.scales, 0);
    return quantised.scales[0];
  }

  void writeBias(std::size_t position, const std::vector<float>& bias, float scale) {
    constexpr double kMost = std::numeric_limits<std::int32_t>::max();
    std::vector<std::int32_t> levels;
    for (const float value : bias) {
      const double level = std::round(static_cast<double>(value) / static_cast<double>(scale));
      levels.push_back(static_cast<std::int32_t>(std::clamp(level, -kMost, kMost)));
    }
    op_.inputs[position] = addConstant(model_, graph_, at(position), TensorType::INT32,
                                       std::as_bytes(std::span(levels)), {scale}, 0);
  }

  // A tensor that only tells the kernel a scale.
  void addIntermediate(const std::string& kind, Precision precision, const ScaleAndZero& scale) {
    const auto& name = graph_.tensors[static_cast<std::size_t>(op_.outputs[0])]->name;
    const auto index = addComputed(graph_, op_.outputs[0],
                                   name + "/" + kind + std::to_string(op_.intermediates.size()));
    auto& tensor = *graph_.tensors[static_cast<std::size_t>(index)];
    tensor.shape = {0};
    tensor.shape_signature.clear();
    setActivation(tensor, precision, scale);
    op_.intermediates.push_back(index);
  }

  tflite::ModelT& model_;
  tflite::SubGraphT& graph_;
  tflite::OperatorT& op_;
};

}  // namespace

std::string lstmObstacle(const tflite::ModelT& model, const tflite::SubGraphT& graph,
                         const tflite::OperatorT& op) {
  const auto* options = op.builtin_options.AsUnidirectionalSequenceLSTMOptions();
  if (options == nullptr || !has(op, kHidden) || !has(op, kCell)) return "no options or no state";
  if (options->fused_activation_function != tflite::ActivationFunctionType::TANH) {
    return "another activation than TANH";
  }
  if (!has(op, kInputWeights)) return "a forget gate that serves as input gate";
  if (hasAny(op, kPeepholes, 3)) return "peepholes";
  if (hasAny(op, kProjection, 2)) return "a projection";
  if (hasAny(op, kNorms, kGates)) return "layer norms";
  for (const auto first : {kInputWeights, kRecurrentWeights, kBiases}) {
    for (std::size_t gate = 0; gate < kGates; ++gate) {
      if (!has(op, first + gate)) return "a gate that is left out";
      const auto& tensor = *graph.tensors[static_cast<std::size_t>(op.inputs[first + gate])];
      if (!isConstant(model, tensor)) return "weights '" + tensor.name + "' that are computed";
    }
  }
  return {};
}

Status writeLstm(tflite::ModelT& model, tflite::SubGraphT& graph, tflite::OperatorT& op,
                 const ScaleAndZero& output) {
  op.intermediates.clear();
  return LstmWriter(model, graph, op).write(output);
}

}  // namespace primer::toolkit
