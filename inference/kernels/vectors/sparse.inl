// Products of matrices whose weights are mostly zero (SparseBlock in packed/level.h): lanes are
// rows of input, and each block of weights that is not zero is multiplied by all of them. Included
// inside an unnamed namespace after product.inl.
//
// Rows are first turned over: a step's four bytes of all of a tile's rows lie beside each other, so
// that a block finds them in whole vectors.

#include "kernels/vectors/square.inl"

// Channels whose bytes are stored at once.
constexpr int kStoredChannels = 16;

// A tile's rows of input, step by step.
template <int kRows>
void turnRows(const Product& product, const std::int8_t* const (&rows)[kRows], std::int32_t flip,
              std::int8_t* to) {
  constexpr std::int64_t kPitch = std::int64_t{kRows} * kStepBytes;
  constexpr std::int64_t kSquare = sizeof(Square);
  const std::int64_t run_bytes = std::int64_t{product.steps} * kStepBytes;
  const Square flips = {flip, flip, flip, flip};
  for (std::int32_t run = 0; run < product.runs; ++run) {
    const std::int64_t offset = product.run_offsets[run];
    for (int r = 0; r < kRows; r += 4) {
      const std::int8_t* const four[4] = {rows[r] + offset, rows[r + 1] + offset,
                                          rows[r + 2] + offset, rows[r + 3] + offset};
      std::int8_t* column = to + r * kStepBytes;
      std::int64_t at = 0;
      for (; at + kSquare <= run_bytes; at += kSquare, column += 4 * kPitch) {
        turnSquare(four, at, column, kPitch, flips);
      }
      for (; at < run_bytes; at += kStepBytes, column += kPitch) {
        for (int i = 0; i < 4; ++i) {
          const std::int32_t bytes = fourBytes(four[i] + at) ^ flip;
          __builtin_memcpy(column + i * kStepBytes, &bytes, sizeof(bytes));
        }
      }
    }
    to += product.steps * kPitch;
  }
  if (product.tail == 0) return;
  for (int r = 0; r < kRows; ++r) {
    const std::int32_t bytes = fewBytes(rows[r] + run_bytes, product.tail) ^ flip;
    __builtin_memcpy(to + r * kStepBytes, &bytes, sizeof(bytes));
  }
}

// A channel's sums over a tile, rescaled. Blocks go to several chains of sums in turn: a product
// waits for the one before it.
template <typename V, int kVectors>
[[gnu::noinline]] void sparseChannel(const Product& product, std::int32_t channel,
                                     const std::int8_t* columns, typename V::Vec (&out)[kVectors]) {
  constexpr std::int64_t kVectorBytes = V::kLanes * kStepBytes;
  constexpr std::int64_t kPitch = kVectors * kVectorBytes;
  constexpr int kChains = kVectors == 1 ? 4 : 2;
  typename V::Sums sums[kChains][kVectors];
#pragma GCC unroll 4
  for (int chain = 0; chain < kChains; ++chain) {
    const auto first = V::begin(V::all(chain == 0 ? product.bias[channel] : 0));
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) sums[chain][v] = first;
  }
  const auto add = [&](int chain, const SparseBlock& block) {
    const auto w = V::weights(V::spread(block.weights));
    const std::int8_t* x = columns + block.step * kPitch;
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      V::dot(sums[chain][v], V::inputs(V::load(x + v * kVectorBytes)), w);
    }
  };
  const SparseBlock* block = product.blocks + (channel == 0 ? 0 : product.block_ends[channel - 1]);
  const SparseBlock* const end = product.blocks + product.block_ends[channel];
  for (; end - block >= kChains; block += kChains) {
#pragma GCC unroll 4
    for (int chain = 0; chain < kChains; ++chain) add(chain, block[chain]);
  }
  for (; block != end; ++block) add(0, *block);
  const auto& rescale = product.rescale;
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) {
    out[v] = V::end(sums[0][v]);
#pragma GCC unroll 4
    for (int chain = 1; chain < kChains; ++chain) out[v] = V::add(out[v], V::end(sums[chain][v]));
  }
  if (rescale.factor != nullptr) {
    const auto numbers = V::realOfAll(rescale, channel);
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) out[v] = V::rescaled(out[v], numbers);
    return;
  }
  const auto numbers = V::fixedOfAll(rescale, channel);
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) {
    out[v] = rescale.sign != nullptr ? V::template rescaled<true>(out[v], numbers)
                                     : V::template rescaled<false>(out[v], numbers);
  }
}

// From vectors of four channels' bytes, of four rows in each 16 bytes, to rows of 16 channels: the
// j-th of them has rows j, j + 4, j + 8, ..., one in each 16 bytes.
template <typename V>
[[gnu::always_inline]] inline void rowsOfChannels(typename V::Vec (&quads)[4]) {
  for (int twice = 0; twice < 2; ++twice) {
    const auto low02 = V::lowBytes(quads[0], quads[2]);
    const auto high02 = V::highBytes(quads[0], quads[2]);
    const auto low13 = V::lowBytes(quads[1], quads[3]);
    const auto high13 = V::highBytes(quads[1], quads[3]);
    quads[0] = V::lowBytes(low02, low13);
    quads[1] = V::highBytes(low02, low13);
    quads[2] = V::lowBytes(high02, high13);
    quads[3] = V::highBytes(high02, high13);
  }
}

// `count` rows of the tile, the others repeat the last one.
template <typename V, int kVectors>
void sparseTile(const Product& product, const std::int8_t* columns, int count, std::int8_t* out,
                std::int64_t out_step) {
  constexpr int kRows = kVectors * V::kLanes;
  const auto low = V::allBytes(product.rescale.low);
  const auto high = V::allBytes(product.rescale.high);
  for (std::int32_t first = 0; first < product.channels; first += kStoredChannels) {
    const int left = product.channels - first;
    const int channels = left < kStoredChannels ? left : kStoredChannels;
    // Not unrolled here: a channel's blocks take far longer than what is done around them.
    typename V::Vec bytes[kVectors][4];
#pragma GCC unroll 1
    for (int quad = 0; quad < 4; ++quad) {
      typename V::Vec sums[4][kVectors];
#pragma GCC unroll 1
      for (int i = 0; i < 4; ++i) {
        // What no channel is left for is not stored.
        const int channel = first + (4 * quad + i < channels ? 4 * quad + i : 0);
        sparseChannel<V, kVectors>(product, channel, columns, sums[i]);
      }
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) {
        bytes[v][quad] = V::clamped(
            V::toBytes(V::toWords(sums[0][v], sums[1][v]), V::toWords(sums[2][v], sums[3][v])), low,
            high);
      }
    }
#pragma GCC unroll 1
    for (int v = 0; v < kVectors; ++v) {
      rowsOfChannels<V>(bytes[v]);
#pragma GCC unroll 1
      for (int j = 0; j < 4; ++j) {
        for (int part = 0; part < V::kLanes / 4; ++part) {
          const int row = v * V::kLanes + 4 * part + j;
          std::int8_t* to = out + row * out_step + first;
          if (count == kRows && channels == kStoredChannels) {
            V::template storePart<16>(to, bytes[v][j], part);
          } else if (row < count) {
            std::int8_t all[16];
            V::template storePart<16>(all, bytes[v][j], part);
            __builtin_memcpy(to, all, static_cast<std::size_t>(channels));
          }
        }
      }
    }
  }
}

template <typename V, int kVectors>
void sparseRows(const Product& product, const ProductRows& rows, std::int32_t flip,
                RowCursor& cursor, std::int64_t first) {
  constexpr int kRows = kVectors * V::kLanes;
  const std::int64_t left = rows.count - first;
  const int count = left < kRows ? static_cast<int>(left) : kRows;
  const std::int8_t* at[kRows];
  for (int r = 0; r < kRows; ++r) at[r] = r < count ? cursor.next() : at[count - 1];
  turnRows<kRows>(product, at, flip, rows.scratch);
  sparseTile<V, kVectors>(product, rows.scratch, count, rows.output + first * rows.output_step,
                          rows.output_step);
}

template <typename V>
void multiplySparse(const Product& product, const ProductRows& rows) {
  const std::int32_t flip =
      rows.is_offset || V::kInputFlip == 0 ? 0 : static_cast<std::int32_t>(0x80808080u);
  RowCursor cursor(rows, 0);
  for (std::int64_t row = 0; row < rows.count;) {
    const std::int64_t left = rows.count - row;
    if (left > 2 * V::kLanes) {
      sparseRows<V, 4>(product, rows, flip, cursor, row);
      row += 4 * V::kLanes;
    } else if (left > V::kLanes) {
      sparseRows<V, 2>(product, rows, flip, cursor, row);
      row += 2 * V::kLanes;
    } else {
      sparseRows<V, 1>(product, rows, flip, cursor, row);
      row += V::kLanes;
    }
  }
}
