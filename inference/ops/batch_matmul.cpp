#include "ops/batch_matmul.h"

#include <fmt/format.h>

#include <algorithm>

#include "ops/operators.h"

namespace primer::inference {

Checked<BatchMatMulLayer> batchMatMulLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.input(1), "operands"));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  const auto& a = node.input(0).shape;
  const auto& b = node.input(1).shape;
  PRIMER_TRY(node.expectRank(node.input(0), "input 0", 2, kMaxRank));
  PRIMER_TRY(node.expectRank(node.input(1), "input 1", 2, kMaxRank));
  BatchMatMulLayer layer;
  if (const auto* options = node.options<tflite::BatchMatMulOptions>(); options != nullptr) {
    layer.transposed_a = options->adj_x();
    layer.transposed_b = options->adj_y();
  }
  const auto& back_a = a[a.size() - 1];
  const auto& front_a = a[a.size() - 2];
  const auto& back_b = b[b.size() - 1];
  const auto& front_b = b[b.size() - 2];
  layer.rows = layer.transposed_a ? back_a : front_a;
  layer.depth = layer.transposed_a ? front_a : back_a;
  layer.columns = layer.transposed_b ? front_b : back_b;
  bool fits = layer.depth == (layer.transposed_b ? back_b : front_b);
  const std::size_t batches = std::max(a.size(), b.size()) - 2;
  layer.loops.resize(batches);
  layer.output_shape.resize(batches);
  std::int64_t step_a = layer.rows * layer.depth;
  std::int64_t step_b = layer.depth * layer.columns;
  for (std::size_t i = 0; fits && i < batches; ++i) {
    const std::int32_t dim_a = i + 2 < a.size() ? a[a.size() - 3 - i] : 1;
    const std::int32_t dim_b = i + 2 < b.size() ? b[b.size() - 3 - i] : 1;
    fits = dim_a == dim_b || dim_a == 1 || dim_b == 1;
    const std::int32_t dim = dim_a == 1 ? dim_b : dim_a;
    layer.output_shape[batches - 1 - i] = dim;
    layer.loops[batches - 1 - i] = {dim, dim_a == 1 ? 0 : step_a, dim_b == 1 ? 0 : step_b};
    step_a *= dim_a;
    step_b *= dim_b;
  }
  if (!fits) {
    return node.damaged("matrix-shapes", "{} and {} do not fit", shapeText(a), shapeText(b));
  }
  layer.output_shape.push_back(static_cast<std::int32_t>(layer.rows));
  layer.output_shape.push_back(static_cast<std::int32_t>(layer.columns));
  return layer;
}

Checked<std::vector<Shape>> checkBatchMatMul(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, batchMatMulLayer(node));
  return oneShape(std::move(layer.output_shape));
}

}  // namespace primer::inference
