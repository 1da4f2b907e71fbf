#include "ops/elementwise.h"

#include <fmt/format.h>

#include <algorithm>

#include "ops/operators.h"
#include "ops/weights.h"

namespace primer::inference {
namespace {

std::int32_t dimFromBack(const Shape& shape, std::size_t i) {
  return i < shape.size() ? shape[shape.size() - 1 - i] : 1;
}

Result<std::vector<Shape>> sameShapeAsInput(const NodeView& node) {
  return std::vector<Shape>{node.input(0).shape};
}

Status expectOneInput(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  PRIMER_TRY(node.expectPerTensor(node.input(0), "input"));
  return node.expectPerTensor(node.output(0), "output");
}

// LOGISTIC, TANH and SOFTMAX leave the output no choice of scale.
Status expectOutputScale(const NodeView& node, float denominator) {
  const auto& output = node.output(0);
  if (!isQuantized(output.info.type)) return {};
  const auto type = output.info.type;
  const std::int64_t zero_point = type == ElementType::kInt8 ? -128 : 0;
  if (output.quantization().scale() != 1.0f / denominator ||
      output.quantization().zeroPoint() != zero_point) {
    return NodeView::damaged(
        "output-quantization",
        fmt::format("scale {} and zero point {}, needs 1/{} and {}", output.quantization().scale(),
                    output.quantization().zeroPoint(), denominator, zero_point));
  }
  return {};
}

}  // namespace

Result<Broadcast> broadcast(const Shape& a, const Shape& b) {
  Broadcast result;
  const std::size_t rank = std::max(a.size(), b.size());
  result.output_shape.resize(rank);
  std::vector<Broadcast::Loop> inner_first;
  std::int64_t stride_a = 1;
  std::int64_t stride_b = 1;
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int32_t dim_a = dimFromBack(a, i);
    const std::int32_t dim_b = dimFromBack(b, i);
    if (dim_a != dim_b && dim_a != 1 && dim_b != 1) {
      return NodeView::damaged("broadcast",
                               fmt::format("{} and {} do not fit", shapeText(a), shapeText(b)));
    }
    const std::int32_t dim = dim_a == 1 ? dim_b : dim_a;
    result.output_shape[rank - 1 - i] = dim;
    const Broadcast::Loop loop{dim, dim_a == 1 ? 0 : stride_a, dim_b == 1 ? 0 : stride_b};
    stride_a *= dim_a;
    stride_b *= dim_b;
    if (dim == 1) continue;
    // A loop that goes on where the one inside it ends is one with it.
    if (!inner_first.empty() &&
        loop.step_a == inner_first.back().step_a * inner_first.back().count &&
        loop.step_b == inner_first.back().step_b * inner_first.back().count) {
      inner_first.back().count *= loop.count;
    } else {
      inner_first.push_back(loop);
    }
  }
  if (inner_first.empty()) inner_first.push_back({1, 1, 1});
  result.loops.assign(inner_first.rbegin(), inner_first.rend());
  return result;
}

Result<BinaryLayer> binaryLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.input(1), "operands"));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  PRIMER_TRY(node.expectPerTensor(node.input(0), "input 0"));
  PRIMER_TRY(node.expectPerTensor(node.input(1), "input 1"));
  PRIMER_TRY(node.expectPerTensor(node.output(0), "output"));
  BinaryLayer layer;
  PRIMER_ASSIGN(layer.broadcast, broadcast(node.input(0).shape, node.input(1).shape));
  if (const auto* add = node.options<tflite::AddOptions>(); add != nullptr) {
    layer.activation = add->fused_activation_function();
  } else if (const auto* sub = node.options<tflite::SubOptions>(); sub != nullptr) {
    layer.activation = sub->fused_activation_function();
  } else if (const auto* mul = node.options<tflite::MulOptions>(); mul != nullptr) {
    layer.activation = mul->fused_activation_function();
  }
  PRIMER_TRY(checkFusedActivation(layer.activation));
  return layer;
}

Result<std::vector<Shape>> checkBinary(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  return std::vector<Shape>{std::move(layer.broadcast.output_shape)};
}

Result<std::vector<Shape>> checkActivation(const NodeView& node) {
  PRIMER_TRY(expectOneInput(node));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  if (node.node().op == tflite::BuiltinOperator::LOGISTIC) {
    PRIMER_TRY(expectOutputScale(node, 256.0f));
  }
  return sameShapeAsInput(node);
}

Result<std::vector<Shape>> checkSoftmax(const NodeView& node) {
  PRIMER_TRY(expectOneInput(node));
  PRIMER_TRY(node.requiredOptions<tflite::SoftmaxOptions>());
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  PRIMER_TRY(node.expectRank(node.input(0), "input", 1, kMaxRank));
  PRIMER_TRY(expectOutputScale(node, 256.0f));
  return sameShapeAsInput(node);
}

Result<std::vector<Shape>> checkQuantize(const NodeView& node) {
  PRIMER_TRY(expectOneInput(node));
  return sameShapeAsInput(node);
}

Result<std::vector<Shape>> checkDequantize(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  const auto& input = node.input(0);
  if (isQuantized(input.info.type) && !input.quantization().quantized()) {
    return NodeView::damaged("quantization-missing", "input has no scale");
  }
  return sameShapeAsInput(node);
}

}  // namespace primer::inference
