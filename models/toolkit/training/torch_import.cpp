// Making a TorchGraph of a model.

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "training/torch_import.h"

namespace primer::toolkit {

namespace {

using tflite::ActivationFunctionType;
using tflite::BuiltinOperator;

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

int usesOf(const tflite::SubGraphT& graph, std::int32_t tensor) {
  int uses = 0;
  for (const auto& op : graph.operators) {
    uses += static_cast<int>(std::count(op->inputs.begin(), op->inputs.end(), tensor));
  }
  return uses;
}

}  // namespace

Result<at::Tensor> TorchGraph::Importer::constant(std::int32_t tensor) const {
  const auto& description = *subgraph_.tensors[static_cast<std::size_t>(tensor)];
  const auto values = constantValues<float>(model_, description);
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
  auto value = at::empty(shape, at::kFloat);
  std::memcpy(value.data_ptr<float>(), values.data(), values.size() * sizeof(float));
  return value;
}

Result<int> TorchGraph::Importer::parameter(std::int32_t tensor, bool decays) {
  const auto known = places_.find(tensor);
  if (known != places_.end()) return known->second;
  PRIMER_ASSIGN(auto value, constant(tensor));
  graph_.parameters_.push_back({std::move(value), decays, tensor});
  return places_[tensor] = static_cast<int>(graph_.parameters_.size() - 1);
}

std::size_t TorchGraph::Importer::addParameter(at::Tensor value) {
  graph_.parameters_.push_back({std::move(value), false, -1});
  return graph_.parameters_.size() - 1;
}

bool TorchGraph::Importer::takesNorm(const tflite::OperatorT& op, BuiltinOperator code) const {
  const bool weighted = trainedInputs(code).weights.size() == 1;
  const bool has_bias = op.inputs.size() > 2 && op.inputs[2] >= 0;
  if (!options_.batch_norm || !weighted || !has_bias) return false;
  // Weights that several layers share have no one norm.
  if (usesOf(subgraph_, op.inputs[1]) > 1 || usesOf(subgraph_, op.inputs[2]) > 1) return false;
  return fusedActivation(op) != ActivationFunctionType::NONE ||
         leadsToActivation(model_, op.outputs[0]);
}

// The bias becomes the norm's shift, so that what was imported means the same.
void TorchGraph::Importer::addNorm(Layer& layer) {
  Norm norm;
  norm.shift = static_cast<std::size_t>(layer.parameters[2]);
  norm.bias = layer.what.op->inputs[2];
  layer.parameters[2] = -1;
  auto& shift = graph_.parameters_[norm.shift];
  shift.tensor = -1;
  const auto channels = shift.value.numel();
  norm.scale = addParameter(at::full({channels}, std::sqrt(1 + kNormEpsilon)));
  norm.mean = graph_.statistics_.size();
  graph_.statistics_.push_back(at::zeros({channels}));
  norm.variance = graph_.statistics_.size();
  graph_.statistics_.push_back(at::ones({channels}));
  layer.norm.push_back(norm);
}

Status TorchGraph::Importer::add(std::size_t place) {
  const auto& op = *subgraph_.operators[place];
  Layer layer;
  PRIMER_ASSIGN(layer.what, makeTorchLayer(model_, place));
  layer.parameters.assign(op.inputs.size(), -1);
  layer.constants.resize(op.inputs.size());
  const auto trained = trainedInputs(layer.what.code);
  const auto take = [&](const std::vector<std::size_t>& positions, bool decays) -> Status {
    for (const auto position : positions) {
      if (position >= op.inputs.size() || op.inputs[position] < 0) continue;
      PRIMER_ASSIGN(layer.parameters[position], parameter(op.inputs[position], decays));
    }
    return {};
  };
  PRIMER_TRY(take(trained.weights, true));
  PRIMER_TRY(take(trained.biases, false));
  for (std::size_t i = 0; i < op.inputs.size(); ++i) {
    if (op.inputs[i] < 0 || layer.parameters[i] >= 0) continue;
    const auto& tensor = *subgraph_.tensors[static_cast<std::size_t>(op.inputs[i])];
    const bool floats = tensor.type == tflite::TensorType::FLOAT32;
    if (!floats || model_.buffers[tensor.buffer]->data.empty()) continue;
    PRIMER_ASSIGN(layer.constants[i], constant(op.inputs[i]));
  }
  if (takesNorm(op, layer.what.code)) addNorm(layer);
  graph_.layers_.push_back(std::move(layer));
  return {};
}

// Where an output is squashed, what goes in there.
void TorchGraph::Importer::takeScores() {
  for (auto& output : graph_.outputs_) {
    for (const auto& layer : graph_.layers_) {
      const bool squashes = layer.what.code == BuiltinOperator::SOFTMAX ||
                            layer.what.code == BuiltinOperator::LOGISTIC;
      if (squashes && layer.what.op->outputs[0] == output) {
        output = layer.what.op->inputs[0];
        break;
      }
    }
  }
}

Result<TorchGraph> TorchGraph::Importer::run() {
  graph_.inputs_ = subgraph_.inputs;
  graph_.outputs_ = subgraph_.outputs;
  graph_.tensor_count_ = subgraph_.tensors.size();
  for (std::size_t i = 0; i < subgraph_.operators.size(); ++i) PRIMER_TRY(add(i));
  if (options_.scores) takeScores();
  if (options_.extra > 0) addParameter(at::zeros({options_.extra}));
  graph_.shareFlat(true);
  return std::move(graph_);
}

Result<TorchGraph> TorchGraph::import(const tflite::ModelT& model, const Options& options) {
  if (model.subgraphs.size() != 1) {
    return fail(ErrorCode::kUnsupported, "a model of several subgraphs cannot be trained");
  }
  return Importer(model, options).run();
}

}  // namespace primer::toolkit
