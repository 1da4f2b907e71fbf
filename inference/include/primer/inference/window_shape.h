#pragma once

#include <cstdint>

namespace primer::inference {

// A window that slides over images of batch, height, width, channels. All sizes are at least 1, the
// paddings at least 0.
struct WindowShape {
  std::int32_t batch = 1;
  std::int32_t in_height = 1, in_width = 1, in_channels = 1;
  std::int32_t out_height = 1, out_width = 1, out_channels = 1;
  std::int32_t kernel_height = 1, kernel_width = 1;
  std::int32_t stride_height = 1, stride_width = 1;
  std::int32_t dilation_height = 1, dilation_width = 1;
  std::int32_t pad_top = 0, pad_left = 0;
};

}  // namespace primer::inference
