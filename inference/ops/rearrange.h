#pragma once

// Operators that move elements or gather them up along axes: PAD, CONCATENATION, MEAN.

#include "ops/node_view.h"

namespace primer::inference {

struct PadLayer {
  Shape output_shape;
  std::vector<std::int64_t> before;  // one an axis
  std::vector<std::int64_t> after;
};
Checked<PadLayer> padLayer(const NodeView& node);

struct ConcatenationLayer {
  Shape output_shape;
  std::int64_t outer = 1;            // how often the inputs take turns
  std::vector<std::int64_t> counts;  // elements of each input at each turn
};
Checked<ConcatenationLayer> concatenationLayer(const NodeView& node);

// Averages over the axes that are not kept. Axes that lie together are merged, so that loops are
// few.
struct MeanLayer {
  Shape output_shape;
  struct Axis {
    std::int64_t count = 1;
    bool reduced = false;
  };
  std::vector<Axis> axes;  // outermost first, reduced and kept in turn
  std::int64_t reduced_count = 1;
};
Checked<MeanLayer> meanLayer(const NodeView& node);

}  // namespace primer::inference
