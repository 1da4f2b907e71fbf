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
constexpr std::int64_t kAhead = 2048;

// sums[r][v] += one step of row r against vector v.
template <typename V, int kRows, int kVectors>
[[gnu::always_inline]] inline void stepOf(typename V::Vec (&sums)[kRows][kVectors],
                                          const std::int32_t (&bytes)[kRows],
                                          const std::int8_t* weights) {
  const auto flip = V::all(static_cast<std::int32_t>(0x80808080u));
  typename V::Inputs x[kRows];
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) x[r] = V::inputs(V::exclusiveOr(V::all(bytes[r]), flip));
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) {
    const auto w = V::weights(V::load(weights + v * V::kLanes * kStepBytes));
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) V::dot(sums[r][v], x[r], w);
  }
}

template <typename V, int kRows, int kVectors>
[[gnu::always_inline]] inline void sumsOf(const Product& product, const Panel& panel,
                                          const std::int8_t* const (&rows)[kRows],
                                          typename V::Vec (&sums)[kRows][kVectors]) {
  constexpr std::int64_t kStepWeights = kVectors * V::kLanes * kStepBytes;
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) {
    const auto bias = V::load(product.bias + panel.first_lane + v * V::kLanes);
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) sums[r][v] = bias;
  }
  const std::int8_t* weights = panel.weights;
  const std::int64_t run_bytes = std::int64_t{product.steps} * kStepBytes;
  std::int32_t bytes[kRows];
  const auto stepAt = [&](typename V::Vec(&to)[kRows][kVectors], std::int64_t at) {
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) bytes[r] = fourBytes(rows[r] + at);
    // A row alone is as fast as its weights come.
    if constexpr (kRows == 1) __builtin_prefetch(weights + kAhead);
    stepOf<V, kRows, kVectors>(to, bytes, weights);
    weights += kStepWeights;
  };
  for (std::int32_t run = 0; run < product.runs; ++run) {
    std::int64_t at = product.run_offsets[run];
    const std::int64_t end = at + run_bytes;
    if constexpr (kRows * kVectors == 1) {
      // One vector of sums waits for itself: four of them do not.
      typename V::Vec more[3][1][1] = {{{V::all(0)}}, {{V::all(0)}}, {{V::all(0)}}};
      for (; at + 4 * kStepBytes <= end; at += 4 * kStepBytes) {
        stepAt(sums, at);
        stepAt(more[0], at + kStepBytes);
        stepAt(more[1], at + 2 * kStepBytes);
        stepAt(more[2], at + 3 * kStepBytes);
      }
      sums[0][0] = V::add(V::add(sums[0][0], more[0][0][0]), V::add(more[1][0][0], more[2][0][0]));
    }
    for (; at < end; at += kStepBytes) stepAt(sums, at);
  }
  if (product.tail == 0) return;
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) bytes[r] = fewBytes(rows[r] + run_bytes, product.tail);
  stepOf<V, kRows, kVectors>(sums, bytes, weights);
}

// Some of a row's bytes: the last panel's channels need not fill it.
template <typename V, int kWidth>
[[gnu::always_inline]] inline void storeRow(std::int8_t* to, typename V::Vec bytes, int k,
                                            int channels) {
  if (channels == kWidth) {
    V::template storePart<kWidth>(to, bytes, k);
    return;
  }
  alignas(64) std::int8_t all[V::kLanes * 4];
  V::store(all, bytes);
  for (int i = 0; i < channels; ++i) to[i] = all[k * kWidth + i];
}

// Rescaled sums as bytes: a vector of bytes holds 4 / kVectors rows.
template <typename V, int kRows, int kVectors>
[[gnu::always_inline]] inline void storeRows(const typename V::Vec (&sums)[kRows][kVectors],
                                             const Product& product, int channels, std::int8_t* out,
                                             std::int64_t out_step) {
  constexpr int kWidth = kVectors * V::kLanes;
  constexpr int kTogether = kPanelVectors / kVectors;
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

// kRows rows of a panel, from sums to bytes.
template <typename V, int kRows, int kVectors>
[[gnu::noinline]] void tile(const Product& product, const Panel& panel,
                            const std::int8_t* const (&rows)[kRows], std::int8_t* out,
                            std::int64_t out_step) {
  typename V::Vec sums[kRows][kVectors];
  sumsOf<V, kRows, kVectors>(product, panel, rows, sums);
  const auto rescale = [&](auto each) {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) each(v, panel.first_lane + v * V::kLanes);
  };
  if (product.rescale.factor != nullptr) {
    rescale([&](int v, std::int64_t at) {
      const auto real = V::real(product.rescale, at);
#pragma GCC unroll 16
      for (int r = 0; r < kRows; ++r) sums[r][v] = V::rescaled(sums[r][v], real);
    });
  } else if (product.rescale.sign != nullptr) {
    rescale([&](int v, std::int64_t at) {
      const auto fixed = V::fixed(product.rescale, at);
#pragma GCC unroll 16
      for (int r = 0; r < kRows; ++r) sums[r][v] = V::template rescaled<true>(sums[r][v], fixed);
    });
  } else {
    rescale([&](int v, std::int64_t at) {
      const auto fixed = V::fixed(product.rescale, at);
#pragma GCC unroll 16
      for (int r = 0; r < kRows; ++r) sums[r][v] = V::template rescaled<false>(sums[r][v], fixed);
    });
  }
  storeRows<V, kRows, kVectors>(sums, product, panel.channels, out, out_step);
}

// Where rows of input begin, one after another.
class RowCursor {
 public:
  RowCursor(const ProductRows& rows, std::int64_t first) : rows_(rows) {
    const std::int64_t line = first / rows.width;
    x_ = first - line * rows.width;
    line_ = rows.input + line * rows.row_step;
    at_ = line_ + x_ * rows.pixel_step;
  }
  const std::int8_t* next() {
    const std::int8_t* row = at_;
    at_ += rows_.pixel_step;
    if (++x_ == rows_.width) {
      x_ = 0;
      line_ += rows_.row_step;
      at_ = line_;
    }
    return row;
  }

 private:
  const ProductRows& rows_;
  const std::int8_t* line_;
  const std::int8_t* at_;
  std::int64_t x_;
};

// All rows in tiles of kRows, of which there are at least so many: the last tile goes back over
// rows that are done and gives them the same bytes again.
template <typename V, int kRows, int kVectors>
void tiles(const Product& product, const Panel& panel, const ProductRows& rows) {
  const std::int8_t* at[kRows];
  std::int8_t* out = rows.output + panel.first_channel;
  RowCursor cursor(rows, 0);
  std::int64_t row = 0;
  for (; row + kRows <= rows.count; row += kRows) {
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) at[r] = cursor.next();
    tile<V, kRows, kVectors>(product, panel, at, out + row * rows.output_step, rows.output_step);
  }
  if (row == rows.count) return;
  row = rows.count - kRows;
  RowCursor last(rows, row);
#pragma GCC unroll 16
  for (int r = 0; r < kRows; ++r) at[r] = last.next();
  tile<V, kRows, kVectors>(product, panel, at, out + row * rows.output_step, rows.output_step);
}

// kMost rows in a tile, where there are enough rows.
template <typename V, int kMost, int kVectors>
void panelRows(const Product& product, const Panel& panel, const ProductRows& rows) {
  if (rows.count >= kMost) return tiles<V, kMost, kVectors>(product, panel, rows);
  if constexpr (kMost > 4) {
    if (rows.count >= 4) return tiles<V, 4, kVectors>(product, panel, rows);
  }
  if constexpr (kMost > 2) {
    if (rows.count >= 2) return tiles<V, 2, kVectors>(product, panel, rows);
  }
  if constexpr (kMost > 1) tiles<V, 1, kVectors>(product, panel, rows);
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
