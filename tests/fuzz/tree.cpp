#include "fuzz/tree.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "fuzz/schema_fields.h"
#include "fuzz/tree_changes.h"
#include "src/graph.h"

namespace primer::inference::fuzz {
namespace {

// Constants get as many bytes as they need; computed tensors leave their shape to the engine.
void mend(tflite::ModelT& model) {
  for (const auto& graph : model.subgraphs) {
    std::vector<bool> computed(graph->tensors.size(), false);
    for (const auto& node : graph->operators) {
      for (const int output : node->outputs) {
        if (output >= 0 && static_cast<std::size_t>(output) < computed.size()) {
          computed[static_cast<std::size_t>(output)] = true;
        }
      }
    }
    for (std::size_t t = 0; t < graph->tensors.size(); ++t) {
      auto& tensor = *graph->tensors[t];
      if (computed[t]) {
        tensor.shape.clear();
        tensor.has_rank = false;
      } else if (tensor.buffer < model.buffers.size() &&
                 !model.buffers[tensor.buffer]->data.empty()) {
        std::uint64_t bytes = elementBytes(static_cast<ElementType>(tensor.type));
        for (const auto size : tensor.shape) {
          bytes =
              size < 0 || bytes > kMostBufferBytes ? 0 : bytes * static_cast<std::uint64_t>(size);
        }
        if (bytes > 0 && bytes <= kMostBufferBytes)
          model.buffers[tensor.buffer]->data.resize(bytes);
      }
    }
  }
}

template <typename Union>
void dropEmpty(Union& options) {
  if (options.value == nullptr) options.Reset();
}

}  // namespace

std::optional<tflite::ModelT> unpack(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kSmallest = 8;
  flatbuffers::Verifier verifier(bytes.data(), bytes.size(), 64, 10000);
  if (bytes.size() < kSmallest || !tflite::VerifyModelBuffer(verifier)) return std::nullopt;
  tflite::ModelT model;
  tflite::GetModel(bytes.data())->UnPackTo(&model);
  // What the object API reads and cannot write: entries that are null, unions of nothing.
  const auto drop_nulls = [](auto& objects) {
    objects.erase(std::remove(objects.begin(), objects.end(), nullptr), objects.end());
  };
  drop_nulls(model.subgraphs);
  drop_nulls(model.buffers);
  drop_nulls(model.operator_codes);
  for (const auto& graph : model.subgraphs) {
    drop_nulls(graph->tensors);
    drop_nulls(graph->operators);
    for (const auto& node : graph->operators) {
      dropEmpty(node->builtin_options);
      dropEmpty(node->builtin_options_2);
    }
    for (const auto& tensor : graph->tensors) {
      if (tensor->quantization != nullptr) dropEmpty(tensor->quantization->details);
      if (tensor->sparsity == nullptr) continue;
      drop_nulls(tensor->sparsity->dim_metadata);
      for (const auto& level : tensor->sparsity->dim_metadata) {
        dropEmpty(level->array_segments);
        dropEmpty(level->array_indices);
      }
    }
  }
  for (const auto& signature : model.signature_defs) {
    if (signature == nullptr) continue;
    drop_nulls(signature->inputs);
    drop_nulls(signature->outputs);
  }
  drop_nulls(model.signature_defs);
  drop_nulls(model.metadata);
  return model;
}

Bytes pack(const tflite::ModelT& model) {
  flatbuffers::FlatBufferBuilder builder;
  builder.ForceDefaults(true);
  tflite::FinishModelBuffer(builder, tflite::Model::Pack(builder, &model));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

Bytes mutate(tflite::ModelT model, Choices& choices) {
  const auto changes = 1 + choices.below(4);
  for (std::size_t i = 0; i < changes && !choices.once(4); ++i) changeTree(model, choices);
  if (!choices.once(4)) mend(model);
  auto bytes = pack(model);
  if (choices.once(3)) return bytes;
  const auto fields = numberFields(bytes);
  for (std::size_t i = 0; i < changes && !fields.empty(); ++i) {
    changeNumber(choices.in(fields), choices);
  }
  return bytes;
}

tflite::ModelT join(tflite::ModelT first, const tflite::ModelT& second, Choices& choices) {
  if (first.subgraphs.empty() || second.subgraphs.empty()) return first;
  auto& graph = *first.subgraphs[0];
  const auto& other = *second.subgraphs[0];
  if (graph.operators.size() + other.operators.size() > kMostObjects) return first;
  const auto tensor_base = static_cast<std::int32_t>(graph.tensors.size());
  const auto buffer_base = static_cast<std::uint32_t>(first.buffers.size());
  const auto code_base = static_cast<std::uint32_t>(first.operator_codes.size());
  for (const auto& buffer : second.buffers) {
    first.buffers.push_back(std::make_unique<tflite::BufferT>(*buffer));
  }
  for (const auto& code : second.operator_codes) {
    first.operator_codes.push_back(std::make_unique<tflite::OperatorCodeT>(*code));
  }
  for (const auto& tensor : other.tensors) {
    graph.tensors.push_back(std::make_unique<tflite::TensorT>(*tensor));
    auto& copy = *graph.tensors.back();
    if (copy.buffer != 0) copy.buffer += buffer_base;
  }
  // An input of the second may be an output of the first.
  const bool tied = !graph.outputs.empty() && !other.inputs.empty() && choices.once(2);
  const auto from = tied ? choices.in(other.inputs) : -1;
  const auto to = tied ? choices.in(graph.outputs) : -1;
  const auto moved = [&](std::vector<std::int32_t> indices) {
    for (auto& index : indices) {
      if (index == from && index >= 0) {
        index = to;
      } else if (index >= 0 && static_cast<std::size_t>(index) < other.tensors.size()) {
        index += tensor_base;
      }
    }
    return indices;
  };
  for (const auto& node : other.operators) {
    graph.operators.push_back(std::make_unique<tflite::OperatorT>(*node));
    auto& copy = *graph.operators.back();
    copy.opcode_index += code_base;
    copy.inputs = moved(copy.inputs);
    copy.outputs = moved(copy.outputs);
  }
  for (const int input : other.inputs) {
    if (input != from) graph.inputs.push_back(moved({input})[0]);
  }
  for (const int output : moved(other.outputs)) graph.outputs.push_back(output);
  return first;
}

}  // namespace primer::inference::fuzz
