#pragma once

#include "ops/node_view.h"
#include "ops/window.h"

namespace primer::inference {

// TRANSPOSE_CONV: each input pixel adds its products with the weights to a window of the output.
// The format puts the output's shape first: `inputs` is input, weights, bias as other layers have
// them, so that their rules hold here too.
struct TransposeConvLayer {
  Window window;  // in_* is the smaller image; strides and paddings are those of the output
  Node inputs;
  std::int64_t depth = 0;  // products in a sum, at most
};
Checked<TransposeConvLayer> transposeConvLayer(const NodeView& node);

}  // namespace primer::inference
