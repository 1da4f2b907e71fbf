#include <algorithm>
#include <optional>

#include "planner/graph_use.h"
#include "planner/passes/passes.h"

namespace primer::inference {
namespace {

using Activation = tflite::ActivationFunctionType;
using tflite::BuiltinOperator;

std::optional<Activation> activationOf(const Node& node) {
  switch (node.op) {
    case BuiltinOperator::RELU:
      return Activation::RELU;
    case BuiltinOperator::RELU6:
      return Activation::RELU6;
    case BuiltinOperator::RELU_N1_TO_1:
      return Activation::RELU_N1_TO_1;
    default:
      return std::nullopt;
  }
}

// The activation that an operator applies by itself; nothing where it has none to set.
std::optional<Activation> ownActivation(const Graph& graph, const Node& node) {
  if (node.joined.activation) return node.joined.activation;
  const NodeView view(graph, node);
  const auto of = [&](const auto* options) -> std::optional<Activation> {
    if (options == nullptr) return Activation::NONE;
    return options->fused_activation_function();
  };
  switch (node.op) {
    case BuiltinOperator::CONV_2D:
      return of(view.options<tflite::Conv2DOptions>());
    case BuiltinOperator::DEPTHWISE_CONV_2D:
      return of(view.options<tflite::DepthwiseConv2DOptions>());
    case BuiltinOperator::FULLY_CONNECTED:
      return of(view.options<tflite::FullyConnectedOptions>());
    case BuiltinOperator::AVERAGE_POOL_2D:
    case BuiltinOperator::MAX_POOL_2D:
      return of(view.options<tflite::Pool2DOptions>());
    case BuiltinOperator::ADD:
      return of(view.options<tflite::AddOptions>());
    case BuiltinOperator::SUB:
      return of(view.options<tflite::SubOptions>());
    case BuiltinOperator::MUL:
      return of(view.options<tflite::MulOptions>());
    default:
      return std::nullopt;
  }
}

// One clamp that does what the first and then the second would.
std::optional<Activation> both(Activation first, Activation second) {
  if (first == Activation::NONE || first == second) return second;
  const bool half_open = first == Activation::RELU && second == Activation::RELU6;
  const bool closed = first == Activation::RELU6 && second == Activation::RELU;
  return half_open || closed ? std::optional(Activation::RELU6) : std::nullopt;
}

bool sameNumbers(const Tensor& a, const Tensor& b) {
  if (a.info.type != b.info.type) return false;
  if (a.info.type == ElementType::kFloat32) return true;
  const bool bytes = a.info.type == ElementType::kInt8 || a.info.type == ElementType::kUint8;
  return bytes && a.quantization().quantized() && b.quantization().quantized() &&
         a.quantization().scale() == b.quantization().scale() &&
         a.quantization().zeroPoint() == b.quantization().zeroPoint();
}

}  // namespace

void joinActivations(Graph& graph) {
  const GraphUse use(graph);
  std::vector<bool> gone(graph.nodes.size(), false);
  // Of a chain of RELUs, the operator before it takes one after another: it writes what the last of
  // them wrote.
  std::vector<std::size_t> writer = use.writer;
  for (const auto* relu : runningNodes(graph)) {
    const auto wish = activationOf(*relu);
    if (!wish || relu->inputs.empty() || relu->once) continue;
    const int between = relu->inputs[0];
    const int result = relu->outputs[0];
    if (!use.isLink(between) || use.is_fixed[result]) continue;
    auto& before = graph.nodes[writer[between]];
    if (before.once || before.outputs.size() != 1 || before.outputs[0] != between) continue;
    const auto own = ownActivation(graph, before);
    if (!own || !sameNumbers(graph.tensors[between], graph.tensors[result])) continue;
    const auto joined = both(*own, *wish);
    if (!joined) continue;
    before.joined.activation = *joined;
    before.outputs[0] = result;
    writer[result] = before.index;
    gone[relu->index] = true;
  }
  dropNodes(graph, gone);
}

}  // namespace primer::inference
