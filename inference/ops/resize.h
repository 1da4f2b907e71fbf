#pragma once

// RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR; TRANSPOSE_CONV, which also makes images larger.

#include "ops/node_view.h"
#include "ops/window.h"

namespace primer::inference {

struct ResizeLayer {
  std::int32_t batch = 1;
  std::int32_t in_height = 1, in_width = 1;
  std::int32_t out_height = 1, out_width = 1;
  std::int32_t channels = 1;
  bool align_corners = false;
  bool half_pixel_centers = false;

  Shape outputShape() const { return {batch, out_height, out_width, channels}; }
};
Checked<ResizeLayer> resizeLayer(const NodeView& node);

}  // namespace primer::inference
