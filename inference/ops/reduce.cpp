#include "ops/reduce.h"

#include <fmt/format.h>

#include "ops/operators.h"
#include "ops/strided_copy.h"
#include "ops/weights.h"

namespace primer::inference {

Result<ArgLayer> argLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  const auto& shape = node.input(0).shape;
  PRIMER_ASSIGN(const auto axes, node.constantIntegers(1, "axis"));
  if (axes.size() != 1) return NodeView::damaged("axis", fmt::format("{} values", axes.size()));
  PRIMER_ASSIGN(const auto axis, normalAxis(axes[0], shape.size()));
  ArgLayer layer;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (d < axis) layer.outer *= shape[d];
    if (d > axis) layer.inner *= shape[d];
    if (d != axis) layer.output_shape.push_back(shape[d]);
  }
  layer.size = shape[axis];
  if (layer.size < 1) return NodeView::damaged("best-of-nothing", shapeText(shape));
  return layer;
}

Result<std::vector<Shape>> checkArg(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, argLayer(node));
  return std::vector<Shape>{std::move(layer.output_shape)};
}

Result<std::vector<Shape>> checkRows(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  PRIMER_TRY(node.expectRank(node.input(0), "input", 1, kMaxRank));
  if (const auto* options = node.options<tflite::L2NormOptions>();
      options != nullptr &&
      options->fused_activation_function() != tflite::ActivationFunctionType::NONE) {
    return NodeView::unsupported("fused-activation", "L2_NORMALIZATION with an activation");
  }
  return std::vector<Shape>{node.input(0).shape};
}

}  // namespace primer::inference
