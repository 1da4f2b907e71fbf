#pragma once

// Operators that slide a window over an image: convolutions and pools.

#include "ops/node_view.h"

namespace primer::inference {

// All sizes are at least 1, the paddings at least 0. Images are batch, height, width, channels.
struct Window {
  std::int32_t batch = 1;
  std::int32_t in_height = 1, in_width = 1, in_channels = 1;
  std::int32_t out_height = 1, out_width = 1, out_channels = 1;
  std::int32_t kernel_height = 1, kernel_width = 1;
  std::int32_t stride_height = 1, stride_width = 1;
  std::int32_t dilation_height = 1, dilation_width = 1;
  std::int32_t pad_top = 0, pad_left = 0;
  std::int32_t groups = 1;  // CONV_2D: each group of outputs sees its share of the input channels
  tflite::ActivationFunctionType activation = tflite::ActivationFunctionType::NONE;

  Shape outputShape() const { return {batch, out_height, out_width, out_channels}; }
  std::uint64_t outputElements() const {
    return static_cast<std::uint64_t>(batch) * out_height * out_width * out_channels;
  }
};

Result<Window> conv2dWindow(const NodeView& node);
Result<Window> depthwiseWindow(const NodeView& node);
Result<Window> pool2dWindow(const NodeView& node);

}  // namespace primer::inference
