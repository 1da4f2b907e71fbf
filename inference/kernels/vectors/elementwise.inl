// Sums of two tensors, and pools. Included inside an unnamed namespace after the vectors.

// The reference, for a few elements whose sum lies near a middle.
inline std::int8_t addedExactly(const Addition& add, std::int8_t a, std::int8_t b) {
  const std::int32_t sum =
      add.table_a[static_cast<std::uint8_t>(a)] + add.table_b[static_cast<std::uint8_t>(b)];
  const auto high =
      static_cast<std::int32_t>((static_cast<std::int64_t>(sum) * 4 * add.multiplier) >> 32);
  const std::int32_t scaled = (high + add.addend - (sum < 0 ? add.sign : 0)) >> add.exact_shift;
  if (scaled < add.low) return add.low;
  return scaled > add.high ? add.high : static_cast<std::int8_t>(scaled);
}

// In place as well: an element is written after it was read, and no other is read again.
template <typename V>
void addVectors(const Addition& add, const std::int8_t* a, const std::int8_t* b, std::int8_t* out,
                std::int64_t count) {
  constexpr std::int64_t kBytes = 4 * V::kLanes;
  const auto factor_a = V::all(add.factor_a);
  const auto factor_b = V::all(add.factor_b);
  const auto offset = V::all(add.offset);
  const auto doubt = V::all(add.doubt);
  const auto low = V::allBytes(add.low);
  const auto high = V::allBytes(add.high);
  std::int64_t at = 0;
  for (; at + kBytes <= count; at += kBytes) {
    typename V::Vec sums[4];
    std::uint64_t doubtful = 0;
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v) {
      const auto share_a = V::multiply(V::widened(a + at + v * V::kLanes), factor_a);
      const auto share_b = V::multiply(V::widened(b + at + v * V::kLanes), factor_b);
      sums[v] = V::add(V::add(share_a, offset), share_b);
      doubtful |= V::lanesWithout(sums[v], doubt) << (v * V::kLanes);
      sums[v] = V::shiftRight(sums[v], add.shift);
    }
    const auto words = V::toBytes(V::toWords(sums[0], sums[1]), V::toWords(sums[2], sums[3]));
    const auto bytes = V::fourRows(V::clamped(words, low, high));
    if (doubtful == 0) {
      V::store(out + at, bytes);
      continue;
    }
    alignas(64) std::int8_t all[kBytes];
    V::store(all, bytes);
    for (; doubtful != 0; doubtful &= doubtful - 1) {
      const int i = __builtin_ctzll(doubtful);
      all[i] = addedExactly(add, a[at + i], b[at + i]);
    }
    V::store(out + at, V::load(all));
  }
  for (; at < count; ++at) out[at] = addedExactly(add, a[at], b[at]);
}

template <typename V>
void averagePool(const PoolWindow& window, std::int8_t* out) {
  const auto taps = static_cast<std::int32_t>(window.rows * window.columns);
  const auto clamped = [&](std::int32_t x) {
    if (x < window.low) return window.low;
    return x > window.high ? window.high : static_cast<std::int8_t>(x);
  };
  constexpr std::int64_t kBytes = 4 * V::kLanes;
  const auto low = V::allBytes(window.low);
  const auto high = V::allBytes(window.high);
  std::int64_t c = 0;
  for (; c + kBytes <= window.channels; c += kBytes) {
    typename V::Vec sums[4] = {V::all(0), V::all(0), V::all(0), V::all(0)};
    for (std::int64_t y = 0; y < window.rows; ++y) {
      const std::int8_t* pixel = window.input + y * window.row_step + c;
      for (std::int64_t x = 0; x < window.columns; ++x, pixel += window.pixel_step) {
#pragma GCC unroll 4
        for (int v = 0; v < 4; ++v) sums[v] = V::add(sums[v], V::widened(pixel + v * V::kLanes));
      }
    }
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v) {
      sums[v] = V::divided(V::add(sums[v], V::withSign(sums[v], taps / 2)), taps);
    }
    const auto bytes = V::toBytes(V::toWords(sums[0], sums[1]), V::toWords(sums[2], sums[3]));
    V::store(out + c, V::fourRows(V::clamped(bytes, low, high)));
  }
  for (; c < window.channels; ++c) {
    std::int32_t sum = 0;
    for (std::int64_t y = 0; y < window.rows; ++y) {
      for (std::int64_t x = 0; x < window.columns; ++x) {
        sum += window.input[y * window.row_step + x * window.pixel_step + c];
      }
    }
    out[c] = clamped((sum > 0 ? sum + taps / 2 : sum - taps / 2) / taps);
  }
}

template <typename V>
void maxPool(const PoolWindow& window, std::int8_t* out) {
  constexpr std::int64_t kBytes = 4 * V::kLanes;
  const auto low = V::allBytes(window.low);
  const auto high = V::allBytes(window.high);
  std::int64_t c = 0;
  for (; c + kBytes <= window.channels; c += kBytes) {
    auto best = V::allBytes(-128);
    for (std::int64_t y = 0; y < window.rows; ++y) {
      const std::int8_t* row = window.input + y * window.row_step + c;
      for (std::int64_t x = 0; x < window.columns; ++x) {
        best = V::greatestBytes(best, V::load(row + x * window.pixel_step));
      }
    }
    V::store(out + c, V::clamped(best, low, high));
  }
  for (; c < window.channels; ++c) {
    std::int8_t best = -128;
    for (std::int64_t y = 0; y < window.rows; ++y) {
      for (std::int64_t x = 0; x < window.columns; ++x) {
        const std::int8_t value = window.input[y * window.row_step + x * window.pixel_step + c];
        if (value > best) best = value;
      }
    }
    if (best < window.low) best = window.low;
    out[c] = best > window.high ? window.high : best;
  }
}

// Sum of x * w, the input taken as the level takes it (LevelKernels::input_flip).
template <typename V>
std::int32_t dotProduct(const std::int8_t* x, const std::int8_t* w, std::int64_t count) {
  constexpr std::int64_t kBytes = 4 * V::kLanes;
  const auto flip = V::allBytes(V::kInputFlip);
  const auto zero = V::begin(V::all(0));
  typename V::Sums sums[4] = {zero, zero, zero, zero};
  const auto step = [&](typename V::Sums& sum, const std::int8_t* from, const std::int8_t* by) {
    V::dot(sum, V::inputs(V::exclusiveOr(V::load(from), flip)), V::weights(V::load(by)));
  };
  std::int64_t at = 0;
  for (; at + 4 * kBytes <= count; at += 4 * kBytes) {
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) step(sums[i], x + at + i * kBytes, w + at + i * kBytes);
  }
  for (; at + kBytes <= count; at += kBytes) step(sums[0], x + at, w + at);
  if (at < count) {
    alignas(64) std::int8_t last[2][kBytes] = {};
    __builtin_memcpy(last[0], x + at, static_cast<std::size_t>(count - at));
    __builtin_memcpy(last[1], w + at, static_cast<std::size_t>(count - at));
    step(sums[0], last[0], last[1]);
  }
  return V::total(
      V::add(V::add(V::end(sums[0]), V::end(sums[1])), V::add(V::end(sums[2]), V::end(sums[3]))));
}

template <typename V>
void quantizeVectors(const float* in, float scale, std::int32_t zero_point, std::int8_t* out,
                     std::int64_t count) {
  constexpr std::int64_t kBytes = 4 * V::kLanes;
  // By the scale's inverse where no result lies so near a middle that a division might round it to
  // the other side: below 2^10, beyond which all is cut off, the two differ by less than 2^-11.
  constexpr float kLeastScale = 0x1p-100f;
  constexpr float kGreatestScale = 0x1p100f;
  const bool may_multiply = scale >= kLeastScale && scale <= kGreatestScale;
  const float inverse = may_multiply ? 1.0f / scale : 0.0f;
  const auto some = [&](const float* from) {
    typename V::Vec x[4];
    bool sure = may_multiply;
#pragma GCC unroll 4
    for (int v = 0; v < 4 && sure; ++v) {
      sure = V::surelyQuantized(from + v * V::kLanes, inverse, zero_point, x[v]);
    }
    if (!sure) {
#pragma GCC unroll 4
      for (int v = 0; v < 4; ++v) x[v] = V::quantized(from + v * V::kLanes, scale, zero_point);
    }
    return V::fourRows(V::toBytes(V::toWords(x[0], x[1]), V::toWords(x[2], x[3])));
  };
  std::int64_t at = 0;
  for (; at + kBytes <= count; at += kBytes) V::store(out + at, some(in + at));
  if (at == count) return;
  alignas(64) float last[kBytes] = {};
  __builtin_memcpy(last, in + at, static_cast<std::size_t>(count - at) * sizeof(float));
  V::storeSome(out + at, some(last), static_cast<int>(count - at));
}
