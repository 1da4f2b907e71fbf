// AMX: products of matrices in tiles of 16 rows by 64 bytes, of which there are eight. A product of
// two is 16 x 16 sums, 64 bytes deep. What is left over of a run of input has tiles of its own,
// less deep, so that nothing behind a run is read. Rescaling and storing are the vectors'.
//
// Tiles belong to the thread: multiply() shapes them and gives them back before it returns, so that
// the system has none to save when it changes threads in between.

#include <immintrin.h>

#include <cstddef>

#include "kernels/packed/level.h"
#include "kernels/packed/levels.h"

namespace primer::inference::packed {
namespace {

#include "kernels/vectors/product.inl"
#include "kernels/x86/vectors512.inl"

constexpr int kTileRows = 16;
constexpr int kTileSteps = 16;  // as deep as a tile is
constexpr int kRowsAtOnce = 4;  // that are rescaled
constexpr int kMostSums = 4;    // tiles of sums: 0 to 3, as [group of rows][vector]
constexpr int kInput = 4;
constexpr int kWeights = 5;
constexpr int kLastInput = 6;  // of a run's last steps, which do not fill a tile
constexpr int kLastWeights = 7;

struct TileVectors : Vectors512 {
  // Bytes of a row that lies behind others in the vector.
  static void storeSome(std::int8_t* to, Vec bytes, int first, int count) {
    const auto begin = reinterpret_cast<std::uintptr_t>(to) - static_cast<std::uintptr_t>(first);
    // What the mask leaves out is not touched, and may lie outside of what `to` points into.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    _mm512_mask_storeu_epi8(reinterpret_cast<void*>(begin),
                            ((std::uint64_t{1} << count) - 1) << first, bytes);
  }
};

// As `ldtilecfg` reads it: tiles in the one format that there is, of 1 KB each.
struct alignas(64) TileShapes {
  std::uint8_t format = 1;
  std::uint8_t unused[15] = {};
  std::uint16_t row_bytes[16] = {};
  std::uint8_t rows[16] = {};

  void set(int tile, int tile_rows, int bytes) {
    rows[tile] = static_cast<std::uint8_t>(tile_rows);
    row_bytes[tile] = static_cast<std::uint16_t>(bytes);
  }
};

template <int kTile>
[[gnu::always_inline]] inline void loadTile(const void* from, std::int64_t step) {
  __asm__ volatile("tileloadd (%0,%1,1), %%tmm%c2" ::"r"(from), "r"(step), "i"(kTile) : "memory");
}
template <int kTile>
[[gnu::always_inline]] inline void storeTile(void* to, std::int64_t step) {
  __asm__ volatile("tilestored %%tmm%c2, (%0,%1,1)" ::"r"(to), "r"(step), "i"(kTile) : "memory");
}
template <int kSums, int kX, int kW>
[[gnu::always_inline]] inline void dotTiles() {
  __asm__ volatile("tdpbssd %%tmm%c2, %%tmm%c1, %%tmm%c0" ::"i"(kSums), "i"(kX), "i"(kW));
}

// Rows of input by tiles: rows of a tile lie evenly, so that none goes on in the next line.
struct TileRows {
  explicit TileRows(const ProductRows& all) : width(all.width) {
    const bool joined = all.row_step == all.width * all.pixel_step;
    if (joined || all.count < width) width = all.count;
    const std::int64_t lines = all.count / width;
    in_line = (width + kTileRows - 1) / kTileRows;
    rows = static_cast<int>((width + in_line - 1) / in_line);
    count = lines * in_line;
  }

  struct Place {
    std::int64_t line, x;
  };
  // A line's last tile goes back over rows of the one before.
  Place at(std::int64_t tile) const {
    const std::int64_t line = tile / in_line;
    const std::int64_t x = (tile - line * in_line) * rows;
    return {line, x + rows > width ? width - rows : x};
  }

  std::int64_t width;
  std::int64_t in_line;  // tiles
  std::int64_t count;    // of tiles
  int rows;              // of each
};

// Of the panel that is at work.
struct TilePanel {
  const Product& product;
  const Panel& panel;
  std::int64_t weight_step;  // bytes from step to step
  std::int64_t pixel_step;
  int rows;  // of a tile
};

// Sums begin as the bias, the same for all rows.
template <int kGroups, int kVectors, int kAt = 0>
[[gnu::always_inline]] inline void beginSums(const std::int32_t* bias) {
  loadTile<kAt>(bias + std::ptrdiff_t{kAt % kVectors} * Vectors512::kLanes, 0);
  if constexpr (kAt + 1 < kGroups * kVectors) beginSums<kGroups, kVectors, kAt + 1>(bias);
}

template <int kGroups, int kVectors, int kAt = 0>
[[gnu::always_inline]] inline void endSums(std::int32_t* sums, int rows) {
  constexpr int kRow = kVectors * Vectors512::kLanes;
  storeTile<kAt>(sums + std::ptrdiff_t{kAt / kVectors} * rows * kRow +
                     std::ptrdiff_t{kAt % kVectors} * Vectors512::kLanes,
                 kRow * sizeof(std::int32_t));
  if constexpr (kAt + 1 < kGroups * kVectors) endSums<kGroups, kVectors, kAt + 1>(sums, rows);
}

// A tile's depth of all groups of rows against all vectors, to and fro, so that what is loaded is
// used twice where two products follow each other.
template <int kGroups, int kVectors, int kX, int kW, int kAt = 0>
[[gnu::always_inline]] inline void addProducts(const TilePanel& at,
                                               const std::int8_t* const (&inputs)[kGroups],
                                               std::int64_t offset, const std::int8_t* weights) {
  constexpr int kGroup = kAt / kVectors;
  constexpr int kForward = kAt % kVectors;
  constexpr int kVector = kGroup % 2 == 0 ? kForward : kVectors - 1 - kForward;
  if constexpr (kForward == 0) loadTile<kX>(inputs[kGroup] + offset, at.pixel_step);
  if constexpr (kForward > 0 || kAt == 0) {
    loadTile<kW>(weights + std::ptrdiff_t{kVector} * Vectors512::kLanes * kStepBytes,
                 at.weight_step);
  }
  dotTiles<kGroup * kVectors + kVector, kX, kW>();
  if constexpr (kAt + 1 < kGroups * kVectors) {
    addProducts<kGroups, kVectors, kX, kW, kAt + 1>(at, inputs, offset, weights);
  }
}

template <int kGroups, int kVectors>
[[gnu::always_inline]] inline void sumTiles(const TilePanel& at,
                                            const std::int8_t* const (&inputs)[kGroups],
                                            std::int32_t* sums) {
  const Product& product = at.product;
  beginSums<kGroups, kVectors>(product.bias + at.panel.first_lane);
  const std::int8_t* weights = at.panel.weights;
  const int whole = product.steps / kTileSteps;
  const int left = product.steps % kTileSteps;
  for (std::int32_t run = 0; run < product.runs; ++run) {
    std::int64_t offset = product.run_offsets[run];
    for (int i = 0; i < whole; ++i) {
      addProducts<kGroups, kVectors, kInput, kWeights>(at, inputs, offset, weights);
      offset += std::int64_t{kTileSteps} * kStepBytes;
      weights += kTileSteps * at.weight_step;
    }
    if (left == 0) continue;
    addProducts<kGroups, kVectors, kLastInput, kLastWeights>(at, inputs, offset, weights);
    weights += left * at.weight_step;
  }
  endSums<kGroups, kVectors>(sums, at.rows);
}

// A tile's sums become bytes, some rows at a time; the last ones go back over rows that are done.
template <int kVectors>
void finishRows(const TilePanel& at, const std::int32_t* sums, std::int8_t* out,
                std::int64_t out_step) {
  using V = TileVectors;
  constexpr int kRow = kVectors * V::kLanes;
  const bool is_few = at.rows < kRowsAtOnce;
  alignas(64) std::int8_t few[kRowsAtOnce * kRow];
  for (int row = 0; row < at.rows; row += kRowsAtOnce) {
    if (row + kRowsAtOnce > at.rows && !is_few) row = at.rows - kRowsAtOnce;
    V::Vec finished[kRowsAtOnce][kVectors];
#pragma GCC unroll 16
    for (int i = 0; i < kRowsAtOnce * kVectors; ++i) {
      finished[i / kVectors][i % kVectors] =
          V::load(sums + std::ptrdiff_t{row} * kRow + std::ptrdiff_t{i} * V::kLanes);
    }
    rescaleRows<V, kRowsAtOnce, kVectors>(finished, at.product.rescale, at.panel.first_lane,
                                          finished);
    storeRows<V, kRowsAtOnce, kVectors>(finished, at.product, is_few ? kRow : at.panel.channels,
                                        is_few ? few : out + row * out_step,
                                        is_few ? kRow : out_step);
  }
  for (int row = 0; is_few && row < at.rows; ++row) {
    __builtin_memcpy(out + row * out_step, few + row * kRow,
                     static_cast<std::size_t>(at.panel.channels));
  }
}

// All rows of a panel, kGroups tiles of them at a time.
template <int kGroups, int kVectors>
[[gnu::noinline]] void panelTiles(const Product& product, const Panel& panel,
                                  const ProductRows& rows, const TileRows& tiles) {
  constexpr int kRow = kVectors * Vectors512::kLanes;
  alignas(64) std::int32_t sums[kMostSums * kTileRows * Vectors512::kLanes];
  static_assert(kGroups * kVectors <= kMostSums);
  const TilePanel at{product, panel, std::int64_t{panel.width} * kStepBytes, rows.pixel_step,
                     tiles.rows};
  for (std::int64_t group = 0; group < tiles.count; group += kGroups) {
    const std::int8_t* inputs[kGroups];
    std::int8_t* outputs[kGroups];
    for (int g = 0; g < kGroups; ++g) {
      // Where no more are left, the last one again.
      const auto row = tiles.at(group + g < tiles.count ? group + g : tiles.count - 1);
      inputs[g] = rows.input + row.line * rows.row_step + row.x * rows.pixel_step;
      outputs[g] =
          rows.output + panel.first_channel + (row.line * tiles.width + row.x) * rows.output_step;
    }
    sumTiles<kGroups, kVectors>(at, inputs, sums);
    for (int g = 0; g < kGroups; ++g) {
      finishRows<kVectors>(at, sums + std::ptrdiff_t{g} * at.rows * kRow, outputs[g],
                           rows.output_step);
    }
  }
}

void multiply(const Product& product, const ProductRows& rows) {
  if (rows.count == 0) return;
  const TileRows tiles(rows);
  const int left = product.steps % kTileSteps;
  TileShapes shapes;
  const auto shape = [&](int channels) {
    const int bytes = channels * kStepBytes;
    for (int i = 0; i < kMostSums; ++i) shapes.set(i, tiles.rows, bytes);
    shapes.set(kInput, tiles.rows, kTileSteps * kStepBytes);
    shapes.set(kWeights, kTileSteps, bytes);
    if (left > 0) {
      shapes.set(kLastInput, tiles.rows, left * kStepBytes);
      shapes.set(kLastWeights, left, bytes);
    }
    __asm__ volatile("ldtilecfg %0" ::"m"(shapes));
  };
  shape(Vectors512::kLanes);
  forEachPanel(product, Vectors512::kLanes, [&](const Panel& panel) {
    switch (panel.width) {
      case 4 * Vectors512::kLanes:
        return panelTiles<1, 4>(product, panel, rows, tiles);
      case 2 * Vectors512::kLanes:
        return panelTiles<2, 2>(product, panel, rows, tiles);
      default:
        if (panel.width < Vectors512::kLanes) shape(panel.width);
        return panelTiles<4, 1>(product, panel, rows, tiles);
    }
  });
  __asm__ volatile("tilerelease");
}

// Inputs are signed, as they lie.
void copy(const std::int8_t* from, std::int64_t bytes, std::int8_t* to) {
  __builtin_memcpy(to, from, static_cast<std::size_t>(bytes));
}

constexpr LevelKernels tileKernels() {
  LevelKernels kernels;
  kernels.lanes = Vectors512::kLanes;
  kernels.multiply = multiply;
  kernels.offset = copy;
  kernels.skipping.block = 0;
  return kernels;
}
constexpr LevelKernels kTiles = tileKernels();

}  // namespace

const LevelKernels& amxKernels() {
  static const LevelKernels kKernels = [] {
    LevelKernels all = avx512VnniKernels();
    all.tiles = &kTiles;
    return all;
  }();
  return kKernels;
}

}  // namespace primer::inference::packed
