#include "training/qat/integer_twin.h"

#include <algorithm>

#include "src/quantizer/float_model.h"
#include "src/quantizer/graph_edit.h"
#include "src/quantizer/integer_writer.h"
#include "src/quantizer/statistics.h"
#include "src/quantizer/weights.h"

namespace primer::toolkit {

namespace {

// Operators that give values that they were given, and compute none.
bool movesValues(tflite::BuiltinOperator code) {
  using tflite::BuiltinOperator;
  switch (code) {
    case BuiltinOperator::CONCATENATION:
    case BuiltinOperator::EXPAND_DIMS:
    case BuiltinOperator::PACK:
    case BuiltinOperator::PAD:
    case BuiltinOperator::RESHAPE:
    case BuiltinOperator::SLICE:
    case BuiltinOperator::SPLIT:
    case BuiltinOperator::SQUEEZE:
    case BuiltinOperator::STRIDED_SLICE:
    case BuiltinOperator::TRANSPOSE:
      return true;
    default:
      return false;
  }
}

// The numbers of an int8 constant with a scale a channel.
std::vector<float> realsOf(const tflite::ModelT& model, const tflite::TensorT& tensor) {
  const auto levels = constantValues<std::int8_t>(model, tensor);
  const auto& quantization = *tensor.quantization;
  const bool per_channel = quantization.scale.size() > 1;
  const auto layout = layoutOf(tensor.shape, per_channel ? quantization.quantized_dimension : -1);
  std::vector<float> reals(levels.size());
  for (std::size_t i = 0; i < levels.size(); ++i) {
    reals[i] = static_cast<float>(levels[i]) * quantization.scale[layout.channelOf(i)];
  }
  return reals;
}

}  // namespace

Result<IntegerTwin> IntegerTwin::make(std::span<const std::byte> model,
                                      const CalibrationSet& samples,
                                      const QuantizeOptions& options) {
  if (!needsData(options.mode)) {
    return fail(ErrorCode::kInvalidArgument, "there is nothing to train for mode " +
                                                 std::string(modeName(options.mode)) +
                                                 ": it has no integer activations");
  }
  IntegerTwin twin;
  twin.options_ = options;
  PRIMER_ASSIGN(twin.float_model_, plainFloatModel(model, "the model"));
  PRIMER_TRY(checkOverrides(*twin.float_model_, options.overrides));
  PRIMER_ASSIGN(const auto precisions, choosePrecisions(*twin.float_model_, 0, options));
  const auto bytes = serialiseModel(*twin.float_model_);
  PRIMER_TRY(checkSamples(bytes, samples));
  PRIMER_ASSIGN(const auto statistics, calibrate(bytes, samples));
  // Training moves the ends of the ranges: they begin where rounding and clipping cost least.
  twin.plan_ = planScales(*twin.float_model_, 0, precisions, statistics, twin.firstRange());
  twin.findMoved();
  PRIMER_TRY(twin.update());
  return twin;
}

Status IntegerTwin::update() {
  tflite::ModelT written(*float_model_);
  written.metadata.clear();
  PRIMER_TRY(writeIntegers(written, 0, plan_, {}));
  readConstants(written);
  places_ = dropUnused(written)[0];
  computed_.assign(written.subgraphs[0]->tensors.size(), false);
  for (std::size_t t = 0; t < places_.size(); ++t) {
    if (places_[t] >= 0 && !moved_[t]) computed_[static_cast<std::size_t>(places_[t])] = true;
  }
  PRIMER_ASSIGN(model_, inference::Model::fromBytes(serialiseModel(written), "the integer model"));
  return {};
}

void IntegerTwin::findMoved() {
  const auto& graph = *float_model_->subgraphs[0];
  moved_.assign(graph.tensors.size(), false);
  const auto& precisions = plan_.precisions;
  // Between precisions values change on their way.
  const bool uniform = std::all_of(precisions.begin(), precisions.end(), [&](Precision one) {
    return one != Precision::kFloat && one == precisions[0];
  });
  if (!uniform) return;
  std::vector<int> group_of(graph.tensors.size(), -1);
  for (std::size_t g = 0; g < plan_.groups.size(); ++g) {
    for (const auto tensor : plan_.groups[g].tensors) {
      group_of[static_cast<std::size_t>(tensor)] = static_cast<int>(g);
    }
  }
  for (const auto& op : graph.operators) {
    if (!movesValues(operatorCode(*float_model_, *op))) continue;
    const auto group = group_of[static_cast<std::size_t>(op->outputs[0])];
    const bool keeps = std::all_of(op->inputs.begin(), op->inputs.end(), [&](std::int32_t input) {
      if (!isFloat(graph, input)) return true;
      const auto at = static_cast<std::size_t>(input);
      return group_of[at] == group && !isConstant(*float_model_, *graph.tensors[at]);
    });
    for (const auto output : op->outputs) moved_[static_cast<std::size_t>(output)] = keeps;
  }
}

// Operators keep the indices of what they give, so each is found again by its first output.
void IntegerTwin::readConstants(const tflite::ModelT& written) {
  constants_.clear();
  const auto& graph = *float_model_->subgraphs[0];
  std::map<std::int32_t, const tflite::OperatorT*> by_output;
  for (const auto& op : written.subgraphs[0]->operators) by_output[op->outputs[0]] = op.get();
  for (const auto& op : graph.operators) {
    const auto& inputs = by_output.at(op->outputs[0])->inputs;
    for (std::size_t i = 0; i < op->inputs.size(); ++i) {
      const bool known = constants_.count(op->inputs[i]) > 0;  // of another layer too
      if (known || !isFloat(graph, op->inputs[i])) continue;
      const auto& before = *graph.tensors[static_cast<std::size_t>(op->inputs[i])];
      const auto& after = *written.subgraphs[0]->tensors[static_cast<std::size_t>(inputs[i])];
      const bool became_bytes = after.type == tflite::TensorType::INT8;
      if (!isConstant(*float_model_, before) || !became_bytes) continue;
      constants_.emplace(op->inputs[i], realsOf(written, after));
    }
  }
}

const std::vector<float>& IntegerTwin::constant(std::int32_t tensor) const {
  static const std::vector<float> kNone;
  const auto found = constants_.find(tensor);
  return found == constants_.end() ? kNone : found->second;
}

void IntegerTwin::describe(Quantized& report) const {
  describePrecisions(*float_model_, 0, plan_.precisions, options_.mode, report);
}

Result<std::vector<std::byte>> IntegerTwin::file() const {
  tflite::ModelT written(*float_model_);
  WriteChoices choices;
  choices.float_io = options_.float_io;
  PRIMER_TRY(writeIntegers(written, 0, plan_, choices));
  dropUnused(written);
  return serialiseModel(written);
}

}  // namespace primer::toolkit
