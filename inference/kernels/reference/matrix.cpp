#include "kernels/reference/matrix.h"

#include <algorithm>

namespace primer::inference::reference {
namespace {

template <int kRows>
void multiplyFloatTile(const FloatMatrix& matrix, const float* __restrict packed, const float* bias,
                       const float* __restrict rows, std::int32_t first_channel,
                       float* __restrict out, std::int64_t out_step) {
  float sums[kRows][kFloatTile] = {};
  const std::int64_t depth = matrix.depth;
  for (std::int64_t k = 0; k < depth; ++k) {
    for (int r = 0; r < kRows; ++r) {
      for (int c = 0; c < kFloatTile; ++c) {
        sums[r][c] += rows[r * depth + k] * packed[k * kFloatTile + c];
      }
    }
  }
  const int channels = std::min(kFloatTile, matrix.channels - first_channel);
  for (int r = 0; r < kRows; ++r) {
    for (int c = 0; c < channels; ++c) {
      const float sum = sums[r][c] + (bias == nullptr ? 0.0f : bias[first_channel + c]);
      out[r * out_step + first_channel + c] =
          std::min(std::max(sum, matrix.range.low), matrix.range.high);
    }
  }
}

}  // namespace

void packFloatWeights(const float* source, const FloatMatrix& matrix, float* packed) {
  for (std::int32_t first = 0; first < matrix.channels; first += kFloatTile) {
    for (std::int64_t k = 0; k < matrix.depth; ++k) {
      for (std::int32_t c = first; c < first + kFloatTile; ++c) {
        *packed++ =
            c < matrix.channels ? source[static_cast<std::int64_t>(c) * matrix.depth + k] : 0.0f;
      }
    }
  }
}

void multiplyFloatRows(const FloatMatrix& matrix, const float* packed, const float* bias,
                       const float* rows, std::int64_t count, float* out, std::int64_t out_step) {
  constexpr int kRowTile = 4;
  for (std::int32_t c = 0; c < matrix.channels; c += kFloatTile) {
    const float* panel = packed + static_cast<std::int64_t>(c) * matrix.depth;
    std::int64_t r = 0;
    for (; r + kRowTile <= count; r += kRowTile) {
      multiplyFloatTile<kRowTile>(matrix, panel, bias, rows + r * matrix.depth, c,
                                  out + r * out_step, out_step);
    }
    for (; r < count; ++r) {
      multiplyFloatTile<1>(matrix, panel, bias, rows + r * matrix.depth, c, out + r * out_step,
                           out_step);
    }
  }
}

}  // namespace primer::inference::reference
