#pragma once

#include "ops/node_view.h"

namespace primer::inference {

// SVDF, one step: each of `filters` features of the input enters a memory of the last `memory`
// steps; the memory is weighed in time, and `rank` filters make a unit.
struct SvdfLayer {
  Shape output_shape;
  std::int64_t batch = 0, depth = 0;
  std::int64_t filters = 0, memory = 0, rank = 0, units = 0;
};
Checked<SvdfLayer> svdfLayer(const NodeView& node);

}  // namespace primer::inference
