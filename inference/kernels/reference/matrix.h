#pragma once

// Matrix products, the heart of CONV_2D and FULLY_CONNECTED: rows of input against rows of weights.
//
// Bytes are widened to int16 with their zero points taken off, rows are padded with zeros to whole
// vectors, and a tile of 2 by 4 sums is kept in registers. In this shape g++ and clang use the
// multiply-and-add of int16 pairs that every CPU has (pmaddwd, smlal).

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/fixed_point.h"
#include "ops/weights.h"

namespace primer::inference::reference {

inline constexpr int kDepthStep = 8;    // int16 values in a vector
inline constexpr int kChannelTile = 4;  // outputs that share one pass over the input

inline std::int64_t roundUp(std::int64_t value, std::int64_t step) {
  return (value + step - 1) / step * step;
}

// Weights of one group, ready for multiplyRows.
template <typename Rounding>
struct IntegerMatrix {
  std::int32_t depth = 0;
  std::int32_t padded_depth = 0;
  std::int32_t channels = 0;
  std::vector<std::int16_t> weights;  // [channels rounded up][padded_depth]
  std::vector<std::int32_t> bias;
  std::vector<Rounding> rounding;
  std::int32_t output_zero_point = 0;
  IntegerRange range;

  std::size_t packedBytes() const {
    return weights.size() * sizeof(weights[0]) + bias.size() * sizeof(bias[0]) +
           rounding.size() * sizeof(rounding[0]);
  }
};

// From bytes, signed or not.
template <typename Rounding>
void packWeights(const std::byte* source, bool is_signed, std::int32_t zero_point,
                 IntegerMatrix<Rounding>& matrix) {
  // Turning the topmost bit over makes an unsigned byte of a signed one, 128 above it.
  const auto flip = static_cast<std::uint8_t>(is_signed ? 0x80 : 0);
  const std::int32_t zero = is_signed ? zero_point + 0x80 : zero_point;
  matrix.padded_depth = static_cast<std::int32_t>(roundUp(matrix.depth, kDepthStep));
  const auto rows = static_cast<std::size_t>(roundUp(matrix.channels, kChannelTile));
  matrix.weights.assign(rows * matrix.padded_depth, 0);
  for (std::size_t c = 0; c < static_cast<std::size_t>(matrix.channels); ++c) {
    for (std::int32_t k = 0; k < matrix.depth; ++k) {
      matrix.weights[c * matrix.padded_depth + k] = static_cast<std::int16_t>(
          std::to_integer<int>(source[c * matrix.depth + k] ^ std::byte{flip}) - zero);
    }
  }
}

// to[i] = from[i] - zero_point.
template <typename T>
inline void widen(const T* __restrict from, std::int64_t count, std::int16_t zero_point,
                  std::int16_t* __restrict to) {
  for (std::int64_t i = 0; i < count; ++i) to[i] = static_cast<std::int16_t>(from[i] - zero_point);
}

// sums[r][c] = row r . weight row c, over `steps` vectors.
template <int kRows>
inline void dotTile(const std::int16_t* __restrict rows, const std::int16_t* __restrict weights,
                    std::int32_t steps, std::int32_t (&sums)[kRows][kChannelTile]) {
  const std::int64_t depth = static_cast<std::int64_t>(steps) * kDepthStep;
  std::int32_t tile[kRows][kChannelTile] = {};
  for (std::int64_t k = 0; k < depth; ++k) {
    for (int r = 0; r < kRows; ++r) {
      for (int c = 0; c < kChannelTile; ++c) {
        tile[r][c] += rows[r * depth + k] * weights[c * depth + k];
      }
    }
  }
  for (int r = 0; r < kRows; ++r) {
    for (int c = 0; c < kChannelTile; ++c) sums[r][c] = tile[r][c];
  }
}

template <int kRows, typename Out, typename Rounding>
inline void multiplyTile(const IntegerMatrix<Rounding>& matrix, const std::int16_t* rows,
                         std::int32_t first_channel, Out* out, std::int64_t out_step) {
  std::int32_t sums[kRows][kChannelTile];
  dotTile<kRows>(rows,
                 &matrix.weights[static_cast<std::size_t>(first_channel) * matrix.padded_depth],
                 matrix.padded_depth / kDepthStep, sums);
  const int channels = std::min(kChannelTile, matrix.channels - first_channel);
  for (int c = 0; c < channels; ++c) {
    const auto channel = static_cast<std::size_t>(first_channel) + c;
    for (int r = 0; r < kRows; ++r) {
      const std::int32_t scaled =
          matrix.rounding[channel](wrappingAdd(sums[r][c], matrix.bias[channel]));
      out[r * out_step + static_cast<std::int64_t>(channel)] = static_cast<Out>(std::clamp(
          wrappingAdd(scaled, matrix.output_zero_point), matrix.range.low, matrix.range.high));
    }
  }
}

// out[r * out_step + c] for `count` widened rows, each padded_depth long.
template <typename Out, typename Rounding>
void multiplyRows(const IntegerMatrix<Rounding>& matrix, const std::int16_t* rows,
                  std::int64_t count, Out* out, std::int64_t out_step) {
  for (std::int32_t c = 0; c < matrix.channels; c += kChannelTile) {
    std::int64_t r = 0;
    for (; r + 2 <= count; r += 2) {
      multiplyTile<2>(matrix, rows + r * matrix.padded_depth, c, out + r * out_step, out_step);
    }
    if (r < count) {
      multiplyTile<1>(matrix, rows + r * matrix.padded_depth, c, out + r * out_step, out_step);
    }
  }
}

// The same in float: sums run over the depth in order, as the specification's do, and lanes are
// output channels, so that vectors change no result.
inline constexpr int kFloatTile = 8;

struct FloatMatrix {
  std::int32_t depth = 0;
  std::int32_t channels = 0;
  FloatRange range;

  std::size_t packedElements() const {
    return static_cast<std::size_t>(depth) *
           static_cast<std::size_t>(roundUp(channels, kFloatTile));
  }
};

// From [channels][depth] to [tile of channels][depth][kFloatTile], zeros beyond the channels.
void packFloatWeights(const float* source, const FloatMatrix& matrix, float* packed);

// Rows are `depth` long; bias may be null.
void multiplyFloatRows(const FloatMatrix& matrix, const float* packed, const float* bias,
                       const float* rows, std::int64_t count, float* out, std::int64_t out_step);

}  // namespace primer::inference::reference
