// SHAPE, RANK, FILL, RANGE and ZEROS_LIKE: tensors that follow from shapes and parameters.

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "ops/operators.h"

namespace primer::inference {
namespace {

template <typename T>
T scalarOf(const Tensor& tensor) {
  T value{};
  std::memcpy(&value, tensor.constant.data(), sizeof(value));
  return value;
}

// How many steps lead from start to limit.
template <typename T>
double stepsOf(const NodeView& node) {
  const auto start = static_cast<double>(scalarOf<T>(node.input(0)));
  const auto limit = static_cast<double>(scalarOf<T>(node.input(1)));
  const auto delta = static_cast<double>(scalarOf<T>(node.input(2)));
  return delta == 0.0 ? -1.0 : std::max(std::ceil((limit - start) / delta), 0.0);
}

Checked<Shape> rangeShape(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(3, 3, 1));
  for (std::size_t i = 0; i < 3; ++i) {
    PRIMER_TRY(node.expectSameType(node.input(i), node.output(0), "input and output"));
    if (elementCount(node.input(i).shape) != 1) {
      return node.damaged("range", "input {} is not a scalar", i);
    }
    if (!node.input(i).is_constant) {
      return node.unsupported("parameter-constant", "input {} is not a constant", i);
    }
  }
  double steps = -1.0;
  if (node.output(0).info.type == ElementType::kFloat32) steps = stepsOf<float>(node);
  if (node.output(0).info.type == ElementType::kInt32) steps = stepsOf<std::int32_t>(node);
  if (node.output(0).info.type == ElementType::kInt64) steps = stepsOf<std::int64_t>(node);
  if (!(steps >= 0.0 && steps <= std::numeric_limits<std::int32_t>::max())) {
    return node.damaged("range", "no step, or too many");
  }
  return Shape{static_cast<std::int32_t>(steps)};
}

Checked<Shape> fillShape(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 2, 1));
  PRIMER_TRY(node.expectSameType(node.input(1), node.output(0), "value and output"));
  if (elementCount(node.input(1).shape) != 1) {
    return node.damaged("fill-value", "{}", shapeText(node.input(1).shape));
  }
  PRIMER_ASSIGN(const auto wanted, node.constantIntegers(0, "shape"));
  if (wanted.size() > kMaxRank) {
    return node.damaged("shape-rank", "rank {} is above 8", wanted.size());
  }
  Shape shape;
  for (const auto size : wanted) {
    if (size < 0 || size > std::numeric_limits<std::int32_t>::max()) {
      return node.damaged("shape-dimension", "dimension {}", size);
    }
    shape.push_back(static_cast<std::int32_t>(size));
  }
  return shape;
}

}  // namespace

Checked<std::vector<Shape>> checkShape(const NodeView& node) {
  switch (node.node().op) {
    case tflite::BuiltinOperator::SHAPE: {
      PRIMER_TRY(node.expectCounts(1, 1, 1));
      return std::vector<Shape>{{static_cast<std::int32_t>(node.input(0).rank())}};
    }
    case tflite::BuiltinOperator::RANK:
      PRIMER_TRY(node.expectCounts(1, 1, 1));
      return std::vector<Shape>{{}};
    case tflite::BuiltinOperator::RANGE: {
      PRIMER_ASSIGN(auto shape, rangeShape(node));
      return oneShape(std::move(shape));
    }
    case tflite::BuiltinOperator::FILL: {
      PRIMER_ASSIGN(auto shape, fillShape(node));
      return oneShape(std::move(shape));
    }
    default:
      PRIMER_TRY(node.expectCounts(1, 1, 1));
      PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
      return oneShape(node.input(0).shape);
  }
}

}  // namespace primer::inference
