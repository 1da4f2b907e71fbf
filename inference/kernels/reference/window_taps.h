#pragma once

// Walks the outputs of a window operator, and for each the taps that fall into the image.

#include <algorithm>
#include <cstdint>

#include "ops/window.h"

namespace primer::inference::reference {

// The taps of one output that lie inside the image.
struct Taps {
  std::int64_t image_row = 0;  // index of the image's first row among all rows of the batch
  std::int64_t first_y = 0;    // image row of tap row 0, perhaps outside
  std::int64_t first_x = 0;
  std::int64_t row_begin = 0, row_end = 0;  // tap rows inside
  std::int64_t column_begin = 0, column_end = 0;

  std::int64_t count() const { return (row_end - row_begin) * (column_end - column_begin); }
};

// Which of `taps` taps, `dilation` apart from `first` on, lie in 0..size-1.
inline void tapsInside(std::int64_t first, std::int64_t taps, std::int64_t dilation,
                       std::int64_t size, std::int64_t& begin, std::int64_t& end) {
  begin = first < 0 ? std::min((-first + dilation - 1) / dilation, taps) : 0;
  end = size > first ? std::min((size - first + dilation - 1) / dilation, taps) : 0;
  end = std::max(begin, end);
}

// Calls visit(taps) for every output pixel, in the order of the output.
template <typename Visit>
void forEachOutput(const Window& window, Visit visit) {
  Taps taps;
  for (std::int64_t image = 0; image < window.batch; ++image) {
    taps.image_row = image * window.in_height;
    for (std::int64_t y = 0; y < window.out_height; ++y) {
      taps.first_y = y * window.stride_height - window.pad_top;
      tapsInside(taps.first_y, window.kernel_height, window.dilation_height, window.in_height,
                 taps.row_begin, taps.row_end);
      for (std::int64_t x = 0; x < window.out_width; ++x) {
        taps.first_x = x * window.stride_width - window.pad_left;
        tapsInside(taps.first_x, window.kernel_width, window.dilation_width, window.in_width,
                   taps.column_begin, taps.column_end);
        visit(taps);
      }
    }
  }
}

// Calls visit(tap, element) for each tap inside: its index in the weights, and the element of the
// input at its channel 0.
template <typename Visit>
void forEachTap(const Window& window, const Taps& taps, Visit visit) {
  for (std::int64_t ky = taps.row_begin; ky < taps.row_end; ++ky) {
    const std::int64_t row = taps.image_row + taps.first_y + ky * window.dilation_height;
    for (std::int64_t kx = taps.column_begin; kx < taps.column_end; ++kx) {
      const std::int64_t column = taps.first_x + kx * window.dilation_width;
      visit(ky * window.kernel_width + kx, (row * window.in_width + column) * window.in_channels);
    }
  }
}

}  // namespace primer::inference::reference
