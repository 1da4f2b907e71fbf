#pragma once

// SCATTER_ND, DYNAMIC_UPDATE_SLICE, TOPK_V2: places and orders that the data
// give.

#include "ops/node_view.h"

namespace primer::inference {

// Slices of the updates are added at places of an output of zeros.
struct ScatterLayer {
  Shape output_shape;
  std::vector<std::int64_t> sizes;  // of the output's axes that an index has
  std::int64_t count = 0;           // of indices
  std::int64_t slice = 1;           // elements at each
};
Checked<ScatterLayer> scatterLayer(const NodeView& node);

// A box of the size of the update, put where the run says, moved so that it
// fits.
struct UpdateSliceLayer {
  Shape shape;
  Shape update;
};
Checked<UpdateSliceLayer> updateSliceLayer(const NodeView& node);

// The largest of each row and their places.
struct TopLayer {
  Shape output_shape;
  std::int64_t rows = 0;
  std::int64_t depth = 0;
  std::int64_t count = 0;
};
Checked<TopLayer> topLayer(const NodeView& node);

}  // namespace primer::inference
