#include "ops/work.h"

#include <algorithm>
#include <limits>

#include "ops/lstm.h"
#include "ops/window.h"

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;

std::uint64_t elements(const Tensor& tensor) { return elementCount(tensor.shape); }

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  return a != 0 && b > kMost / a ? kMost : a * b;
}

// Of each output element, or of each input element where products are spread
// over the output.
std::uint64_t workOfOne(const NodeView& node) {
  switch (node.node().op) {
    case BuiltinOperator::CONV_2D:
    case BuiltinOperator::FULLY_CONNECTED:
      return elements(node.input(1)) / std::max<std::uint64_t>(node.input(1).dim(0), 1);
    case BuiltinOperator::DEPTHWISE_CONV_2D:
      return times(node.input(1).dim(1), node.input(1).dim(2));
    case BuiltinOperator::BATCH_MATMUL:
      return std::max(node.input(0).shape.back(), node.input(0).shape[node.input(0).rank() - 2]);
    case BuiltinOperator::AVERAGE_POOL_2D:
    case BuiltinOperator::MAX_POOL_2D: {
      const auto window = pool2dWindow(node);
      if (!window) return 1;
      return times(std::min(window->kernel_height, window->in_height),
                   std::min(window->kernel_width, window->in_width));
    }
    default:
      return 1;
  }
}

}  // namespace

std::uint64_t workOf(const NodeView& node) {
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < node.inputCount(); ++i) {
    if (const auto* input = node.optionalInput(i); input != nullptr) {
      most = std::max(most, elements(*input));
    }
  }
  if (node.node().op == BuiltinOperator::TRANSPOSE_CONV) {
    const auto& weights = node.input(1);
    return times(elements(node.input(2)),
                 elements(weights) / std::max<std::uint64_t>(weights.dim(3), 1));
  }
  if (node.node().op == BuiltinOperator::LSTM ||
      node.node().op == BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM) {
    if (isBasicLstm(node)) {
      const auto basic = basicLstmLayer(node);
      return basic ? std::max(most, basic->macs()) : most;
    }
    const auto layer = lstmLayer(node);
    return layer ? std::max(most, layer->macs()) : most;
  }
  for (std::size_t i = 0; i < node.outputCount(); ++i) {
    most = std::max(most, times(elements(node.output(i)), workOfOne(node)));
  }
  return most;
}

}  // namespace primer::inference
