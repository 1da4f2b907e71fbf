#pragma once

// When a product of matrices skips weights that are zero: where it is quicker by what `bench-sparse
// layers` has measured (bench/README.md). The unit is one step of one channel over a vector of
// rows, in panels that multiply everything.

#include <cstddef>
#include <cstdint>

#include "kernels/packed/level.h"

namespace primer::inference::packed {

// `left` of the layer's `blocks` are not zero; a block is a step of a channel.
inline bool skippingWins(const LevelKernels& kernels, std::int64_t rows, std::int32_t channels,
                         std::size_t blocks, std::size_t left) {
  constexpr double kMostLeft = 0.7;  // beyond it nothing was measured to win
  if (static_cast<double>(left) > kMostLeft * static_cast<double>(blocks)) return false;
  constexpr double kPanelChannel = 5;   // a channel's bias and rescaling in a panel
  constexpr double kBlockOfTile = 0.9;  // finding a block, whatever the number of vectors
  const double dense = static_cast<double>(rows) / kernels.lanes *
                       (static_cast<double>(blocks) + kPanelChannel * channels);
  const std::int64_t vectors = (rows + kernels.lanes - 1) / kernels.lanes;
  const std::int64_t tile_rest = vectors % kSparseVectors;
  const std::int64_t rest = tile_rest == 3 ? kSparseVectors : tile_rest;  // tiles are of 4, 2 or 1
  const std::int64_t tiles = vectors / kSparseVectors + (rest > 0 ? 1 : 0);
  const double padded = static_cast<double>(vectors - tile_rest + rest);
  const double turns = padded + kBlockOfTile * static_cast<double>(tiles);
  const double sparse = turns * kernels.skipping.block * static_cast<double>(left) +
                        padded * kernels.skipping.channel * channels;
  return sparse < dense;
}

}  // namespace primer::inference::packed
