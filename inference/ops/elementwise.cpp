#include "ops/elementwise.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ops/operators.h"
#include "ops/weights.h"

namespace primer::inference {
namespace {

std::int32_t dimFromBack(const Shape& shape, std::size_t i) {
  return i < shape.size() ? shape[shape.size() - 1 - i] : 1;
}

Checked<std::vector<Shape>> sameShapeAsInput(const NodeView& node) {
  return oneShape(node.input(0).shape);
}

Verdict expectOneInput(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  PRIMER_TRY(node.expectPerTensor(node.input(0), "input"));
  return node.expectPerTensor(node.output(0), "output");
}

// LOGISTIC and SOFTMAX leave the output no choice of scale.
Verdict expectOutputScale(const NodeView& node, float denominator, std::int64_t zero_point,
                          float tolerance = 0.0f) {
  const auto& output = node.output(0).quantization();
  const float scale = 1.0f / denominator;
  if (!(std::abs(output.scale() - scale) <= tolerance * scale) ||
      output.zeroPoint() != zero_point) {
    return node.damaged("output-quantization", "scale {} and zero point {}, needs 1/{} and {}",
                        output.scale(), output.zeroPoint(), denominator, zero_point);
  }
  return {};
}

// Writers of int16 say 1/65535 and 1/32767 as well.
constexpr float kWordTolerance = 1e-3f;

// LOGISTIC and TANH of words are curves on one scale, without zero points.
Verdict expectWordCurve(const NodeView& node) {
  if (node.input(0).quantization().zeroPoint() != 0) {
    return node.damaged("word-zero-point", "int16 needs zero points of 0");
  }
  return expectOutputScale(node, 32768.0f, 0, kWordTolerance / 2.0f);
}

Verdict expectBytesOf256(const NodeView& node) {
  const auto type = node.output(0).info.type;
  if (type == ElementType::kInt8) return expectOutputScale(node, 256.0f, -128);
  if (type == ElementType::kUint8) return expectOutputScale(node, 256.0f, 0);
  return {};
}

}  // namespace

Checked<Broadcast> broadcast(const NodeView& node, const Shape& a, const Shape& b) {
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
      return node.damaged("broadcast", "{} and {} do not fit", shapeText(a), shapeText(b));
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

Checked<BinaryLayer> binaryLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  PRIMER_TRY(node.expectSameType(node.input(0), node.input(1), "operands"));
  if (node.output(0).info.type != ElementType::kBool) {
    PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  }
  PRIMER_TRY(node.expectPerTensor(node.input(0), "input 0"));
  PRIMER_TRY(node.expectPerTensor(node.input(1), "input 1"));
  PRIMER_TRY(node.expectPerTensor(node.output(0), "output"));
  BinaryLayer layer;
  PRIMER_ASSIGN(layer.broadcast, broadcast(node, node.input(0).shape, node.input(1).shape));
  if (const auto* add = node.options<tflite::AddOptions>(); add != nullptr) {
    layer.activation = add->fused_activation_function();
  } else if (const auto* sub = node.options<tflite::SubOptions>(); sub != nullptr) {
    layer.activation = sub->fused_activation_function();
  } else if (const auto* mul = node.options<tflite::MulOptions>(); mul != nullptr) {
    layer.activation = mul->fused_activation_function();
  } else if (const auto* div = node.options<tflite::DivOptions>(); div != nullptr) {
    layer.activation = div->fused_activation_function();
  }
  layer.activation = node.activationOr(layer.activation);
  PRIMER_TRY(checkFusedActivation(node, layer.activation));
  return layer;
}

Checked<std::vector<Shape>> checkBinary(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  return oneShape(std::move(layer.broadcast.output_shape));
}

Checked<std::vector<Shape>> checkActivation(const NodeView& node) {
  PRIMER_TRY(expectOneInput(node));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  const auto op = node.node().op;
  if (op == tflite::BuiltinOperator::LOGISTIC) PRIMER_TRY(expectBytesOf256(node));
  if ((op == tflite::BuiltinOperator::LOGISTIC || op == tflite::BuiltinOperator::TANH) &&
      node.input(0).info.type == ElementType::kInt16) {
    PRIMER_TRY(expectWordCurve(node));
  }
  if (node.node().op == tflite::BuiltinOperator::LEAKY_RELU) {
    PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::LeakyReluOptions>());
    if (!std::isfinite(options->alpha())) {
      return node.damaged("slope", "alpha is not a finite number");
    }
  }
  return sameShapeAsInput(node);
}

Checked<std::vector<Shape>> checkSelect(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, selectLayer(node));
  return oneShape(std::move(layer.output_shape));
}

Checked<SelectLayer> selectLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(3, 3, 1));
  PRIMER_TRY(node.expectSameType(node.input(1), node.input(2), "operands"));
  PRIMER_TRY(node.expectSameType(node.input(1), node.output(0), "input and output"));
  const auto& condition = node.input(0).shape;
  PRIMER_ASSIGN(const auto values, broadcast(node, node.input(1).shape, node.input(2).shape));
  SelectLayer layer;
  // The old SELECT lets a list of conditions choose whole rows.
  if (node.node().op == tflite::BuiltinOperator::SELECT && condition.size() == 1 &&
      values.output_shape.size() > 1 && condition[0] == values.output_shape[0] &&
      node.input(1).shape == node.input(2).shape) {
    layer.output_shape = values.output_shape;
    const auto rows = static_cast<std::int64_t>(condition[0]);
    const auto count = static_cast<std::int64_t>(elementCount(layer.output_shape));
    const std::int64_t row = rows == 0 ? 0 : count / rows;
    layer.loops = {{rows, {1, row, row}}, {row, {0, 1, 1}}};
    return layer;
  }
  PRIMER_ASSIGN(const auto all, broadcast(node, condition, values.output_shape));
  layer.output_shape = all.output_shape;
  const std::size_t rank = layer.output_shape.size();
  layer.loops.resize(rank);
  for (std::size_t i = 0; i < 3; ++i) {
    std::int64_t step = 1;
    for (std::size_t from_back = 0; from_back < rank; ++from_back) {
      const std::int32_t dim = dimFromBack(node.input(i).shape, from_back);
      auto& loop = layer.loops[rank - 1 - from_back];
      loop.count = layer.output_shape[rank - 1 - from_back];
      loop.steps[i] = dim == 1 ? 0 : step;
      step *= dim;
    }
  }
  return layer;
}

Checked<std::vector<Shape>> checkSoftmax(const NodeView& node) {
  PRIMER_TRY(expectOneInput(node));
  PRIMER_TRY(node.requiredOptions<tflite::SoftmaxOptions>());
  PRIMER_TRY(node.expectRank(node.input(0), "input", 1, kMaxRank));
  if (node.input(0).info.type == ElementType::kInt16) {
    PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
    PRIMER_TRY(expectOutputScale(node, 32768.0f, 0, kWordTolerance));
    return sameShapeAsInput(node);
  }
  if (node.output(0).info.type == ElementType::kInt16) {
    PRIMER_TRY(expectOutputScale(node, 65536.0f, std::numeric_limits<std::int16_t>::min(),
                                 kWordTolerance));
    return sameShapeAsInput(node);
  }
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  PRIMER_TRY(expectBytesOf256(node));
  return sameShapeAsInput(node);
}

Checked<std::vector<Shape>> checkQuantize(const NodeView& node) {
  PRIMER_TRY(expectOneInput(node));
  return sameShapeAsInput(node);
}

Checked<std::vector<Shape>> checkDequantize(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  const auto& input = node.input(0);
  if (isQuantized(input.info.type) && !input.quantization().quantized()) {
    return node.damaged("quantization-missing", "input has no scale");
  }
  return sameShapeAsInput(node);
}

}  // namespace primer::inference
