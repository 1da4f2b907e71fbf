#pragma once

// A node as its operator's check and prepare functions see it.

#include "ops/verdict.h"
#include "primer/base/result.h"
#include "src/graph.h"

namespace primer::inference {

// Which tflite options table an operator has: specialised where options() is used.
template <typename Options>
inline constexpr tflite::BuiltinOptions kOptionsTag =
    tflite::BuiltinOptionsTraits<Options>::enum_value;

class NodeView : public Refuser {
 public:
  NodeView(const Graph& graph, const Node& node, Error* reason = nullptr)
      : Refuser(reason), graph_(graph), node_(node) {}
  // Another node of the same graph, judged on behalf of `other`.
  NodeView(const NodeView& other, const Node& node)
      : NodeView(other.graph_, node, other.reason()) {}

  const Node& node() const { return node_; }
  const Graph& graph() const { return graph_; }
  std::size_t inputCount() const { return node_.inputs.size(); }
  std::size_t outputCount() const { return node_.outputs.size(); }

  // The activation that the planner has joined to the node, else what its options say.
  tflite::ActivationFunctionType activationOr(tflite::ActivationFunctionType own) const {
    return node_.joined.activation.value_or(own);
  }

  // Only after expectCounts() has said that they are there.
  const Tensor& input(std::size_t i) const;
  const Tensor& output(std::size_t i) const;

  // Null where the input is left out.
  const Tensor* optionalInput(std::size_t i) const;

  // The first `required` inputs are there, at most `most` in all, and exactly `outputs` outputs.
  Verdict expectCounts(std::size_t required, std::size_t most, std::size_t outputs) const;

  // Null where the file has none; absent options mean the defaults of the format.
  template <typename Options>
  const Options* options() const {
    return node_.source->builtin_options_type() == kOptionsTag<Options>
               ? static_cast<const Options*>(node_.source->builtin_options())
               : nullptr;
  }
  // The same, refused where the file has none.
  template <typename Options>
  Checked<const Options*> requiredOptions() const {
    const auto* found = options<Options>();
    if (found == nullptr) return damaged("options-missing", "its options table is not there");
    return found;
  }

  // An input that must be known at planning: int32 or int64 constants, as int64.
  Checked<std::vector<std::int64_t>> constantIntegers(std::size_t input, const char* what) const;

  Verdict expectRank(const Tensor& tensor, const char* what, std::size_t low,
                     std::size_t high) const;
  // One scale for the whole tensor.
  Verdict expectPerTensor(const Tensor& tensor, const char* what) const;
  Verdict expectSameQuantization(const Tensor& a, const Tensor& b) const;
  Verdict expectSameType(const Tensor& a, const Tensor& b, const char* what) const;

 private:
  const Graph& graph_;
  const Node& node_;
};

// The shapes of a node with one output.
std::vector<Shape> oneShape(Shape shape);

bool isQuantized(ElementType type);  // int8, uint8, int16

}  // namespace primer::inference
