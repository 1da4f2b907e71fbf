#pragma once

// Lays what a convolution's window sees at one output out as a row, so that a convolution is a
// product of matrices.

#include <algorithm>
#include <cstdint>

#include "ops/window.h"

namespace primer::inference::reference {

// Outputs whose patches are laid out at a time: they stay in the nearest cache.
inline constexpr std::int64_t kPatchRows = 16;

// Calls copy(from_element, count, to) and clear(count, to) for the runs of one patch, in order of
// the weights' taps. `pixel` counts the outputs over batch, height and width; only the channels of
// `group` are laid out.
template <typename Copy, typename Clear>
void layPatch(const Window& window, std::int64_t pixel, std::int32_t group, Copy copy,
              Clear clear) {
  const std::int64_t x_out = pixel % window.out_width;
  const std::int64_t y_out = pixel / window.out_width % window.out_height;
  const std::int64_t image = pixel / window.out_width / window.out_height;
  const std::int64_t depth = window.in_channels / window.groups;
  const std::int64_t first_x = x_out * window.stride_width - window.pad_left;
  const std::int64_t first_y = y_out * window.stride_height - window.pad_top;
  const std::int64_t row_length = window.kernel_width * depth;
  std::int64_t to = 0;
  for (std::int64_t ky = 0; ky < window.kernel_height; ++ky, to += row_length) {
    const std::int64_t y = first_y + ky * window.dilation_height;
    if (y < 0 || y >= window.in_height) {
      clear(row_length, to);
      continue;
    }
    const std::int64_t row = (image * window.in_height + y) * window.in_width;
    if (window.dilation_width == 1 && window.groups == 1) {
      // The window's row is one run of the image, less what hangs over its edges.
      const std::int64_t left = std::clamp<std::int64_t>(-first_x, 0, window.kernel_width);
      const std::int64_t right =
          std::clamp<std::int64_t>(window.in_width - first_x, left, window.kernel_width);
      clear(left * depth, to);
      copy((row + first_x + left) * depth, (right - left) * depth, to + left * depth);
      clear((window.kernel_width - right) * depth, to + right * depth);
      continue;
    }
    for (std::int64_t kx = 0; kx < window.kernel_width; ++kx) {
      const std::int64_t x = first_x + kx * window.dilation_width;
      if (x < 0 || x >= window.in_width) {
        clear(depth, to + kx * depth);
      } else {
        copy((row + x) * window.in_channels + group * depth, depth, to + kx * depth);
      }
    }
  }
}

// Calls body(first, count, group) for every group of channels of every block of at most kPatchRows
// outputs; outputs are counted as layPatch counts them.
template <typename Body>
void forEachBlock(const Window& window, Body body) {
  const std::int64_t pixels =
      static_cast<std::int64_t>(window.batch) * window.out_height * window.out_width;
  for (std::int64_t first = 0; first < pixels; first += kPatchRows) {
    const std::int64_t count = std::min(kPatchRows, pixels - first);
    for (std::int32_t group = 0; group < window.groups; ++group) body(first, count, group);
  }
}

}  // namespace primer::inference::reference
