// Products of matrices: rows of input bytes against panels of weights (packed/level.h), rescaled
// and stored as they are finished. Included inside an unnamed namespace after the vectors.

// One panel, and where its lanes begin in the arrays of Rescale.
struct Panel {
  const std::int8_t* weights;
  std::int64_t first_lane;
  std::int64_t first_channel;
  int width;  // in channels; of them there are:
  int channels;
};

inline std::int32_t fourBytes(const std::int8_t* from) {
  std::int32_t bytes;
  __builtin_memcpy(&bytes, from, sizeof(bytes));
  return bytes;
}

// 1 to 3 bytes, and zeros: what lies behind them may not be ours.
inline std::int32_t fewBytes(const std::int8_t* from, int count) {
  std::uint32_t bytes = static_cast<std::uint8_t>(from[0]);
  if (count > 1) bytes |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(from[1])) << 8;
  if (count > 2) bytes |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(from[2])) << 16;
  return static_cast<std::int32_t>(bytes);
}

// How far ahead weights are asked for, in bytes.
constexpr std::int64_t kAhead = 1024;

// sums[r][v] += one step of row r, spread over all lanes, against vector v.
template <typename V, int kRows, int kVectors>
[[gnu::always_inline]] inline void stepOf(typename V::Sums (&sums)[kRows][kVectors],
                                          const typename V::Vec (&spread)[kRows],
                                          const std::int8_t* weights) {
  if constexpr (kVectors == 1) {
    const auto w = V::weights(V::load(weights));
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) V::dot(sums[r][0], V::inputs(spread[r]), w);
    return;
  }
  typename V::Inputs x[kRows];
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) x[r] = V::inputs(spread[r]);
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) {
    const auto w = V::weights(V::load(weights + v * V::kLanes * kStepBytes));
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) V::dot(sums[r][v], x[r], w);
  }
}

// The step at a place of the rows.
template <typename V, bool kFlip, int kRows, int kVectors>
[[gnu::always_inline]] inline void stepAt(typename V::Sums (&sums)[kRows][kVectors],
                                          const std::int8_t* const (&rows)[kRows], std::int64_t at,
                                          const std::int8_t* weights, typename V::Vec flip) {
  typename V::Vec spread[kRows];
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) {
    if constexpr (kFlip) {
      spread[r] = V::exclusiveOr(V::all(fourBytes(rows[r] + at)), flip);
    } else {
      spread[r] = V::spread(rows[r] + at);
    }
  }
  // A row alone is as fast as its weights come.
  if constexpr (kRows == 1) {
    for (int line = 0; line < kVectors; ++line) __builtin_prefetch(weights + kAhead + 64 * line);
  }
  stepOf<V, kRows, kVectors>(sums, spread, weights);
}

// V::kGroup steps at a place of the rows, for vectors that take so many at once.
template <typename V, int kRows, int kVectors>
[[gnu::always_inline]] inline void groupAt(typename V::Sums (&sums)[kRows][kVectors],
                                           const std::int8_t* const (&rows)[kRows], std::int64_t at,
                                           const std::int8_t* weights) {
  constexpr std::int64_t kVectorWeights = V::kLanes * kStepBytes;
  typename V::GroupInputs x[kRows];
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) x[r] = V::groupInputs(rows[r] + at);
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) {
    const auto w = V::groupWeights(weights + v * kVectorWeights, kVectors * kVectorWeights);
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) V::dotGroup(sums[r][v], x[r], w);
  }
}

template <typename V, bool kFlip, int kRows, int kVectors>
[[gnu::always_inline]] inline void sumsOf(const Product& product, const Panel& panel,
                                          const std::int8_t* const (&rows)[kRows],
                                          typename V::Vec flip,
                                          typename V::Sums (&sums)[kRows][kVectors]) {
  constexpr std::int64_t kStepWeights = kVectors * V::kLanes * kStepBytes;
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) {
    const auto bias = V::load(product.bias + panel.first_lane + v * V::kLanes);
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) sums[r][v] = V::begin(bias);
  }
  const std::int8_t* weights = panel.weights;
  const std::int64_t run_bytes = std::int64_t{product.steps} * kStepBytes;
  for (std::int32_t run = 0; run < product.runs; ++run) {
    std::int64_t at = product.run_offsets[run];
    const std::int64_t end = at + run_bytes;
    if constexpr (V::kGroup > 1) {
      constexpr std::int64_t kBytes = V::kGroup * kStepBytes;
      for (; at + kBytes <= end; at += kBytes, weights += V::kGroup * kStepWeights) {
        groupAt<V, kRows, kVectors>(sums, rows, at, weights);
      }
    } else if constexpr (kRows * kVectors == 1) {
      // One vector of sums waits for itself: four of them do not.
      typename V::Vec more[3][1][1] = {{{V::all(0)}}, {{V::all(0)}}, {{V::all(0)}}};
      for (; at + 4 * kStepBytes <= end; at += 4 * kStepBytes) {
        stepAt<V, kFlip, kRows, kVectors>(sums, rows, at, weights, flip);
        weights += kStepWeights;
        stepAt<V, kFlip, kRows, kVectors>(more[0], rows, at + kStepBytes, weights, flip);
        weights += kStepWeights;
        stepAt<V, kFlip, kRows, kVectors>(more[1], rows, at + 2 * kStepBytes, weights, flip);
        weights += kStepWeights;
        stepAt<V, kFlip, kRows, kVectors>(more[2], rows, at + 3 * kStepBytes, weights, flip);
        weights += kStepWeights;
      }
      sums[0][0] = V::add(V::add(sums[0][0], more[0][0][0]), V::add(more[1][0][0], more[2][0][0]));
    }
    for (; at < end; at += kStepBytes, weights += kStepWeights) {
      stepAt<V, kFlip, kRows, kVectors>(sums, rows, at, weights, flip);
    }
  }
  if (product.tail == 0) return;
  typename V::Vec spread[kRows];
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) {
    spread[r] = V::exclusiveOr(V::all(fewBytes(rows[r] + run_bytes, product.tail)), flip);
  }
  stepOf<V, kRows, kVectors>(sums, spread, weights);
}

// Some of a row's bytes: the last panel's channels need not fill it.
template <typename V, int kWidth>
[[gnu::always_inline]] inline void storeRow(std::int8_t* to, typename V::Vec bytes, int k,
                                            int channels) {
  if (channels == kWidth) {
    V::template storePart<kWidth>(to, bytes, k);
    return;
  }
  if constexpr (requires { V::storeSome(to, bytes, 0, 0); }) {
    return V::storeSome(to, bytes, k * kWidth, channels);
  }
  alignas(64) std::int8_t all[V::kLanes * 4];
  V::store(all, bytes);
  // As it stands: a vectorised copy would be many times as long, and a call would cost the sums
  // their registers.
#pragma GCC unroll 1
  for (int i = 0; i < channels; ++i) to[i] = all[k * kWidth + i];
}

// Rescaled sums as bytes: a vector of bytes holds 4 / kVectors rows.
template <typename V, int kRows, int kVectors>
[[gnu::always_inline]] inline void storeRows(const typename V::Vec (&sums)[kRows][kVectors],
                                             const Product& product, int channels, std::int8_t* out,
                                             std::int64_t out_step) {
  constexpr int kWidth = kVectors * V::kLanes;
  constexpr int kTogether = kPanelVectors / kVectors;
  static_assert(kRows < kTogether || kRows % kTogether == 0);
  const auto low = V::allBytes(product.rescale.low);
  const auto high = V::allBytes(product.rescale.high);
#pragma GCC unroll 16
  for (int r = 0; r < kRows; r += kTogether) {
    typename V::Vec words[2];
    if constexpr (kVectors == 4) {
      words[0] = V::toWords(sums[r][0], sums[r][1]);
      words[1] = V::toWords(sums[r][2], sums[r][3]);
    } else if constexpr (kVectors == 2) {
      constexpr int kNext = kRows > 1 ? 1 : 0;
      words[0] = V::toWords(sums[r][0], sums[r][1]);
      words[1] = V::toWords(sums[r + kNext][0], sums[r + kNext][1]);
    } else {
      constexpr int kSecond = kRows > 1 ? 1 : 0;
      constexpr int kThird = kRows > 2 ? 2 : 0;
      constexpr int kFourth = kRows > 3 ? 3 : 0;
      words[0] = V::toWords(sums[r][0], sums[r + kSecond][0]);
      words[1] = V::toWords(sums[r + kThird][0], sums[r + kFourth][0]);
    }
    auto bytes = V::clamped(V::toBytes(words[0], words[1]), low, high);
    if constexpr (kVectors == 2) bytes = V::twoRows(bytes);
    if constexpr (kVectors == 1) bytes = V::fourRows(bytes);
    if (kVectors < 4 && kRows >= kTogether && out_step == kWidth) {
      V::store(out + r * out_step, bytes);  // rows without a gap
      continue;
    }
#pragma GCC unroll 4
    for (int k = 0; k < (kRows < kTogether ? kRows : kTogether); ++k) {
      storeRow<V, kWidth>(out + (r + k) * out_step, bytes, k, channels);
    }
  }
}

// Sums of dense layers, rescaled in double. Several rows of them are rare, so that all tiles share
// one loop.
template <typename V>
[[gnu::noinline]] void rescaleReals(const Rescale& rescale, std::int64_t first_lane,
                                    typename V::Vec* sums, int rows, int vectors) {
#pragma GCC unroll 1
  for (int v = 0; v < vectors; ++v) {
    const auto numbers = V::real(rescale, first_lane + v * V::kLanes);
#pragma GCC unroll 1
    for (int r = 0; r < rows; ++r) {
      sums[r * vectors + v] = V::rescaled(sums[r * vectors + v], numbers);
    }
  }
}

// What becomes of finished sums, before they are bytes. In place where sums are vectors as they
// are.
template <typename V, int kRows, int kVectors>
[[gnu::always_inline]] inline void rescaleRows(const typename V::Sums (&sums)[kRows][kVectors],
                                               const Rescale& rescale, std::int64_t first_lane,
                                               typename V::Vec (&out)[kRows][kVectors]) {
  if (rescale.factor != nullptr && kRows > 1) {
    // By way of a copy: sums whose address is taken would not stay in registers.
    typename V::Vec copy[kRows][kVectors];
#pragma GCC unroll 32
    for (int i = 0; i < kRows * kVectors; ++i) {
      copy[i / kVectors][i % kVectors] = V::end(sums[i / kVectors][i % kVectors]);
    }
    rescaleReals<V>(rescale, first_lane, &copy[0][0], kRows, kVectors);
#pragma GCC unroll 32
    for (int i = 0; i < kRows * kVectors; ++i) {
      out[i / kVectors][i % kVectors] = copy[i / kVectors][i % kVectors];
    }
  } else if (rescale.factor != nullptr) {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      const auto numbers = V::real(rescale, first_lane + v * V::kLanes);
      out[0][v] = V::rescaled(V::end(sums[0][v]), numbers);
    }
  } else if (rescale.sign != nullptr) {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      const auto numbers = V::fixed(rescale, first_lane + v * V::kLanes);
#pragma GCC unroll 16
      for (int r = 0; r < kRows; ++r) {
        out[r][v] = V::template rescaled<true>(V::end(sums[r][v]), numbers);
      }
    }
  } else {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      const auto numbers = V::fixed(rescale, first_lane + v * V::kLanes);
#pragma GCC unroll 16
      for (int r = 0; r < kRows; ++r) {
        out[r][v] = V::template rescaled<false>(V::end(sums[r][v]), numbers);
      }
    }
  }
}

// kRows rows of a panel, from sums to bytes.
template <typename V, bool kFlip, int kRows, int kVectors>
[[gnu::always_inline]] inline void tile(const Product& product, const Panel& panel,
                                        const std::int8_t* const (&rows)[kRows],
                                        typename V::Vec flip, std::int8_t* out,
                                        std::int64_t out_step) {
  typename V::Sums sums[kRows][kVectors];
  if constexpr (V::kSumsByItself) {
    V::sumsOf(product, panel, rows, sums);
  } else {
    sumsOf<V, kFlip, kRows, kVectors>(product, panel, rows, flip, sums);
  }
  typename V::Vec room[kRows][kVectors];
  auto& rescaled = V::results(sums, room);
  rescaleRows<V, kRows, kVectors>(sums, product.rescale, panel.first_lane, rescaled);
  storeRows<V, kRows, kVectors>(rescaled, product, panel.channels, out, out_step);
}

// Where rows of input begin, one after another.
class RowCursor {
 public:
  RowCursor(const ProductRows& rows, std::int64_t first)
      : width_(rows.width), pixel_step_(rows.pixel_step), row_step_(rows.row_step) {
    const std::int64_t line = first / rows.width;
    x_ = first - line * rows.width;
    line_ = rows.input + line * rows.row_step;
    at_ = line_ + x_ * rows.pixel_step;
  }
  const std::int8_t* next() {
    const std::int8_t* row = at_;
    at_ += pixel_step_;
    if (++x_ == width_) {
      x_ = 0;
      line_ += row_step_;
      at_ = line_;
    }
    return row;
  }

 private:
  std::int64_t width_;
  std::int64_t pixel_step_;
  std::int64_t row_step_;
  const std::int8_t* line_;
  const std::int8_t* at_;
  std::int64_t x_;
};

// All rows in tiles of kRows, of which there are at least so many: the last tile goes back over
// rows that are done and gives them the same bytes again.
template <typename V, bool kFlip, int kRows, int kVectors>
void tiles(const Product& product, const Panel& panel, const ProductRows& rows) {
  const auto flip =
      V::all(rows.is_offset || V::kInputFlip == 0 ? 0 : static_cast<std::int32_t>(0x80808080u));
  const std::int8_t* at[kRows];
  std::int8_t* out = rows.output + panel.first_channel;
  RowCursor cursor(rows, 0);
  for (std::int64_t row = 0; row < rows.count; row += kRows) {
    if (row + kRows > rows.count) {
      row = rows.count - kRows;
      cursor = RowCursor(rows, row);
    }
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) at[r] = cursor.next();
    tile<V, kFlip, kRows, kVectors>(product, panel, at, flip, out + row * rows.output_step,
                                    rows.output_step);
  }
}

template <typename V, bool kFlip, int kMost, int kVectors>
void panelTiles(const Product& product, const Panel& panel, const ProductRows& rows) {
  if (rows.count >= kMost) return tiles<V, kFlip, kMost, kVectors>(product, panel, rows);
  if constexpr (kMost > 4) {
    if (rows.count >= 4) return tiles<V, kFlip, 4, kVectors>(product, panel, rows);
  }
  if constexpr (kMost > 2) {
    if (rows.count >= 2) return tiles<V, kFlip, 2, kVectors>(product, panel, rows);
  }
  if constexpr (kMost > 1) tiles<V, kFlip, 1, kVectors>(product, panel, rows);
}

// kMost rows in a tile, where there are enough rows. A narrow panel has as many offsets to take as
// products: where the input has its offset already it has loops without.
// (For short runs g++ 12 makes the better loops of those with.)
constexpr int kLongRun = 4;

template <typename V, int kMost, int kVectors>
void panelRows(const Product& product, const Panel& panel, const ProductRows& rows) {
  if constexpr (V::kInputFlip == 0) {
    return panelTiles<V, false, kMost, kVectors>(product, panel, rows);
  } else if constexpr (kVectors == 1) {
    if (rows.is_offset && product.steps >= kLongRun)
      return panelTiles<V, false, kMost, kVectors>(product, panel, rows);
  }
  if constexpr (V::kInputFlip != 0) panelTiles<V, true, kMost, kVectors>(product, panel, rows);
}

// Calls each(panel) for the panels of a product.
template <typename Each>
void forEachPanel(const Product& product, int lanes, Each each) {
  const std::int64_t steps =
      std::int64_t{product.runs} * product.steps + (product.tail > 0 ? 1 : 0);
  Panel panel{product.weights, 0, 0, 0, 0};
  while (panel.first_channel < product.channels) {
    const int left = static_cast<int>(product.channels - panel.first_channel);
    panel.width = panelWidth(left, lanes);
    panel.channels = left < panel.width ? left : panel.width;
    each(panel);
    panel.weights += steps * panel.width * kStepBytes;
    panel.first_lane += panel.width;
    panel.first_channel += panel.channels;
  }
}
