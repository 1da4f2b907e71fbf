#include "ops/gather.h"

#include <fmt/format.h>

#include "ops/operators.h"
#include "ops/strided_copy.h"

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;

Verdict checkIndices(const NodeView& node, const GatherLayer& layer) {
  const auto& indices = node.input(layer.indices);
  const auto type = indices.info.type;
  if (type != ElementType::kInt32 && type != ElementType::kInt64) {
    return node.unsupported("index-type", "{}", elementTypeName(type));
  }
  for (const auto size : layer.sizes) {
    if (size < 1) return node.damaged("index-range", "nothing to choose from");
  }
  if (!indices.is_constant) return {};
  PRIMER_ASSIGN(const auto values, node.constantIntegers(layer.indices, "indices"));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto size = layer.sizes[i % layer.sizes.size()];
    if (values[i] < 0 || values[i] >= size) {
      return node.damaged("index-range", "{} of {}", values[i], size);
    }
  }
  return {};
}

Checked<GatherLayer> gather(const NodeView& node) {
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::GatherOptions>());
  if (options->batch_dims() != 0) {
    return node.unsupported("batch-dims", "{}", options->batch_dims());
  }
  const auto& shape = node.input(0).shape;
  const auto& indices = node.input(1).shape;
  PRIMER_ASSIGN(const auto axis, normalAxis(node, options->axis(), shape.size()));
  GatherLayer layer;
  for (std::size_t d = 0; d < axis; ++d) layer.outer *= shape[d];
  for (std::size_t d = axis + 1; d < shape.size(); ++d) layer.slice *= shape[d];
  layer.sizes = {shape[axis]};
  layer.output_shape = shape;
  const auto at = layer.output_shape.begin() + static_cast<std::ptrdiff_t>(axis);
  layer.output_shape.insert(layer.output_shape.erase(at), indices.begin(), indices.end());
  return layer;
}

Checked<GatherLayer> gatherSlices(const NodeView& node) {
  const auto& shape = node.input(0).shape;
  const auto& indices = node.input(1).shape;
  if (indices.empty() || indices.back() < 1 ||
      static_cast<std::size_t>(indices.back()) > shape.size()) {
    return node.damaged("index-shape", "{} for {}", shapeText(indices), shapeText(shape));
  }
  const auto parts = static_cast<std::size_t>(indices.back());
  GatherLayer layer;
  layer.sizes.assign(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(parts));
  layer.output_shape.assign(indices.begin(), indices.end() - 1);
  for (std::size_t d = parts; d < shape.size(); ++d) {
    layer.slice *= shape[d];
    layer.output_shape.push_back(shape[d]);
  }
  return layer;
}

Checked<GatherLayer> lookUp(const NodeView& node) {
  PRIMER_TRY(node.expectRank(node.input(0), "indices", 1, 1));
  PRIMER_TRY(node.expectRank(node.input(1), "table", 1, kMaxRank));
  GatherLayer layer;
  layer.data = 1;
  layer.indices = 0;
  layer.output_shape = node.input(1).shape;
  layer.output_shape[0] = node.input(0).dim(0);
  layer.sizes = {node.input(1).dim(0)};
  for (std::size_t d = 1; d < node.input(1).rank(); ++d) layer.slice *= node.input(1).dim(d);
  return layer;
}

Checked<GatherLayer> layerOf(const NodeView& node) {
  switch (node.node().op) {
    case BuiltinOperator::GATHER:
      return gather(node);
    case BuiltinOperator::GATHER_ND:
      return gatherSlices(node);
    default:
      return lookUp(node);
  }
}

}  // namespace

Checked<GatherLayer> gatherLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  PRIMER_ASSIGN(auto layer, layerOf(node));
  PRIMER_TRY(node.expectSameType(node.input(layer.data), node.output(0), "input and output"));
  if (layer.output_shape.size() > kMaxRank) {
    return node.damaged("shape-rank", "rank {} is above 8", layer.output_shape.size());
  }
  layer.count =
      static_cast<std::int64_t>(elementCount(node.input(layer.indices).shape) / layer.sizes.size());
  PRIMER_TRY(checkIndices(node, layer));
  return layer;
}

Checked<ConcatenationLayer> packLayer(const NodeView& node) {
  const std::size_t inputs = node.inputCount();
  PRIMER_TRY(node.expectCounts(inputs, inputs, 1));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::PackOptions>());
  const auto& shape = node.input(0).shape;
  if (shape.size() >= kMaxRank) return node.damaged("shape-rank", "{}", shapeText(shape));
  PRIMER_ASSIGN(const auto axis, normalAxis(node, options->axis(), shape.size() + 1));
  ConcatenationLayer layer;
  std::int64_t inner = 1;
  for (std::size_t d = 0; d < shape.size(); ++d) (d < axis ? layer.outer : inner) *= shape[d];
  for (std::size_t i = 0; i < inputs; ++i) {
    PRIMER_TRY(node.expectSameType(node.input(i), node.output(0), "input and output"));
    if (node.input(i).shape != shape) {
      return node.damaged("pack-shapes", "{} and {}", shapeText(shape),
                          shapeText(node.input(i).shape));
    }
    layer.counts.push_back(inner);
  }
  layer.output_shape = shape;
  layer.output_shape.insert(layer.output_shape.begin() + static_cast<std::ptrdiff_t>(axis),
                            static_cast<std::int32_t>(inputs));
  return layer;
}

Checked<std::vector<Shape>> checkGather(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, gatherLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<std::vector<Shape>> checkPack(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, packLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<std::vector<Shape>> checkCast(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  return oneShape(node.input(0).shape);
}

}  // namespace primer::inference
