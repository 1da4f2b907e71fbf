#pragma once

// Operators whose outputs are elements of an input, read in another order: TRANSPOSE, the slices,
// SPLIT, UNPACK, TILE, BROADCAST_TO, the exchanges of space and depth, REVERSE_V2, and those that
// only rename axes. All are one walk over the input with a step for each loop.

#include "ops/node_view.h"

namespace primer::inference {

struct StridedCopy {
  Shape output_shape;
  std::size_t input = 0;    // which input is read
  std::int64_t offset = 0;  // in elements, of the first that is read
  struct Loop {
    std::int64_t count = 1;
    std::int64_t step = 0;  // in elements of the input; may be negative or 0
  };
  std::vector<Loop> loops;  // outermost first; the output is written in order
};

// One for each output. Types and parameters are checked; scales are not compared: the elements move
// as they are, as the specification has it.
Checked<std::vector<StridedCopy>> stridedCopies(const NodeView& node);

// Joins loops that go on where the one inside ends and drops those of one turn; at least one is
// left.
std::vector<StridedCopy::Loop> mergedLoops(const std::vector<StridedCopy::Loop>& loops);

// An axis of the file, negative from the back, as an index below `rank`.
Checked<std::size_t> normalAxis(const NodeView& node, std::int64_t axis, std::size_t rank);

// Elements from one index to the next along each axis.
std::vector<std::int64_t> axisSteps(const Shape& shape);

}  // namespace primer::inference
