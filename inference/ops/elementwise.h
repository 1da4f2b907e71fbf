#pragma once

// Operators that work element by element.

#include <array>

#include "ops/node_view.h"

namespace primer::inference {

// Two operands stretched to one shape, in as few loops as the stretching allows. Loop 0 is the
// outermost; a step of 0 repeats an operand along a loop.
struct Broadcast {
  Shape output_shape;
  struct Loop {
    std::int64_t count = 1;
    std::int64_t step_a = 0;
    std::int64_t step_b = 0;
  };
  std::vector<Loop> loops;  // at least one; the innermost has steps of 0 or 1
};

Checked<Broadcast> broadcast(const NodeView& node, const Shape& a, const Shape& b);

// Two operands of one type; ADD, SUB, MUL and DIV may have a fused activation. Comparisons give
// bool, all others the operands' type.
struct BinaryLayer {
  Broadcast broadcast;
  tflite::ActivationFunctionType activation = tflite::ActivationFunctionType::NONE;
};
Checked<BinaryLayer> binaryLayer(const NodeView& node);

// SELECT and SELECT_V2: condition, and two values to choose from, stretched to one shape.
struct SelectLayer {
  Shape output_shape;
  struct Loop {
    std::int64_t count = 1;
    std::array<std::int64_t, 3> steps{};  // of condition and values
  };
  std::vector<Loop> loops;  // outermost first; none for a scalar
};
Checked<SelectLayer> selectLayer(const NodeView& node);

}  // namespace primer::inference
