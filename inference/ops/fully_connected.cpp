#include "ops/fully_connected.h"

#include <fmt/format.h>

#include "ops/operators.h"
#include "ops/weights.h"

namespace primer::inference {

Checked<DenseLayer> denseLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 3, 1));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::FullyConnectedOptions>());
  if (options->weights_format() != tflite::FullyConnectedOptionsWeightsFormat::DEFAULT) {
    return node.unsupported("weights-format", "shuffled weights are not supported");
  }
  const auto& input = node.input(0);
  const auto& weights = node.input(1);
  PRIMER_TRY(node.expectRank(weights, "weights", 2, 2));
  DenseLayer layer;
  layer.channels = weights.dim(0);
  layer.depth = weights.dim(1);
  layer.activation = node.activationOr(options->fused_activation_function());
  PRIMER_TRY(checkFusedActivation(node, layer.activation));
  if (layer.depth < 1 || layer.channels < 1) {
    return node.damaged("weights-depth", "weights {}", shapeText(weights.shape));
  }
  const auto elements = static_cast<std::int64_t>(elementCount(input.shape));
  if (elements % layer.depth != 0) {
    return node.damaged("weights-depth", "weights {} on input {}", shapeText(weights.shape),
                        shapeText(input.shape));
  }
  layer.rows = elements / layer.depth;
  if (options->keep_num_dims()) {
    if (input.rank() == 0 || input.shape.back() != layer.depth) {
      return node.damaged("weights-depth", "weights {} on input {}", shapeText(weights.shape),
                          shapeText(input.shape));
    }
    layer.output_shape = input.shape;
    layer.output_shape.back() = layer.channels;
  } else {
    layer.output_shape = {static_cast<std::int32_t>(layer.rows), layer.channels};
  }
  PRIMER_TRY(checkWeights(node, layer.channels, 0, static_cast<std::uint64_t>(layer.depth)));
  return layer;
}

Checked<std::vector<Shape>> checkFullyConnected(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, denseLayer(node));
  return oneShape(std::move(layer.output_shape));
}

}  // namespace primer::inference
