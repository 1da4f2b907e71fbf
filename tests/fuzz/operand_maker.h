#pragma once

// Operands of one operator, made from choices: data from outside, constants of any bytes,
// parameters, state. Base of the generator of operators.

#include <cstdint>
#include <vector>

#include "fuzz/choices.h"
#include "inference/model_builder.h"

namespace primer::inference::fuzz {

class OperandMaker {
 protected:
  using Shape = std::vector<std::int32_t>;

  explicit OperandMaker(Choices& choices) : choices_(choices) {}

  static tflite::TensorType typeOf(ElementType type) {
    return static_cast<tflite::TensorType>(static_cast<int>(type));
  }

  std::int32_t size();
  Shape shapeOfRank(std::size_t rank);
  Shape anyShape();
  Shape broadcastPartner(Shape shape);  // one that is stretched to `shape`
  testing::QuantizationSpec quantization(ElementType type, const Shape& shape);

  // Each appends to `inputs_`; once in a while another kind than its name says.
  void data(ElementType type, const Shape& shape);
  void weights(ElementType type, const Shape& shape);  // a constant of any bytes
  void integers(const std::vector<std::int32_t>& values, Shape shape = {-1});
  void state(ElementType type, const Shape& shape);

  // Numbers in a range, and a few that are far outside it.
  std::vector<std::int32_t> numbers(std::size_t how_many, std::int32_t low, std::int32_t high);
  int axisOf(const Shape& shape);

  Choices& choices_;
  testing::ModelBuilder builder_;
  std::vector<std::int32_t> inputs_;
};

}  // namespace primer::inference::fuzz
