#include "src/quantizer/storage_writer.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "src/quantizer/float_model.h"
#include "src/quantizer/graph_edit.h"
#include "src/quantizer/half.h"
#include "src/quantizer/weights.h"

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;
using tflite::TensorType;

constexpr float kGreatestHalf = 65504.0f;

// An input that holds weights, and along which axis each has a scale of its own (-1: one for all).
struct WeightPlace {
  std::size_t input = 0;
  int axis = -1;
};

std::vector<WeightPlace> weightPlaces(BuiltinOperator code) {
  const auto* rule = findOperatorRule(code);
  if (rule != nullptr && rule->weights >= 0) {
    return {{static_cast<std::size_t>(rule->weights), rule->axis}};
  }
  switch (code) {
    case BuiltinOperator::EMBEDDING_LOOKUP:
      return {{1, 0}};
    case BuiltinOperator::BATCH_MATMUL:
      return {{0, -1}, {1, -1}};
    case BuiltinOperator::CONV_3D:
      return {{1, 4}};
    case BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM: {
      // Of the input, of the last output, of the projection; a row for each unit.
      std::vector<WeightPlace> places;
      for (std::size_t i = 1; i <= 8; ++i) places.push_back({i, 0});
      places.push_back({16, 0});
      return places;
    }
    default:
      return {};
  }
}

class StorageWriter {
 public:
  StorageWriter(tflite::ModelT& model, tflite::SubGraphT& graph, QuantizeMode mode)
      : model_(model), graph_(graph), mode_(mode) {}

  Status write() {
    for (auto& op : graph_.operators) {
      if (mode_ == QuantizeMode::kFloat16) {
        PRIMER_TRY(noteHalves(*op));
      } else {
        PRIMER_TRY(noteWeights(*op));
      }
    }
    std::vector<std::unique_ptr<tflite::OperatorT>> first;
    for (const auto& [constant, stored] : stored_) {
      tensor(constant).buffer = 0;
      first.push_back(makeConversion(model_, graph_, stored, constant));
    }
    graph_.operators.insert(graph_.operators.begin(), std::make_move_iterator(first.begin()),
                            std::make_move_iterator(first.end()));
    return {};
  }

 private:
  tflite::TensorT& tensor(std::int32_t index) {
    return *graph_.tensors[static_cast<std::size_t>(index)];
  }

  bool isFloatConstant(std::int32_t index) {
    return index >= 0 && tensor(index).type == TensorType::FLOAT32 && !tensor(index).is_variable &&
           isConstant(model_, tensor(index));
  }

  Result<std::vector<float>> numbers(std::int32_t index) {
    auto values = constantValues<float>(model_, tensor(index));
    if (std::any_of(values.begin(), values.end(), [](float v) { return std::isnan(v); })) {
      return fail(ErrorCode::kDamaged,
                  "tensor '" + tensor(index).name + "' holds a weight that is not a number");
    }
    return values;
  }

  Status noteHalves(const tflite::OperatorT& op) {
    for (const auto input : op.inputs) {
      if (!isFloatConstant(input) || stored_.count(input) > 0) continue;
      PRIMER_ASSIGN(const auto values, numbers(input));
      const bool fits = std::all_of(values.begin(), values.end(),
                                    [](float v) { return std::fabs(v) <= kGreatestHalf; });
      if (!fits) continue;
      std::vector<std::uint16_t> halves;
      for (const float value : values) halves.push_back(toHalf(value));
      const auto added = addConstant(model_, graph_, tensor(input), TensorType::FLOAT16,
                                     std::as_bytes(std::span(halves)), {}, 0);
      tensor(added).name += "/float16";
      stored_[input] = added;
    }
    return {};
  }

  Status noteWeights(tflite::OperatorT& op) {
    const auto code = operatorCode(model_, op);
    const auto* rule = findOperatorRule(code);
    const bool direct =
        mode_ == QuantizeMode::kDynamic && rule != nullptr && rule->dynamic_version > 0;
    for (const auto& place : weightPlaces(code)) {
      if (place.input >= op.inputs.size()) continue;
      auto& input = op.inputs[place.input];
      if (!isFloatConstant(input) || (!direct && stored_.count(input) > 0)) continue;
      PRIMER_ASSIGN(const auto values, numbers(input));
      if (std::any_of(values.begin(), values.end(), [](float v) { return std::isinf(v); })) {
        return fail(ErrorCode::kDamaged,
                    "tensor '" + tensor(input).name + "' holds a weight that is not a number");
      }
      const auto added = addWeights(input, values, direct ? rule->dynamic_axis : place.axis);
      if (direct) {
        input = added;
        const auto version =
            std::max(model_.operator_codes[op.opcode_index]->version, rule->dynamic_version);
        op.opcode_index = internOperatorCode(model_, code, version);
      } else {
        tensor(added).name += mode_ == QuantizeMode::kWeights4 ? "/int4" : "/int8";
        stored_[input] = added;
      }
    }
    return {};
  }

  std::int32_t addWeights(std::int32_t source, std::span<const float> values, int axis) {
    const auto layout = layoutOf(tensor(source).shape, axis);
    const int limit = mode_ == QuantizeMode::kWeights4 ? kInt4Limit : kInt8Limit;
    const auto quantised =
        roundToNearest(values, layout, weightScales(values, layout, limit), limit);
    if (mode_ == QuantizeMode::kWeights4) {
      return addConstant(model_, graph_, tensor(source), TensorType::INT4,
                         packInt4(quantised.values), quantised.scales, axis);
    }
    return addConstant(model_, graph_, tensor(source), TensorType::INT8,
                       std::as_bytes(std::span(quantised.values)), quantised.scales, axis);
  }

  tflite::ModelT& model_;
  tflite::SubGraphT& graph_;
  QuantizeMode mode_;
  std::map<std::int32_t, std::int32_t> stored_;  // constant -> its stored form
};

}  // namespace

Status writeStorage(tflite::ModelT& model, QuantizeMode mode) {
  for (auto& graph : model.subgraphs) PRIMER_TRY(StorageWriter(model, *graph, mode).write());
  return {};
}

}  // namespace primer::toolkit
