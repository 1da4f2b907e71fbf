#include "ops/svdf.h"

#include <fmt/format.h>

#include "ops/operators.h"

namespace primer::inference {

Checked<SvdfLayer> svdfLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(5, 5, 1));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::SVDFOptions>());
  const auto& input = node.input(0);
  const auto& features = node.input(1);
  const auto& times = node.input(2);
  const auto* bias = node.optionalInput(3);
  const auto& state = node.input(4);
  PRIMER_TRY(node.expectRank(input, "input", 2, 2));
  PRIMER_TRY(node.expectRank(features, "feature weights", 2, 2));
  PRIMER_TRY(node.expectRank(times, "time weights", 2, 2));
  for (const auto* tensor : {&input, &features, &times, &state, &node.output(0)}) {
    PRIMER_TRY(node.expectPerTensor(*tensor, "a tensor"));
  }
  SvdfLayer layer;
  layer.batch = input.dim(0);
  layer.depth = input.dim(1);
  layer.filters = features.dim(0);
  layer.memory = times.dim(1);
  layer.rank = options->rank();
  constexpr std::int64_t kMaxDepth = 1 << 16;
  if (layer.rank < 1 || layer.filters < 1 || layer.filters % layer.rank != 0 || layer.memory < 1 ||
      layer.depth > kMaxDepth || features.dim(1) != layer.depth || times.dim(0) != layer.filters) {
    return node.damaged("weights-depth", "weights {} and {} of rank {} on input {}",
                        shapeText(features.shape), shapeText(times.shape), layer.rank,
                        shapeText(input.shape));
  }
  layer.units = layer.filters / layer.rank;
  if (!features.is_constant || !times.is_constant || (bias != nullptr && !bias->is_constant)) {
    return node.unsupported("weights-constant", "quantised weights are not constants");
  }
  if (times.info.type != ElementType::kInt16 || state.info.type != ElementType::kInt16 ||
      (bias != nullptr && bias->info.type != ElementType::kInt32)) {
    return node.unsupported("operator-types", "time weights and state of int16, bias of int32");
  }
  const auto count = static_cast<std::int64_t>(elementCount(state.shape));
  if (!state.is_variable || count != layer.batch * layer.filters * layer.memory) {
    return node.damaged("state", "{}, needs {} elements of a variable", shapeText(state.shape),
                        layer.batch * layer.filters * layer.memory);
  }
  if (bias != nullptr && static_cast<std::int64_t>(elementCount(bias->shape)) != layer.units) {
    return node.damaged("bias-size", "{} for {} units", shapeText(bias->shape), layer.units);
  }
  layer.output_shape = {input.dim(0), static_cast<std::int32_t>(layer.units)};
  return layer;
}

Checked<std::vector<Shape>> checkSvdf(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, svdfLayer(node));
  return oneShape(std::move(layer.output_shape));
}

}  // namespace primer::inference
