#pragma once

// When a product of matrices takes a level's tiles: where it is quicker by what single products
// have measured (bench/README.md, Tiles). The unit is a nanosecond.

#include <algorithm>
#include <cstdint>

#include "kernels/packed/packed_product.h"

namespace primer::inference::packed {

// Rows of input that are multiplied at once: `lines` of so many that lie evenly.
struct ProductShape {
  std::int64_t lines = 0;
  std::int64_t width = 0;
  std::int32_t channels = 0;
};

inline bool tilesWin(const ProductShape& shape, const RowRuns& runs, int lanes) {
  if (runs.bytes % kStepBytes != 0 && !runs.may_read_on) return false;
  constexpr std::int64_t kSide = 16;      // rows of a tile, and steps
  constexpr double kCall = 60;            // shapes of tiles set
  constexpr double kBlock = 45;           // four tiles of sums begun and stored
  constexpr double kBlockDepth = 17;      // a tile's depth of them
  constexpr double kVectorOfTiles = 1.2;  // of sums rescaled and stored
  constexpr double kVector = 1.5;         // the same by vectors alone,
  constexpr double kVectorStep = 0.18;    // and a step of its products
  constexpr double kByte = 0.3;           // of channels that do not fill their panel
  constexpr double kClear = 0.9;          // what is nearer is not told apart
  const auto whole = [](std::int64_t count, std::int64_t unit) {
    return (count + unit - 1) / unit;
  };
  const auto run_count = static_cast<std::int64_t>(runs.offsets.size());
  const std::int64_t steps = whole(runs.bytes, kStepBytes);
  const std::int64_t in_line = whole(shape.width, kSide);
  const std::int64_t tile_rows = in_line == 0 ? 0 : whole(shape.width, in_line);
  const auto depth = static_cast<double>(run_count * whole(steps, kSide));
  double with = kCall;
  double without = 0;
  for (std::int32_t first = 0; first < shape.channels;) {
    const int width = panelWidth(shape.channels - first, lanes);
    const std::int64_t vectors = std::max(1, width / lanes);
    const std::int64_t groups = kPanelVectors / vectors;
    const auto blocks = static_cast<double>(whole(shape.lines * in_line, groups));
    with += blocks * (kBlock + kBlockDepth * depth +
                      kVectorOfTiles * static_cast<double>(kPanelVectors * tile_rows));
    without += static_cast<double>(shape.lines * shape.width * vectors) *
               (kVector + kVectorStep * static_cast<double>(run_count * steps));
    first += width;
    if (first > shape.channels) {
      without += kByte * static_cast<double>(shape.lines * shape.width * (shape.channels % lanes));
    }
  }
  return with < kClear * without;
}

// The loops that a product of a level takes.
inline const LevelKernels& kernelsFor(const LevelKernels& level, const ProductShape& shape,
                                      const RowRuns& runs) {
  return level.tiles != nullptr && tilesWin(shape, runs, level.lanes) ? *level.tiles : level;
}

}  // namespace primer::inference::packed
