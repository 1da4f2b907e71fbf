#pragma once

// A node as its operator's check and prepare functions see it.

#include <optional>
#include <string>

#include "primer/base/result.h"
#include "src/graph.h"

namespace primer::inference {

// Which tflite options table an operator has: specialised where options() is used.
template <typename Options>
inline constexpr tflite::BuiltinOptions kOptionsTag =
    tflite::BuiltinOptionsTraits<Options>::enum_value;

class NodeView {
 public:
  NodeView(const Graph& graph, const Node& node) : graph_(graph), node_(node) {}

  const Node& node() const { return node_; }
  const Graph& graph() const { return graph_; }
  std::size_t inputCount() const { return node_.inputs.size(); }
  std::size_t outputCount() const { return node_.outputs.size(); }

  // The activation that the planner has joined to the node, else what its options say.
  tflite::ActivationFunctionType activationOr(tflite::ActivationFunctionType own) const {
    return node_.joined.activation.value_or(own);
  }

  // Only after expectCounts() has said that they are there.
  const Tensor& input(std::size_t i) const { return graph_.tensors[node_.inputs[i]]; }
  const Tensor& output(std::size_t i) const { return graph_.tensors[node_.outputs[i]]; }

  // Null where the input is left out.
  const Tensor* optionalInput(std::size_t i) const;

  // The first `required` inputs are there, at most `most` in all, and exactly `outputs` outputs.
  Status expectCounts(std::size_t required, std::size_t most, std::size_t outputs) const;

  // Null where the file has none; absent options mean the defaults of the format.
  template <typename Options>
  const Options* options() const {
    return node_.source->builtin_options_type() == kOptionsTag<Options>
               ? static_cast<const Options*>(node_.source->builtin_options())
               : nullptr;
  }
  // The same, refused where the file has none.
  template <typename Options>
  Result<const Options*> requiredOptions() const {
    const auto* found = options<Options>();
    if (found == nullptr) return damaged("options-missing", "its options table is not there");
    return found;
  }

  // An input that must be known at planning: int32 or int64 constants, as int64.
  Result<std::vector<std::int64_t>> constantIntegers(std::size_t input,
                                                     std::string_view what) const;

  Status expectRank(const Tensor& tensor, std::string_view what, std::size_t low,
                    std::size_t high) const;
  // One scale for the whole tensor.
  Status expectPerTensor(const Tensor& tensor, std::string_view what) const;
  Status expectSameQuantization(const Tensor& a, const Tensor& b) const;
  Status expectSameType(const Tensor& a, const Tensor& b, std::string_view what) const;

  // "rule: text"; the caller that walks the nodes adds which operator it is.
  static tl::unexpected<Error> damaged(std::string_view rule, const std::string& text);
  static tl::unexpected<Error> unsupported(std::string_view rule, const std::string& text);

 private:
  const Graph& graph_;
  const Node& node_;
};

bool isQuantized(ElementType type);  // int8, uint8, int16

}  // namespace primer::inference
