// Products by smmla: two rows by two channels, eight bytes deep. Included inside an unnamed
// namespace after vectors128.inl (with sdot, which a row alone takes) and product.inl.
//
// Steps lie in pairs (LevelKernels::pairs_steps), so that sixteen bytes are two channels' weights.
// While they are summed, sums[2 i][v] are those of rows 2 i and 2 i + 1 by the first two channels
// of vector v, row by row, and sums[2 i + 1][v] by the other two.

struct RowPairs : Vectors128 {
  static constexpr bool kSumsByItself = true;

  static int64x2_t wide(Vec x) { return vreinterpretq_s64_s32(x); }
  static Vec narrow(int64x2_t x) { return vreinterpretq_s32_s64(x); }
  static int8x16_t bytesAt(const std::int8_t* from) { return vld1q_s8(from); }
  static int8x16_t eightOf(const std::int8_t* first, const std::int8_t* second) {
    return vcombine_s8(vld1_s8(first), vld1_s8(second));
  }
  // A step alone: zeros take the place of the other one.
  static int8x16_t fourOf(std::int32_t first, std::int32_t second) {
    const int32x4_t both = {first, 0, second, 0};
    return vreinterpretq_s8_s32(both);
  }

  template <int kRows, int kVectors>
  [[gnu::always_inline]] static inline void sumsOf(const Product& product, const Panel& panel,
                                                   const std::int8_t* const (&rows)[kRows],
                                                   Vec (&sums)[kRows][kVectors]) {
    if constexpr (kRows == 1) {
      sumsOfRow(product, panel, rows[0], sums[0]);
    } else {
      sumsOfPairs(product, panel, rows, sums);
    }
  }

 private:
  template <int kRows, int kVectors>
  [[gnu::always_inline]] static inline void sumsOfPairs(const Product& product, const Panel& panel,
                                                        const std::int8_t* const (&rows)[kRows],
                                                        Vec (&sums)[kRows][kVectors]) {
    constexpr std::int64_t kStepWeights = kVectors * kLanes * kStepBytes;
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      const int64x2_t bias = wide(load(product.bias + panel.first_lane + v * kLanes));
#pragma GCC unroll 16
      for (int r = 0; r < kRows; r += 2) {
        sums[r][v] = narrow(vzip1q_s64(bias, bias));
        sums[r + 1][v] = narrow(vzip2q_s64(bias, bias));
      }
    }
    const std::int8_t* weights = panel.weights;
    for (std::int32_t run = 0; run < product.runs; ++run) {
      std::int64_t at = product.run_offsets[run];
      const std::int64_t end = at + std::int64_t{product.steps} * kStepBytes;
      for (; at + 2 * kStepBytes <= end; at += 2 * kStepBytes, weights += 2 * kStepWeights) {
        int8x16_t x[kRows / 2];
#pragma GCC unroll 16
        for (int r = 0; r < kRows; r += 2) x[r / 2] = eightOf(rows[r] + at, rows[r + 1] + at);
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v) {
          const int8x16_t first = bytesAt(weights + v * 32);
          const int8x16_t second = bytesAt(weights + v * 32 + 16);
#pragma GCC unroll 16
          for (int r = 0; r < kRows; r += 2) {
            sums[r][v] = vmmlaq_s32(sums[r][v], x[r / 2], first);
            sums[r + 1][v] = vmmlaq_s32(sums[r + 1][v], x[r / 2], second);
          }
        }
      }
      if (at < end) {
        int8x16_t x[kRows / 2];
#pragma GCC unroll 16
        for (int r = 0; r < kRows; r += 2) {
          x[r / 2] = fourOf(fourBytes(rows[r] + at), fourBytes(rows[r + 1] + at));
        }
        stepOfPairs(sums, x, weights);
        weights += kStepWeights;
      }
    }
    if (product.tail > 0) {
      const std::int64_t at = std::int64_t{product.steps} * kStepBytes;
      int8x16_t x[kRows / 2];
#pragma GCC unroll 16
      for (int r = 0; r < kRows; r += 2) {
        x[r / 2] =
            fourOf(fewBytes(rows[r] + at, product.tail), fewBytes(rows[r + 1] + at, product.tail));
      }
      stepOfPairs(sums, x, weights);
    }
    // Each row's four channels beside each other.
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
#pragma GCC unroll 16
      for (int r = 0; r < kRows; r += 2) {
        const int64x2_t first = wide(sums[r][v]);
        const int64x2_t second = wide(sums[r + 1][v]);
        sums[r][v] = narrow(vzip1q_s64(first, second));
        sums[r + 1][v] = narrow(vzip2q_s64(first, second));
      }
    }
  }

  // A step that has no other one beside it lies as other levels' do.
  template <int kRows, int kVectors>
  [[gnu::always_inline]] static inline void stepOfPairs(Vec (&sums)[kRows][kVectors],
                                                        const int8x16_t (&x)[kRows / 2],
                                                        const std::int8_t* weights) {
    const Vec none = all(0);
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      const Vec step = load(weights + v * kLanes * kStepBytes);
      const int8x16_t first = vreinterpretq_s8_s32(vzip1q_s32(step, none));
      const int8x16_t second = vreinterpretq_s8_s32(vzip2q_s32(step, none));
#pragma GCC unroll 16
      for (int r = 0; r < kRows; r += 2) {
        sums[r][v] = vmmlaq_s32(sums[r][v], x[r / 2], first);
        sums[r + 1][v] = vmmlaq_s32(sums[r + 1][v], x[r / 2], second);
      }
    }
  }

  // A row alone: half of a product of matrices would be for nobody. sdot gives two sums a channel.
  template <int kVectors>
  [[gnu::always_inline]] static inline void sumsOfRow(const Product& product, const Panel& panel,
                                                      const std::int8_t* row,
                                                      Vec (&sums)[kVectors]) {
    constexpr std::int64_t kStepWeights = kVectors * kLanes * kStepBytes;
    Vec halves[kVectors][2];
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      sums[v] = load(product.bias + panel.first_lane + v * kLanes);
      halves[v][0] = halves[v][1] = all(0);
    }
    const auto step = [&](std::int32_t bytes, const std::int8_t* weights) {
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) {
        sums[v] = vdotq_s32(sums[v], bytesAt(weights + v * kLanes * kStepBytes),
                            vreinterpretq_s8_s32(all(bytes)));
      }
    };
    const std::int8_t* weights = panel.weights;
    for (std::int32_t run = 0; run < product.runs; ++run) {
      std::int64_t at = product.run_offsets[run];
      const std::int64_t end = at + std::int64_t{product.steps} * kStepBytes;
      for (; at + 2 * kStepBytes <= end; at += 2 * kStepBytes, weights += 2 * kStepWeights) {
        const int8x16_t x = eightOf(row + at, row + at);
        for (int line = 0; line < kVectors; line += 2) {
          __builtin_prefetch(weights + kAhead + 32 * line);
        }
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; ++v) {
          halves[v][0] = vdotq_s32(halves[v][0], bytesAt(weights + v * 32), x);
          halves[v][1] = vdotq_s32(halves[v][1], bytesAt(weights + v * 32 + 16), x);
        }
      }
      if (at < end) {
        step(fourBytes(row + at), weights);
        weights += kStepWeights;
      }
    }
    if (product.tail > 0) {
      step(fewBytes(row + std::int64_t{product.steps} * kStepBytes, product.tail), weights);
    }
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      sums[v] = vaddq_s32(sums[v], vpaddq_s32(halves[v][0], halves[v][1]));
    }
  }
};
