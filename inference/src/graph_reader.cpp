#include "src/graph_reader.h"
#include "src/variables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace primer::inference {
namespace {

constexpr std::size_t kMaxTensors = 16384;
constexpr std::size_t kMaxNodes = 65536;
constexpr int kMaxCallDepth = 16;
constexpr std::size_t kConstantAlignment = 16;

tl::unexpected<Error> damaged(std::string_view rule, const std::string& text) {
  return fail(ErrorCode::kDamaged, fmt::format("{}: {}", rule, text));
}

template <typename T>
std::size_t sizeOf(const flatbuffers::Vector<T>* vector) {
  return vector == nullptr ? 0 : vector->size();
}

// Reads the main subgraph and what it calls; `model_` and everything in it outlive the graph.
class Reader {
 public:
  Reader(std::span<const std::byte> bytes, const Limits& limits, const CustomOperators& custom)
      : bytes_(bytes), limits_(limits), custom_(custom), model_(*tflite::GetModel(bytes.data())) {}

  Result<Graph> read() {
    if (model_.version() != 3) {
      return fail(ErrorCode::kUnsupported,
                  fmt::format("model-version: {}, this engine reads 3", model_.version()));
    }
    if (sizeOf(model_.subgraphs()) == 0) return damaged("subgraph-missing", "no subgraph");
    const auto* subgraph = model_.subgraphs()->Get(0);
    if (subgraph == nullptr) return damaged("subgraph-missing", "subgraph 0 is null");
    PRIMER_ASSIGN(const auto places, readTensors(*subgraph, {}));
    PRIMER_TRY(readNodes(*subgraph, places, 0));
    PRIMER_ASSIGN(graph_.inputs, readIndices(subgraph->inputs(), places, "graph-inputs", false));
    PRIMER_ASSIGN(graph_.outputs, readIndices(subgraph->outputs(), places, "graph-outputs", false));
    for (const int input : graph_.inputs) {
      if (graph_.tensors[input].is_constant) {
        return damaged("graph-inputs", fmt::format("{} is a constant", text(input)));
      }
      graph_.tensors[input].shape_known = true;  // an input without a shape is a scalar
    }
    PRIMER_ASSIGN(graph_.order, executionOrder(graph_));
    return std::move(graph_);
  }

 private:
  std::string text(std::size_t index) const { return tensorText(index, graph_.tensors[index]); }

  // Where each tensor of a subgraph lies among the graph's. Those that a caller has bound to its
  // own are already there.
  using Places = std::vector<int>;
  using Bound = std::map<int, int>;

  Result<Places> readTensors(const tflite::SubGraph& subgraph, const Bound& bound) {
    const std::size_t count = sizeOf(subgraph.tensors());
    if (count > kMaxTensors - graph_.tensors.size()) {
      return fail(ErrorCode::kLimitExceeded, fmt::format("tensor-count: {} tensors", count));
    }
    Places places;
    for (std::size_t i = 0; i < count; ++i) {
      if (const auto found = bound.find(static_cast<int>(i)); found != bound.end()) {
        places.push_back(found->second);
        continue;
      }
      const auto* source = subgraph.tensors()->Get(static_cast<flatbuffers::uoffset_t>(i));
      if (source == nullptr) return damaged("tensor-missing", fmt::format("tensor {} is null", i));
      places.push_back(static_cast<int>(graph_.tensors.size()));
      auto& tensor = graph_.tensors.emplace_back();
      if (source->name() != nullptr) tensor.info.name = source->name()->string_view();
      auto status = readTensor(*source, tensor);
      if (!status) return fail(status.error().withContext(text(graph_.tensors.size() - 1)));
    }
    return places;
  }

  Status readTensor(const tflite::Tensor& source, Tensor& tensor) {
    const int type = static_cast<int>(source.type());
    if (type < 0 || type > static_cast<int>(tflite::TensorType::MAX)) {
      return damaged("tensor-type", fmt::format("{} is not a type of the format", type));
    }
    tensor.info.type = static_cast<ElementType>(type);
    tensor.is_variable = source.is_variable();
    if (source.sparsity() != nullptr) {
      return fail(ErrorCode::kUnsupported, "tensor-dense: sparse tensors are not supported");
    }
    PRIMER_TRY(readShape(source, tensor));
    PRIMER_TRY(readConstant(source, tensor));
    return readQuantization(source, tensor);
  }

  Status readShape(const tflite::Tensor& source, Tensor& tensor) {
    const std::size_t rank = sizeOf(source.shape());
    if (rank > kMaxRank) return damaged("shape-rank", fmt::format("rank {} is above 8", rank));
    if (rank > 0) tensor.shape.assign(source.shape()->begin(), source.shape()->end());
    tensor.shape_known = rank > 0 || source.has_rank();
    std::uint64_t elements = 1;
    for (const auto dim : tensor.shape) {
      if (dim < 0) return damaged("shape-dimension", fmt::format("dimension {}", dim));
      elements *= static_cast<std::uint64_t>(dim);
      if (elements > limits_.max_arena_bytes) {
        return fail(ErrorCode::kLimitExceeded,
                    fmt::format("tensor-bytes: {} has more than {} elements",
                                shapeText(tensor.shape), limits_.max_arena_bytes));
      }
    }
    tensor.info.shape = tensor.shape;
    tensor.info.bytes = elements * elementBytes(tensor.info.type);
    return {};
  }

  Status readConstant(const tflite::Tensor& source, Tensor& tensor) {
    const std::size_t buffer_count = sizeOf(model_.buffers());
    if (source.buffer() >= buffer_count && (source.buffer() != 0 || buffer_count != 0)) {
      return damaged("buffer-index", fmt::format("{} of {}", source.buffer(), buffer_count));
    }
    if (source.external_buffer() != 0) {
      return fail(ErrorCode::kUnsupported, "buffer-inside: bytes in other files are not supported");
    }
    if (source.buffer() == 0) return {};
    PRIMER_ASSIGN(const auto data, bufferBytes(source.buffer()));
    if (data.empty()) return {};
    if (tensor.is_variable) return damaged("variable-constant", "a variable with constant bytes");
    const auto type = tensor.info.type;
    if (elementBytes(type) == 0) {
      tensor.is_constant = true;  // a string or packed constant: no operator of ours reads it
      tensor.constant = data;
      return {};
    }
    if (data.size() != tensor.info.bytes) {
      return damaged("buffer-size", fmt::format("holds {} bytes, its shape {} of {} needs {}",
                                                data.size(), shapeText(tensor.shape),
                                                elementTypeName(type), tensor.info.bytes));
    }
    tensor.is_constant = true;
    tensor.shape_known = true;
    tensor.constant = data;
    if (reinterpret_cast<std::uintptr_t>(data.data()) % kConstantAlignment != 0) {
      // Files of other writers do not always align; the heap does.
      tensor.aligned_copy.assign(data.begin(), data.end());
      tensor.constant = tensor.aligned_copy;
    }
    return {};
  }

  Result<std::span<const std::byte>> bufferBytes(std::uint32_t index) {
    const auto* buffer = model_.buffers()->Get(index);
    if (buffer == nullptr)
      return damaged("buffer-missing", fmt::format("buffer {} is null", index));
    if (buffer->offset() > 1) {
      if (buffer->offset() > bytes_.size() || buffer->size() > bytes_.size() - buffer->offset()) {
        return damaged("buffer-bounds", fmt::format("buffer {} ends outside the file", index));
      }
      return bytes_.subspan(buffer->offset(), buffer->size());
    }
    if (buffer->data() == nullptr) return std::span<const std::byte>();
    return std::as_bytes(std::span(buffer->data()->data(), buffer->data()->size()));
  }

  Status readQuantization(const tflite::Tensor& source, Tensor& tensor) {
    const auto* quantization = source.quantization();
    if (quantization == nullptr) return {};
    if (quantization->details() != nullptr) {
      return fail(ErrorCode::kUnsupported, "quantization-details: only scales are supported");
    }
    const std::size_t count = sizeOf(quantization->scale());
    if (count == 0) return {};
    auto& result = tensor.info.quantization;
    result.scales = {quantization->scale()->data(), count};
    for (const float scale : result.scales) {
      if (!std::isfinite(scale) || scale < 0.0f || (scale == 0.0f && quantizedType(tensor))) {
        return damaged("scale-positive", fmt::format("scale {}", scale));
      }
    }
    if (count > 1) {
      const auto axis = quantization->quantized_dimension();
      if (axis < 0 || static_cast<std::size_t>(axis) >= tensor.rank()) {
        return damaged("quantized-dimension",
                       fmt::format("{} in {}", axis, shapeText(tensor.shape)));
      }
      if (static_cast<std::size_t>(tensor.dim(axis)) != count) {
        return damaged("scale-count", fmt::format("{} scales for dimension {} of {}", count, axis,
                                                  shapeText(tensor.shape)));
      }
      result.dimension = axis;
    }
    return readZeroPoints(*quantization, tensor);
  }

  static bool quantizedType(const Tensor& tensor) {
    const auto type = tensor.info.type;
    return type == ElementType::kInt8 || type == ElementType::kUint8 || type == ElementType::kInt16;
  }

  static Status readZeroPoints(const tflite::QuantizationParameters& quantization, Tensor& tensor) {
    const std::size_t scales = tensor.info.quantization.scales.size();
    const std::size_t count = sizeOf(quantization.zero_point());
    if (count > 1 && count != scales) {
      return damaged("zero-point-count", fmt::format("{} for {} scales", count, scales));
    }
    // Copied because the FlatBuffers verifier does not hold 8-byte elements to 8-byte addresses.
    tensor.zero_points.assign(scales, 0);
    for (std::size_t i = 0; i < scales && count > 0; ++i) {
      const auto at = static_cast<flatbuffers::uoffset_t>(count == 1 ? 0 : i);
      tensor.zero_points[i] = quantization.zero_point()->Get(at);
    }
    std::int64_t low = std::numeric_limits<std::int32_t>::min();
    std::int64_t high = std::numeric_limits<std::int32_t>::max();
    if (tensor.info.type == ElementType::kInt8) low = -128, high = 127;
    if (tensor.info.type == ElementType::kUint8) low = 0, high = 255;
    if (tensor.info.type == ElementType::kInt16) low = -32768, high = 32767;
    for (const auto zero_point : tensor.zero_points) {
      if (zero_point < low || zero_point > high) {
        return damaged("zero-point-range", fmt::format("{} does not fit {}", zero_point,
                                                       elementTypeName(tensor.info.type)));
      }
    }
    tensor.info.quantization.zero_points = tensor.zero_points;
    return {};
  }

  // Appends a subgraph's operators. A composite's decomposition takes its place, so that the graph
  // that runs calls nothing; operators that come from one are numbered as they are appended.
  Status readNodes(const tflite::SubGraph& subgraph, const Places& places, int depth) {
    const std::size_t count = sizeOf(subgraph.operators());
    for (std::size_t i = 0; i < count; ++i) {
      if (graph_.nodes.size() >= kMaxNodes) {
        return fail(ErrorCode::kLimitExceeded,
                    fmt::format("operator-count: more than {} operators", kMaxNodes));
      }
      const auto* source = subgraph.operators()->Get(static_cast<flatbuffers::uoffset_t>(i));
      const std::size_t index = graph_.nodes.size();
      if (source == nullptr) {
        return damaged("operator-missing", fmt::format("operator {} is null", index));
      }
      Node node;
      node.index = index;
      node.source = source;
      node.once = once_;
      auto status = readNode(*source, places, node);
      if (status && node.op == tflite::BuiltinOperator::STABLEHLO_COMPOSITE) {
        status = readDecomposition(*source, node, depth);
        if (status) continue;
      } else if (status && node.op == tflite::BuiltinOperator::CALL_ONCE) {
        status = readInitialisation(*source, node, depth);
        if (status) continue;
      } else if (status && node.op == tflite::BuiltinOperator::VAR_HANDLE) {
        status = variables_.name(*source, node, graph_);
        if (status) continue;
      } else if (status) {
        status = variables_.resolve(node, graph_);
      }
      if (!status) {
        return fail(status.error().withContext(fmt::format("operator {} {}", index, node.name)));
      }
      graph_.nodes.push_back(std::move(node));
    }
    return {};
  }

  Status readDecomposition(const tflite::Operator& source, const Node& node, int depth) {
    const auto* options = source.builtin_options_2_as_StableHLOCompositeOptions();
    if (options == nullptr) return damaged("options-missing", "its options table is not there");
    PRIMER_ASSIGN(const auto* called,
                  calledSubgraph(options->decomposition_subgraph_index(), depth));
    Bound bound;
    PRIMER_TRY(bind(called->inputs(), node.inputs, *called, bound));
    PRIMER_TRY(bind(called->outputs(), node.outputs, *called, bound));
    PRIMER_ASSIGN(const auto places, readTensors(*called, bound));
    return readNodes(*called, places, depth + 1);
  }

  // The subgraph that CALL_ONCE names joins the graph too; its operators run when a session is
  // made.
  Status readInitialisation(const tflite::Operator& source, const Node& node, int depth) {
    const auto* options = source.builtin_options_as_CallOnceOptions();
    if (options == nullptr) return damaged("options-missing", "its options table is not there");
    if (!node.inputs.empty() || !node.outputs.empty()) {
      return damaged("call-arguments", "CALL_ONCE has none");
    }
    PRIMER_ASSIGN(const auto* called, calledSubgraph(options->init_subgraph_index(), depth));
    if (!initialised_.insert(options->init_subgraph_index()).second) return {};
    PRIMER_ASSIGN(const auto places, readTensors(*called, {}));
    const bool outer = std::exchange(once_, true);
    PRIMER_TRY(readNodes(*called, places, depth + 1));
    once_ = outer;
    return {};
  }

  Result<const tflite::SubGraph*> calledSubgraph(int index, int depth) const {
    if (index < 1 || static_cast<std::size_t>(index) >= sizeOf(model_.subgraphs())) {
      return damaged("subgraph-index", fmt::format("{} of {}", index, sizeOf(model_.subgraphs())));
    }
    if (depth >= kMaxCallDepth) {
      return fail(
          ErrorCode::kLimitExceeded,
          fmt::format("call-depth: subgraphs call each other more than {} deep", kMaxCallDepth));
    }
    const auto* called = model_.subgraphs()->Get(static_cast<flatbuffers::uoffset_t>(index));
    if (called == nullptr) return damaged("subgraph-missing", fmt::format("{} is null", index));
    return called;
  }

  // Ties the arguments of a call to the called subgraph's tensors. A tensor that is tied twice
  // would have to be copied: no known writer makes such.
  static Status bind(const flatbuffers::Vector<std::int32_t>* formal,
                     const std::vector<int>& actual, const tflite::SubGraph& called, Bound& bound) {
    if (sizeOf(formal) != actual.size()) {
      return damaged("call-arguments",
                     fmt::format("{} for {} of the subgraph", actual.size(), sizeOf(formal)));
    }
    for (std::size_t i = 0; i < actual.size(); ++i) {
      const int tensor = formal->Get(static_cast<flatbuffers::uoffset_t>(i));
      if (tensor < 0 || static_cast<std::size_t>(tensor) >= sizeOf(called.tensors()) ||
          actual[i] == kNoTensor) {
        return damaged("call-arguments", fmt::format("tensor {} of the subgraph", tensor));
      }
      if (!bound.emplace(tensor, actual[i]).second) {
        return fail(ErrorCode::kUnsupported,
                    "call-arguments: a tensor of the subgraph serves twice");
      }
    }
    return {};
  }

  Status readNode(const tflite::Operator& source, const Places& places, Node& node) {
    const std::size_t code_count = sizeOf(model_.operator_codes());
    if (source.opcode_index() >= code_count) {
      return damaged("opcode-index", fmt::format("{} of {}", source.opcode_index(), code_count));
    }
    const auto* code = model_.operator_codes()->Get(source.opcode_index());
    if (code == nullptr) return damaged("opcode-missing", "operator code is null");
    const int number =
        std::max<int>(code->deprecated_builtin_code(), static_cast<int>(code->builtin_code()));
    if (number < 0 || number > static_cast<int>(tflite::BuiltinOperator::MAX)) {
      return fail(ErrorCode::kUnsupported,
                  fmt::format("operator-known: code {} is not known", number));
    }
    node.op = static_cast<tflite::BuiltinOperator>(number);
    node.name = tflite::EnumNameBuiltinOperator(node.op);
    node.version = code->version();
    if (node.op == tflite::BuiltinOperator::CUSTOM) {
      PRIMER_TRY(readCustomNode(source, code->custom_code(), node));
    }
    PRIMER_ASSIGN(node.inputs, readIndices(source.inputs(), places, "operator-inputs", true));
    PRIMER_ASSIGN(node.outputs, readIndices(source.outputs(), places, "operator-outputs", false));
    return {};
  }

  Status readCustomNode(const tflite::Operator& source, const flatbuffers::String* name,
                        Node& node) {
    const auto text = name == nullptr ? std::string_view() : name->string_view();
    node.custom = custom_.find(text);
    if (node.custom == nullptr) {
      return fail(ErrorCode::kUnsupported,
                  fmt::format("operator-known: custom operator '{}', version {}, is not registered",
                              text.substr(0, 80), node.version));
    }
    node.name = node.custom->name;
    const auto offset = source.large_custom_options_offset();
    const auto size = source.large_custom_options_size();
    if (offset > 1) {
      if (offset > bytes_.size() || size > bytes_.size() - offset) {
        return damaged("options-bounds", "its options end outside the file");
      }
      node.custom_options = bytes_.subspan(offset, size);
    } else if (const auto* options = source.custom_options(); options != nullptr) {
      node.custom_options = std::as_bytes(std::span(options->data(), options->size()));
    }
    return {};
  }

  static Result<std::vector<int>> readIndices(const flatbuffers::Vector<std::int32_t>* source,
                                              const Places& places, std::string_view rule,
                                              bool optional) {
    std::vector<int> indices;
    for (std::size_t i = 0; i < sizeOf(source); ++i) {
      const int index = source->Get(static_cast<flatbuffers::uoffset_t>(i));
      const bool left_out = index == kNoTensor && optional;
      if (!left_out && (index < 0 || static_cast<std::size_t>(index) >= places.size())) {
        return damaged(rule, fmt::format("tensor {} of {}", index, places.size()));
      }
      indices.push_back(left_out ? kNoTensor : places[static_cast<std::size_t>(index)]);
    }
    return indices;
  }

  std::span<const std::byte> bytes_;
  const Limits& limits_;
  const CustomOperators& custom_;
  const tflite::Model& model_;
  Graph graph_;
  Variables variables_;
  std::set<int> initialised_;  // subgraphs that CALL_ONCE has called
  bool once_ = false;          // inside one of them
};

}  // namespace

Result<Graph> readGraph(std::span<const std::byte> bytes, const Limits& limits,
                        const CustomOperators& custom) {
  return Reader(bytes, limits, custom).read();
}

}  // namespace primer::inference
