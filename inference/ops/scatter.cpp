#include "ops/scatter.h"

#include <fmt/format.h>

#include <limits>

#include "ops/operators.h"

namespace primer::inference {
namespace {

Verdict expectIndexType(const NodeView& node, const Tensor& indices) {
  const auto type = indices.info.type;
  if (type == ElementType::kInt32 || type == ElementType::kInt64) return {};
  return node.unsupported("index-type", "{}", elementTypeName(type));
}

}  // namespace

Checked<ScatterLayer> scatterLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(3, 3, 1));
  const auto& indices = node.input(0);
  const auto& updates = node.input(1);
  PRIMER_TRY(expectIndexType(node, indices));
  PRIMER_TRY(node.expectSameType(updates, node.output(0), "updates and output"));
  PRIMER_ASSIGN(const auto wanted, node.constantIntegers(2, "shape"));
  ScatterLayer layer;
  if (wanted.size() > kMaxRank) {
    return node.damaged("shape-rank", "rank {} is above 8", wanted.size());
  }
  for (const auto size : wanted) {
    if (size < 1 || size > std::numeric_limits<std::int32_t>::max()) {
      return node.damaged("scatter-shape", "dimension {}", size);
    }
    layer.output_shape.push_back(static_cast<std::int32_t>(size));
  }
  if (indices.shape.empty() || indices.shape.back() < 1 ||
      static_cast<std::size_t>(indices.shape.back()) > wanted.size()) {
    return node.damaged("index-shape", "{} for {}", shapeText(indices.shape),
                        shapeText(layer.output_shape));
  }
  const auto parts = static_cast<std::ptrdiff_t>(indices.shape.back());
  layer.sizes.assign(wanted.begin(), wanted.begin() + parts);
  Shape expected(indices.shape.begin(), indices.shape.end() - 1);
  expected.insert(expected.end(), layer.output_shape.begin() + parts, layer.output_shape.end());
  if (updates.shape != expected) {
    return node.damaged("scatter-shape", "updates are {}, need {}", shapeText(updates.shape),
                        shapeText(expected));
  }
  for (auto at = layer.output_shape.begin() + parts; at != layer.output_shape.end(); ++at) {
    layer.slice *= *at;
  }
  layer.count = static_cast<std::int64_t>(elementCount(indices.shape)) / parts;
  if (!indices.is_constant) return layer;
  PRIMER_ASSIGN(const auto values, node.constantIntegers(0, "indices"));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto size = layer.sizes[i % layer.sizes.size()];
    if (values[i] < 0 || values[i] >= size) {
      return node.damaged("index-range", "{} of {}", values[i], size);
    }
  }
  return layer;
}

Checked<UpdateSliceLayer> updateSliceLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(3, 3, 1));
  const auto& operand = node.input(0);
  const auto& update = node.input(1);
  PRIMER_TRY(node.expectSameType(operand, update, "operand and update"));
  PRIMER_TRY(node.expectSameType(operand, node.output(0), "operand and output"));
  PRIMER_TRY(expectIndexType(node, node.input(2)));
  bool fits =
      update.rank() == operand.rank() && elementCount(node.input(2).shape) == operand.rank();
  for (std::size_t axis = 0; fits && axis < operand.rank(); ++axis) {
    fits = update.dim(axis) <= operand.dim(axis);
  }
  if (!fits) {
    return node.damaged("update-shape", "{} at {} places in {}", shapeText(update.shape),
                        elementCount(node.input(2).shape), shapeText(operand.shape));
  }
  return UpdateSliceLayer{operand.shape, update.shape};
}

Checked<TopLayer> topLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 2));
  const auto& input = node.input(0);
  PRIMER_TRY(node.expectRank(input, "input", 1, kMaxRank));
  PRIMER_TRY(node.expectSameType(input, node.output(0), "input and output"));
  if (node.output(1).info.type != ElementType::kInt32) {
    return node.unsupported("index-type", "{}", elementTypeName(node.output(1).info.type));
  }
  PRIMER_ASSIGN(const auto count, node.constantIntegers(1, "count"));
  if (count.size() != 1 || count[0] < 0 || count[0] > input.shape.back()) {
    return node.damaged("top-count", "{} of {}", count.empty() ? -1 : count[0], input.shape.back());
  }
  TopLayer layer;
  layer.depth = input.shape.back();
  layer.count = count[0];
  layer.rows =
      layer.depth == 0 ? 0 : static_cast<std::int64_t>(elementCount(input.shape)) / layer.depth;
  layer.output_shape = input.shape;
  layer.output_shape.back() = static_cast<std::int32_t>(layer.count);
  return layer;
}

Checked<std::vector<Shape>> checkScatter(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, scatterLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<std::vector<Shape>> checkUpdateSlice(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, updateSliceLayer(node));
  return oneShape(std::move(layer.shape));
}

Checked<std::vector<Shape>> checkTop(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, topLayer(node));
  return std::vector<Shape>{layer.output_shape, layer.output_shape};
}

}  // namespace primer::inference
