#include "ops/node_view.h"

#include <fmt/format.h>

#include <cstring>

namespace primer::inference {

const Tensor& NodeView::input(std::size_t i) const { return graph_.tensors[node_.inputs[i]]; }
const Tensor& NodeView::output(std::size_t i) const { return graph_.tensors[node_.outputs[i]]; }

const Tensor* NodeView::optionalInput(std::size_t i) const {
  if (i >= node_.inputs.size() || node_.inputs[i] == kNoTensor) return nullptr;
  return &graph_.tensors[node_.inputs[i]];
}

Verdict NodeView::expectCounts(std::size_t required, std::size_t most, std::size_t outputs) const {
  if (inputCount() < required || inputCount() > most) {
    return damaged("input-count", "{} inputs", inputCount());
  }
  for (std::size_t i = 0; i < required; ++i) {
    if (node_.inputs[i] == kNoTensor) {
      return damaged("input-missing", "input {} is left out", i);
    }
  }
  if (outputCount() != outputs) {
    return damaged("output-count", "{} outputs", outputCount());
  }
  return {};
}

Checked<std::vector<std::int64_t>> NodeView::constantIntegers(std::size_t input_index,
                                                              const char* what) const {
  const auto& tensor = input(input_index);
  const auto type = tensor.info.type;
  if (type != ElementType::kInt32 && type != ElementType::kInt64) {
    return damaged("parameter-type", "{} is {}", what, elementTypeName(type));
  }
  const std::size_t count = elementCount(tensor.shape);
  if (!tensor.is_constant && count > 0) {
    return unsupported("parameter-constant", "{} is not a constant", what);
  }
  std::vector<std::int64_t> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (type == ElementType::kInt64) {
      std::memcpy(&values[i], tensor.constant.data() + i * sizeof(std::int64_t),
                  sizeof(std::int64_t));
    } else {
      std::int32_t value = 0;
      std::memcpy(&value, tensor.constant.data() + i * sizeof(value), sizeof(value));
      values[i] = value;
    }
  }
  return values;
}

Verdict NodeView::expectRank(const Tensor& tensor, const char* what, std::size_t low,
                             std::size_t high) const {
  if (tensor.rank() < low || tensor.rank() > high) {
    return damaged("rank", "{} is {}, needs rank {}", what, shapeText(tensor.shape),
                   low == high ? fmt::format("{}", low) : fmt::format("{} to {}", low, high));
  }
  return {};
}

Verdict NodeView::expectPerTensor(const Tensor& tensor, const char* what) const {
  if (!isQuantized(tensor.info.type)) return {};
  if (tensor.quantization().scales.size() != 1) {
    return damaged("quantization-per-tensor", "{} has {} scales, needs one", what,
                   tensor.quantization().scales.size());
  }
  return {};
}

Verdict NodeView::expectSameQuantization(const Tensor& a, const Tensor& b) const {
  const auto& one = a.quantization();
  const auto& other = b.quantization();
  if (one.quantized() != other.quantized() || one.scale() != other.scale() ||
      one.zeroPoint() != other.zeroPoint()) {
    return damaged("quantization-same", "input and output differ in scale or zero point");
  }
  return {};
}

Verdict NodeView::expectSameType(const Tensor& a, const Tensor& b, const char* what) const {
  if (a.info.type != b.info.type) {
    return damaged("type-same", "{} are {} and {}", what, elementTypeName(a.info.type),
                   elementTypeName(b.info.type));
  }
  return {};
}

std::vector<Shape> oneShape(Shape shape) {
  std::vector<Shape> shapes;
  shapes.push_back(std::move(shape));
  return shapes;
}

bool isQuantized(ElementType type) {
  return type == ElementType::kInt8 || type == ElementType::kUint8 || type == ElementType::kInt16;
}

}  // namespace primer::inference
