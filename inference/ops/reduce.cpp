#include "ops/reduce.h"

#include <fmt/format.h>

#include "ops/operators.h"
#include "ops/strided_copy.h"
#include "ops/weights.h"

namespace primer::inference {

namespace {

// An input, and one of its axes as a constant; output_shape is left open.
Checked<ArgLayer> alongAxis(const NodeView& node, std::size_t& axis) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  const auto& shape = node.input(0).shape;
  PRIMER_ASSIGN(const auto axes, node.constantIntegers(1, "axis"));
  if (axes.size() != 1) return node.damaged("axis", "{} values", axes.size());
  PRIMER_ASSIGN(axis, normalAxis(node, axes[0], shape.size()));
  ArgLayer layer;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (d < axis) layer.outer *= shape[d];
    if (d > axis) layer.inner *= shape[d];
  }
  layer.size = shape[axis];
  return layer;
}

}  // namespace

Checked<ArgLayer> argLayer(const NodeView& node) {
  std::size_t axis = 0;
  PRIMER_ASSIGN(auto layer, alongAxis(node, axis));
  const auto& shape = node.input(0).shape;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (d != axis) layer.output_shape.push_back(shape[d]);
  }
  if (layer.size < 1) return node.damaged("best-of-nothing", "{}", shapeText(shape));
  return layer;
}

Checked<std::vector<Shape>> checkArg(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, argLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<ArgLayer> cumulativeLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  std::size_t axis = 0;
  PRIMER_ASSIGN(auto layer, alongAxis(node, axis));
  layer.output_shape = node.input(0).shape;
  return layer;
}

Checked<std::vector<Shape>> checkCumulative(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, cumulativeLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<ArgLayer> oneHotLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(4, 4, 1));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::OneHotOptions>());
  PRIMER_ASSIGN(const auto depth, node.constantIntegers(1, "depth"));
  for (const std::size_t value : {2, 3}) {
    PRIMER_TRY(node.expectSameType(node.input(value), node.output(0), "value and output"));
    if (elementCount(node.input(value).shape) != 1) {
      return node.damaged("one-hot", "input {} is not a scalar", value);
    }
  }
  constexpr std::int64_t kMost = 1 << 24;
  if (depth.size() != 1 || depth[0] < 0 || depth[0] > kMost) {
    return node.damaged("one-hot", "the depth is not one number from 0 to 2^24");
  }
  const auto& shape = node.input(0).shape;
  if (shape.size() >= kMaxRank) {
    return node.damaged("shape-rank", "rank {} is above 8", shape.size() + 1);
  }
  PRIMER_ASSIGN(const auto axis, normalAxis(node, options->axis(), shape.size() + 1));
  ArgLayer layer;
  layer.size = depth[0];
  layer.output_shape = shape;
  layer.output_shape.insert(layer.output_shape.begin() + static_cast<std::ptrdiff_t>(axis),
                            static_cast<std::int32_t>(depth[0]));
  for (std::size_t d = 0; d < shape.size(); ++d) (d < axis ? layer.outer : layer.inner) *= shape[d];
  return layer;
}

Checked<std::vector<Shape>> checkOneHot(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, oneHotLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<std::vector<Shape>> checkRows(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  PRIMER_TRY(node.expectRank(node.input(0), "input", 1, kMaxRank));
  if (const auto* options = node.options<tflite::L2NormOptions>();
      options != nullptr &&
      options->fused_activation_function() != tflite::ActivationFunctionType::NONE) {
    return node.unsupported("fused-activation", "L2_NORMALIZATION with an activation");
  }
  return oneShape(node.input(0).shape);
}

}  // namespace primer::inference
