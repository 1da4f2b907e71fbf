#include "src/quantizer/graph_edit.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;
using tflite::TensorType;

std::vector<std::int32_t> dropTensors(tflite::ModelT& model, std::size_t g) {
  auto& graph = *model.subgraphs[g];
  std::vector<std::int32_t> moved(graph.tensors.size(), -1);
  const auto use = [&](const std::vector<std::int32_t>& indices) {
    for (const auto index : indices) {
      if (index >= 0) moved[static_cast<std::size_t>(index)] = 0;
    }
  };
  use(graph.inputs);
  use(graph.outputs);
  for (const auto& op : graph.operators) {
    use(op->inputs);
    use(op->outputs);
    use(op->intermediates);
  }
  std::vector<std::unique_ptr<tflite::TensorT>> kept;
  for (std::size_t i = 0; i < moved.size(); ++i) {
    if (moved[i] < 0) continue;
    moved[i] = static_cast<std::int32_t>(kept.size());
    kept.push_back(std::move(graph.tensors[i]));
  }
  graph.tensors = std::move(kept);
  const auto renumber = [&](std::vector<std::int32_t>& indices) {
    for (auto& index : indices) {
      if (index >= 0) index = moved[static_cast<std::size_t>(index)];
    }
  };
  renumber(graph.inputs);
  renumber(graph.outputs);
  for (auto& op : graph.operators) {
    renumber(op->inputs);
    renumber(op->outputs);
    renumber(op->intermediates);
  }
  for (auto& signature : model.signature_defs) {
    if (signature->subgraph_index != g) continue;
    for (auto* maps : {&signature->inputs, &signature->outputs}) {
      for (auto& entry : *maps) {
        entry->tensor_index = static_cast<std::uint32_t>(moved[entry->tensor_index]);
      }
    }
  }
  return moved;
}

void dropBuffers(tflite::ModelT& model) {
  std::vector<std::unique_ptr<tflite::BufferT>> kept;
  std::map<std::uint32_t, std::uint32_t> moved;
  std::map<std::string_view, std::uint32_t> by_bytes;  // of the buffers kept
  kept.push_back(std::make_unique<tflite::BufferT>());
  moved[0] = 0;
  const auto keep = [&](std::uint32_t& index, bool may_share) {
    const auto known = moved.find(index);
    if (known != moved.end()) {
      index = known->second;
      return;
    }
    auto& buffer = model.buffers[index];
    const auto place = static_cast<std::uint32_t>(kept.size());
    if (may_share && !buffer->data.empty()) {
      const std::string_view bytes(reinterpret_cast<const char*>(buffer->data.data()),
                                   buffer->data.size());
      const auto [same, added] = by_bytes.emplace(bytes, place);
      if (!added) {
        index = moved[index] = same->second;
        return;
      }
    }
    kept.push_back(std::move(buffer));
    index = moved[index] = place;
  };
  for (auto& graph : model.subgraphs) {
    for (auto& tensor : graph->tensors) keep(tensor->buffer, !tensor->is_variable);
  }
  for (auto& entry : model.metadata) keep(entry->buffer, false);
  model.metadata_buffer.clear();
  model.buffers = std::move(kept);
}

void dropCodes(tflite::ModelT& model) {
  std::vector<std::unique_ptr<tflite::OperatorCodeT>> kept;
  std::map<std::uint32_t, std::uint32_t> moved;
  for (auto& graph : model.subgraphs) {
    for (auto& op : graph->operators) {
      const auto [it, added] =
          moved.emplace(op->opcode_index, static_cast<std::uint32_t>(kept.size()));
      if (added) kept.push_back(std::move(model.operator_codes[op->opcode_index]));
      op->opcode_index = it->second;
    }
  }
  model.operator_codes = std::move(kept);
}

}  // namespace

std::int32_t addComputed(tflite::SubGraphT& graph, std::int32_t like, const std::string& name) {
  const auto& source = *graph.tensors[static_cast<std::size_t>(like)];
  auto added = std::make_unique<tflite::TensorT>();
  added->name = name;
  added->shape = source.shape;
  added->shape_signature = source.shape_signature;
  added->has_rank = source.has_rank;
  graph.tensors.push_back(std::move(added));
  return static_cast<std::int32_t>(graph.tensors.size() - 1);
}

std::int32_t addConstant(tflite::ModelT& model, tflite::SubGraphT& graph,
                         const tflite::TensorT& like, TensorType type,
                         std::span<const std::byte> bytes, std::vector<float> scales, int axis) {
  auto added = std::make_unique<tflite::TensorT>();
  added->name = like.name;
  added->shape = like.shape;
  added->has_rank = true;
  added->type = type;
  added->buffer = addBuffer(model, bytes);
  if (!scales.empty()) {
    added->quantization = std::make_unique<tflite::QuantizationParametersT>();
    added->quantization->zero_point.assign(scales.size(), 0);
    added->quantization->quantized_dimension = scales.size() > 1 ? axis : 0;
    added->quantization->scale = std::move(scales);
  }
  graph.tensors.push_back(std::move(added));
  return static_cast<std::int32_t>(graph.tensors.size() - 1);
}

void setActivation(tflite::TensorT& tensor, Precision precision, const ScaleAndZero& to) {
  tensor.quantization.reset();
  if (precision == Precision::kFloat) {
    tensor.type = TensorType::FLOAT32;
    return;
  }
  tensor.type = precision == Precision::kInt16 ? TensorType::INT16 : TensorType::INT8;
  tensor.quantization = std::make_unique<tflite::QuantizationParametersT>();
  tensor.quantization->scale = {to.scale};
  tensor.quantization->zero_point = {to.zero_point};
}

std::unique_ptr<tflite::OperatorT> makeConversion(tflite::ModelT& model,
                                                  const tflite::SubGraphT& graph, std::int32_t from,
                                                  std::int32_t to) {
  const auto type = [&](std::int32_t t) {
    return graph.tensors[static_cast<std::size_t>(t)]->type;
  };
  const auto& source = *graph.tensors[static_cast<std::size_t>(from)];
  const bool per_channel = source.quantization && source.quantization->scale.size() > 1;
  auto op = std::make_unique<tflite::OperatorT>();
  int version = 2;
  auto code = BuiltinOperator::QUANTIZE;
  if (type(to) == TensorType::FLOAT32) {
    code = BuiltinOperator::DEQUANTIZE;
    if (type(from) == TensorType::INT16 || type(from) == TensorType::FLOAT16) version = 3;
    if (per_channel) version = 5;
    if (type(from) == TensorType::INT4) version = 6;
  } else if (type(from) != TensorType::FLOAT32 || type(to) == TensorType::INT16) {
    version = 2;
  } else {
    version = 1;
  }
  op->opcode_index = internOperatorCode(model, code, version);
  op->inputs = {from};
  op->outputs = {to};
  return op;
}

void renameInSignatures(
    tflite::ModelT& model, std::size_t g, std::int32_t from, std::int32_t to,
    std::vector<std::unique_ptr<tflite::TensorMapT>> tflite::SignatureDefT::*side) {
  for (auto& signature : model.signature_defs) {
    if (signature->subgraph_index != g) continue;
    for (auto& entry : (*signature).*side) {
      if (entry->tensor_index == static_cast<std::uint32_t>(from)) {
        entry->tensor_index = static_cast<std::uint32_t>(to);
      }
    }
  }
}

std::vector<std::vector<std::int32_t>> dropUnused(tflite::ModelT& model) {
  std::vector<std::vector<std::int32_t>> moved;
  for (std::size_t g = 0; g < model.subgraphs.size(); ++g) moved.push_back(dropTensors(model, g));
  dropBuffers(model);
  dropCodes(model);
  return moved;
}

}  // namespace primer::toolkit
