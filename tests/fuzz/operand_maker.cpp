#include "fuzz/operand_maker.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "src/graph.h"

namespace primer::inference::fuzz {

using testing::QuantizationSpec;

namespace {

std::size_t count(const std::vector<std::int32_t>& shape) {
  std::size_t elements = 1;
  for (const auto dimension : shape) elements *= static_cast<std::size_t>(std::max(dimension, 0));
  return std::min<std::size_t>(elements, 1 << 12);
}

}  // namespace

std::int32_t OperandMaker::size() {
  if (choices_.once(32)) return 0;
  return 1 + static_cast<std::int32_t>(choices_.once(12) ? choices_.below(40) : choices_.below(6));
}

OperandMaker::Shape OperandMaker::shapeOfRank(std::size_t rank) {
  Shape shape(rank);
  for (auto& dimension : shape) dimension = size();
  return shape;
}

OperandMaker::Shape OperandMaker::anyShape() {
  return shapeOfRank(choices_.once(16) ? choices_.below(10) : choices_.below(5));
}

QuantizationSpec OperandMaker::quantization(ElementType type, const Shape& shape) {
  const bool bytes = type == ElementType::kInt8 || type == ElementType::kUint8;
  if (!bytes && type != ElementType::kInt16 && !choices_.once(12)) return {};
  if (choices_.once(24)) return {};
  // Many operators ask for the same scale on both sides, some for one scale only.
  const float scale = choices_.oneOf({0.05f, 0.05f, 0.05f, 1.0f / 256.0f, 1.0f / 128.0f,
                                      1.0f / 32768.0f, 16.0f / 256.0f, 1e-20f, 1e20f, 3.0f});
  const auto zero =
      choices_.oneOf<std::int64_t>({0, 0, 0, -128, 127, 128, 3, -2147483647 - 1, 2147483647});
  QuantizationSpec made{{scale}, {zero}, 0};
  if (!shape.empty() && choices_.once(3)) {
    made.dimension = static_cast<int>(choices_.below(shape.size()));
    const auto channels = count({shape[static_cast<std::size_t>(made.dimension)]});
    made.scales.assign(channels, scale);
    made.zero_points.assign(channels, 0);
  }
  return made;
}

void OperandMaker::data(ElementType type, const Shape& shape) {
  inputs_.push_back(builder_.input("in", typeOf(type), shape, quantization(type, {})));
}

void OperandMaker::weights(ElementType type, const Shape& shape) {
  if (choices_.once(10)) {
    data(type, shape);
    return;
  }
  inputs_.push_back(builder_.tensor("weights", typeOf(type), shape, quantization(type, shape)));
  auto buffer = std::make_unique<tflite::BufferT>();
  buffer->data.resize(type == ElementType::kInt4 ? (count(shape) + 1) / 2
                                                 : count(shape) * elementBytes(type));
  const bool wild = choices_.once(4);
  for (std::size_t i = 0; i < buffer->data.size(); i += sizeof(std::uint64_t)) {
    const auto word = choices_.draw() & (wild ? ~std::uint64_t{0} : 0x0101010101010101u);
    std::memcpy(buffer->data.data() + i, &word, std::min(sizeof(word), buffer->data.size() - i));
  }
  builder_.graph().tensors.back()->buffer =
      static_cast<std::uint32_t>(builder_.model().buffers.size());
  builder_.model().buffers.push_back(std::move(buffer));
}

void OperandMaker::integers(const std::vector<std::int32_t>& values, Shape shape) {
  if (shape == Shape{-1}) shape = {static_cast<std::int32_t>(values.size())};
  if (shape.size() == 1 && shape[0] == 1 && choices_.once(2)) shape.clear();
  if (choices_.once(12)) {
    const std::vector<std::int64_t> wide(values.begin(), values.end());
    inputs_.push_back(builder_.constant<std::int64_t>("parameter", shape, wide));
  } else if (choices_.once(12)) {
    inputs_.push_back(builder_.input("parameter", tflite::TensorType::INT32, shape));
  } else {
    inputs_.push_back(builder_.constant<std::int32_t>("parameter", shape, values));
  }
}

std::vector<std::int32_t> OperandMaker::numbers(std::size_t how_many, std::int32_t low,
                                                std::int32_t high) {
  std::vector<std::int32_t> values(how_many);
  for (auto& value : values) {
    value =
        low + static_cast<std::int32_t>(choices_.below(static_cast<std::size_t>(high - low) + 1));
    if (choices_.once(40)) value = choices_.oneOf({2147483647, -2147483647 - 1, 65536, -1});
  }
  return values;
}

int OperandMaker::axisOf(const Shape& shape) {
  const auto rank = static_cast<std::int32_t>(shape.size());
  return numbers(1, -rank, std::max(rank - 1, 0))[0];
}

OperandMaker::Shape OperandMaker::broadcastPartner(Shape shape) {
  for (auto& dimension : shape) {
    if (choices_.once(4)) dimension = 1;
  }
  if (!shape.empty() && choices_.once(4)) shape.erase(shape.begin());
  return shape;
}

void OperandMaker::state(ElementType type, const Shape& shape) {
  inputs_.push_back(builder_.tensor("state", typeOf(type), shape, quantization(type, {})));
  builder_.graph().tensors.back()->is_variable = !choices_.once(16);
}

}  // namespace primer::inference::fuzz
