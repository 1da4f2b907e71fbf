#pragma once

// Operators that gather up one axis or work along it: ARG_MAX, ARG_MIN, CUMSUM, ONE_HOT,
// L2_NORMALIZATION, LOG_SOFTMAX. Those that gather up several are MeanLayer's (ops/rearrange.h).

#include "ops/rearrange.h"

namespace primer::inference {

// The input as [outer][size][inner]; an index below `size` comes out for each of the others.
struct ArgLayer {
  Shape output_shape;
  std::int64_t outer = 1;
  std::int64_t size = 1;
  std::int64_t inner = 1;
};
Checked<ArgLayer> argLayer(const NodeView& node);

// CUMSUM: the input as above, the output of its shape.
Checked<ArgLayer> cumulativeLayer(const NodeView& node);

// ONE_HOT: the output as [outer][size][inner], indices as [outer][inner].
Checked<ArgLayer> oneHotLayer(const NodeView& node);

}  // namespace primer::inference
