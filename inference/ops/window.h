#pragma once

// Operators that slide a window over an image: convolutions and pools.

#include "ops/node_view.h"
#include "primer/inference/window_shape.h"

namespace primer::inference {

struct Window : WindowShape {
  std::int32_t groups = 1;  // CONV_2D: each group of outputs sees its share of the input channels
  tflite::ActivationFunctionType activation = tflite::ActivationFunctionType::NONE;

  Shape outputShape() const { return {batch, out_height, out_width, out_channels}; }
  std::uint64_t outputElements() const {
    return static_cast<std::uint64_t>(batch) * out_height * out_width * out_channels;
  }
};

Checked<Window> conv2dWindow(const NodeView& node);
Checked<Window> depthwiseWindow(const NodeView& node);
Checked<Window> pool2dWindow(const NodeView& node);

}  // namespace primer::inference
