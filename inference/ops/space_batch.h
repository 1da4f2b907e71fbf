#pragma once

// SPACE_TO_BATCH_ND, BATCH_TO_SPACE_ND and MIRROR_PAD.

#include "ops/node_view.h"

namespace primer::inference {

// Images with one or two axes of space; one axis is the height of an image of
// width 1. The small images are those of the larger batch: small image (i *
// block_width + j) * batch + n holds every block-th pixel, from row i and
// column j on, of the padded large image n.
struct SpaceBatchLayer {
  Shape output_shape;
  bool to_batch = false;
  std::int64_t batch = 1;  // of the large images
  std::int64_t large_height = 1, large_width = 1;
  std::int64_t small_height = 1, small_width = 1;
  std::int64_t block_height = 1, block_width = 1;
  std::int64_t top = 0, left = 0;  // padded, or cropped
  std::int64_t depth = 1;
};
Checked<SpaceBatchLayer> spaceBatchLayer(const NodeView& node);

// Each axis as the indices of the input that it shows.
struct MirrorPadLayer {
  Shape output_shape;
  std::vector<std::vector<std::int64_t>> axes;
};
Checked<MirrorPadLayer> mirrorPadLayer(const NodeView& node);

}  // namespace primer::inference
