#include "fuzz/tree_changes.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include "ops/operators.h"

namespace primer::inference::fuzz {
namespace {

using tflite::BuiltinOperator;

tflite::SubGraphT* someGraph(tflite::ModelT& model, Choices& choices) {
  if (model.subgraphs.empty()) return nullptr;
  // The first is the one that runs.
  return choices.once(3) ? choices.in(model.subgraphs).get() : model.subgraphs[0].get();
}

int someTensorIndex(const tflite::SubGraphT& graph, Choices& choices) {
  if (choices.once(24)) return choices.oneOf({-1, -2, 2147483647, 1000});
  return static_cast<int>(choices.below(graph.tensors.size() + 1)) - (choices.once(8) ? 1 : 0);
}

void changeIndices(std::vector<std::int32_t>& indices, const tflite::SubGraphT& graph,
                   Choices& choices) {
  const auto action = choices.below(4);
  if (action == 0 && indices.size() < kMostObjects) {
    const auto at = static_cast<std::ptrdiff_t>(choices.below(indices.size() + 1));
    indices.insert(indices.begin() + at, someTensorIndex(graph, choices));
  } else if (indices.empty()) {
    return;
  } else if (action == 1) {
    indices.erase(indices.begin() + static_cast<std::ptrdiff_t>(choices.below(indices.size())));
  } else if (action == 2) {
    std::swap(choices.in(indices), choices.in(indices));
  } else {
    choices.in(indices) = someTensorIndex(graph, choices);
  }
}

void changeShape(std::vector<std::int32_t>& shape, Choices& choices) {
  const auto size = choices.once(12) ? choices.oneOf({-1, 0, 65536, 2147483647, 1 << 30, 16777216})
                                     : static_cast<std::int32_t>(choices.below(7));
  const auto action = choices.below(5);
  if (action == 0 && shape.size() < 10) {
    const auto at = static_cast<std::ptrdiff_t>(choices.below(shape.size() + 1));
    shape.insert(shape.begin() + at, choices.once(2) ? 1 : size);
  } else if (shape.empty()) {
    return;
  } else if (action == 1) {
    shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(choices.below(shape.size())));
  } else if (action == 2) {
    std::swap(choices.in(shape), choices.in(shape));
  } else if (action == 3) {
    auto& dimension = choices.in(shape);
    dimension =
        static_cast<std::int32_t>(static_cast<std::uint32_t>(dimension) + choices.oneOf({1u, ~0u}));
  } else {
    choices.in(shape) = size;
  }
}

tflite::TensorType someType(Choices& choices) {
  using tflite::TensorType;
  if (choices.once(4)) {
    return static_cast<TensorType>(choices.below(static_cast<int>(TensorType::MAX) + 2));
  }
  return choices.oneOf({TensorType::INT8, TensorType::UINT8, TensorType::INT16, TensorType::INT32,
                        TensorType::INT64, TensorType::FLOAT32, TensorType::FLOAT16,
                        TensorType::BOOL, TensorType::INT4});
}

void changeQuantization(tflite::TensorT& tensor, Choices& choices) {
  if (tensor.quantization == nullptr) {
    tensor.quantization = std::make_unique<tflite::QuantizationParametersT>();
  }
  auto& quantization = *tensor.quantization;
  switch (choices.below(5)) {
    case 0:
      tensor.quantization.reset();
      break;
    case 1:
      quantization.scale.resize(choices.oneOf<std::size_t>({0, 1, 1, 2, 3, 5}), 0.05f);
      break;
    case 2: {
      const auto axis = static_cast<std::size_t>(quantization.quantized_dimension);
      if (axis < tensor.shape.size() && tensor.shape[axis] >= 0 && tensor.shape[axis] < 256) {
        quantization.scale.resize(static_cast<std::size_t>(tensor.shape[axis]), 0.01f);
      }
      break;
    }
    case 3:
      quantization.zero_point.assign(choices.once(2) ? 1 : quantization.scale.size(),
                                     choices.oneOf<std::int64_t>({0, -128, 127, 255, 128, 40000}));
      break;
    default:
      quantization.quantized_dimension = static_cast<int>(choices.below(5)) - 1;
      break;
  }
}

void changeTensor(tflite::ModelT& model, tflite::TensorT& tensor, Choices& choices) {
  switch (choices.below(9)) {
    case 0:
    case 1:
      return changeShape(tensor.shape, choices);
    case 2:
      tensor.type = someType(choices);
      return;
    case 3:
      tensor.buffer = static_cast<std::uint32_t>(choices.below(model.buffers.size() + 1));
      return;
    case 4:
      tensor.buffer = 0;
      return;
    case 5:
      tensor.is_variable = !tensor.is_variable;
      return;
    case 6:
      tensor.shape.clear();
      tensor.has_rank = choices.once(2);
      return;
    case 7:
      if (choices.once(8)) tensor.sparsity = std::make_unique<tflite::SparsityParametersT>();
      return;
    default:
      return changeQuantization(tensor, choices);
  }
}

void changeBuffer(tflite::BufferT& buffer, Choices& choices) {
  auto& data = buffer.data;
  switch (choices.below(4)) {
    case 0:
      data.resize(choices.below(std::min(2 * data.size() + 8, kMostBufferBytes)));
      return;
    case 1:
      if (!data.empty()) choices.in(data) = static_cast<std::uint8_t>(choices.draw());
      return;
    case 2:  // parameters are int32: axes, sizes, indices
      if (data.size() >= sizeof(std::int32_t)) {
        const auto value = choices.once(6) ? choices.oneOf({2147483647, -2147483647 - 1, 65536})
                                           : static_cast<std::int32_t>(choices.below(8)) - 2;
        const auto at = choices.below(data.size() / sizeof(value)) * sizeof(value);
        std::memcpy(data.data() + at, &value, sizeof(value));
      }
      return;
    default:
      for (auto& byte : data) byte = static_cast<std::uint8_t>(choices.draw());
      return;
  }
}

void changeCode(tflite::OperatorCodeT& code, Choices& choices) {
  if (choices.once(4)) {
    code.version = static_cast<int>(choices.below(9));
    return;
  }
  const auto op = choices.once(8) ? static_cast<BuiltinOperator>(choices.below(
                                        static_cast<std::size_t>(BuiltinOperator::MAX) + 2))
                                  : choices.in(operatorRules()).op;
  code.builtin_code = op;
  code.deprecated_builtin_code = static_cast<std::int8_t>(std::min(static_cast<int>(op), 127));
}

void changeOperator(tflite::ModelT& model, tflite::SubGraphT& graph, Choices& choices) {
  auto& node = *choices.in(graph.operators);
  switch (choices.below(8)) {
    case 0:
    case 1:
      return changeIndices(node.inputs, graph, choices);
    case 2:
      return changeIndices(node.outputs, graph, choices);
    case 3:
      node.opcode_index =
          static_cast<std::uint32_t>(choices.below(model.operator_codes.size() + 1));
      return;
    case 4:
      node.builtin_options = choices.in(graph.operators)->builtin_options;
      return;
    case 5:
      if (choices.once(4)) node.builtin_options.Reset();
      return;
    case 6:
      return changeIndices(node.intermediates, graph, choices);
    default:
      std::swap(choices.in(graph.operators), choices.in(graph.operators));
      return;
  }
}

// Objects that come or go.
void changeNumberOf(tflite::ModelT& model, tflite::SubGraphT& graph, Choices& choices) {
  switch (choices.below(7)) {
    case 0:
      if (!graph.operators.empty() && graph.operators.size() < kMostObjects) {
        graph.operators.push_back(
            std::make_unique<tflite::OperatorT>(*choices.in(graph.operators)));
      }
      return;
    case 1:
      if (!graph.operators.empty()) {
        graph.operators.erase(graph.operators.begin() +
                              static_cast<std::ptrdiff_t>(choices.below(graph.operators.size())));
      }
      return;
    case 2:
      if (!graph.tensors.empty() && graph.tensors.size() < kMostObjects) {
        graph.tensors.push_back(std::make_unique<tflite::TensorT>(*choices.in(graph.tensors)));
      }
      return;
    case 3:
      if (!graph.tensors.empty()) graph.tensors.pop_back();
      return;
    case 4:
      if (model.subgraphs.size() < 6) {
        model.subgraphs.push_back(std::make_unique<tflite::SubGraphT>(graph));
      }
      return;
    case 5:
      if (model.subgraphs.size() > 1) model.subgraphs.pop_back();
      return;
    default:
      auto signature = std::make_unique<tflite::SignatureDefT>();
      signature->signature_key = "key";
      signature->subgraph_index = static_cast<std::uint32_t>(choices.below(3));
      for (auto* maps : {&signature->inputs, &signature->outputs}) {
        auto entry = std::make_unique<tflite::TensorMapT>();
        entry->name = "name";
        entry->tensor_index = static_cast<std::uint32_t>(choices.below(graph.tensors.size() + 1));
        maps->push_back(std::move(entry));
      }
      if (model.signature_defs.size() < 4) model.signature_defs.push_back(std::move(signature));
      return;
  }
}

// One size of the graph becomes another wherever it stands: shapes go on fitting each other.
void changeSizeEverywhere(tflite::SubGraphT& graph, Choices& choices) {
  const auto& tensor = *choices.in(graph.tensors);
  if (tensor.shape.empty()) return;
  const auto old_size = tensor.shape[choices.below(tensor.shape.size())];
  const auto new_size = static_cast<std::int32_t>(choices.below(9));
  for (const auto& other : graph.tensors) {
    std::replace(other->shape.begin(), other->shape.end(), old_size, new_size);
  }
}

// So does one type.
void changeTypeEverywhere(tflite::SubGraphT& graph, Choices& choices) {
  const auto old_type = choices.in(graph.tensors)->type;
  const auto new_type = someType(choices);
  for (const auto& other : graph.tensors) {
    if (other->type == old_type) other->type = new_type;
  }
}

}  // namespace

void changeTree(tflite::ModelT& model, Choices& choices) {
  auto* graph = someGraph(model, choices);
  if (graph == nullptr) return;
  const bool has_tensors = !graph->tensors.empty();
  switch (choices.below(12)) {
    case 0:
    case 1:
    case 2:
      if (has_tensors) changeTensor(model, *choices.in(graph->tensors), choices);
      return;
    case 3:
    case 4:
      if (!graph->operators.empty()) changeOperator(model, *graph, choices);
      return;
    case 5:
      if (!model.buffers.empty()) changeBuffer(*choices.in(model.buffers), choices);
      return;
    case 6:
      if (!model.operator_codes.empty()) changeCode(*choices.in(model.operator_codes), choices);
      return;
    case 7:
      return changeNumberOf(model, *graph, choices);
    case 8:
      return changeIndices(choices.once(2) ? graph->inputs : graph->outputs, *graph, choices);
    case 9:
    case 10:
      if (has_tensors) changeSizeEverywhere(*graph, choices);
      return;
    default:
      if (has_tensors) changeTypeEverywhere(*graph, choices);
      return;
  }
}

}  // namespace primer::inference::fuzz
