// Depthwise convolutions: four taps of a channel at a time (packed/level.h). Included inside an
// unnamed namespace after the vectors.

// 4 * kLanes bytes of four rows become as many sums' worth of tap quads, in four planes.
template <typename V>
[[gnu::always_inline]] inline void interleaveVector(const std::int8_t* const (&rows)[4],
                                                    std::int64_t at, std::int8_t* planes,
                                                    std::int64_t pitch) {
  const auto flip = V::allBytes(V::kInputFlip);
  const auto a = V::exclusiveOr(V::load(rows[0] + at), flip);
  const auto b = V::exclusiveOr(V::load(rows[1] + at), flip);
  const auto c = V::exclusiveOr(V::load(rows[2] + at), flip);
  const auto d = V::exclusiveOr(V::load(rows[3] + at), flip);
  const auto low_ab = V::lowBytes(a, b);
  const auto high_ab = V::highBytes(a, b);
  const auto low_cd = V::lowBytes(c, d);
  const auto high_cd = V::highBytes(c, d);
  V::store(planes, V::lowWords(low_ab, low_cd));
  V::store(planes + pitch, V::highWords(low_ab, low_cd));
  V::store(planes + 2 * pitch, V::lowWords(high_ab, high_cd));
  V::store(planes + 3 * pitch, V::highWords(high_ab, high_cd));
}

template <typename V>
void interleaveRows(const std::int8_t* const (&rows)[4], std::int64_t bytes, std::int8_t fill,
                    std::int8_t* planes, std::int64_t pitch) {
  constexpr std::int64_t kBytes = 4 * V::kLanes;
  std::int64_t at = 0;
  for (; at + kBytes <= bytes; at += kBytes) {
    interleaveVector<V>(rows, at, planes + at, pitch);
  }
  if (at == bytes) return;
  // What lies behind a row may not be ours; what lies behind it in the planes is padding.
  alignas(64) std::int8_t last[4][kBytes];
  const std::int8_t* const last_rows[4] = {last[0], last[1], last[2], last[3]};
  for (int r = 0; r < 4; ++r) {
    V::store(last[r], V::allBytes(fill));
    __builtin_memcpy(last[r], rows[r] + at, static_cast<std::size_t>(bytes - at));
  }
  interleaveVector<V>(last_rows, 0, planes + at, pitch);
}

// Outputs of kRows rows at kAt places, from sums to bytes.
template <typename V, int kRows, int kAt>
[[gnu::always_inline]] inline void depthwiseBlock(const Depthwise& layer, int phase,
                                                  const std::int8_t* planes,
                                                  std::int8_t* const (&out)[kRows],
                                                  const int (&bytes)[kAt]) {
  constexpr std::int64_t kBytes = 4 * V::kLanes;
  const std::int64_t first_lane = std::int64_t{phase} * kBytes;
  const std::int64_t row_weights = std::int64_t{layer.taps} * 4 * kBytes;
  const std::int8_t* weights = layer.weights + phase * layer.rows * row_weights;
  constexpr int kSums = kRows * kAt;  // of row r, place a: r * kAt + a
  typename V::Sums parts[kSums][4];
#pragma GCC unroll 4
  for (int j = 0; j < 4; ++j) {
    const auto bias = V::load(layer.bias + first_lane + j * V::kLanes);
#pragma GCC unroll 4
    for (int i = 0; i < kSums; ++i) parts[i][j] = V::begin(bias);
  }
  const std::int64_t* offsets = layer.tap_offsets;
  for (std::int32_t tap = 0; tap < layer.taps; ++tap, offsets += 4, weights += 4 * kBytes) {
#pragma GCC unroll 4
    for (int j = 0; j < 4; ++j) {
      const std::int8_t* from = planes + offsets[j];
      const auto w = V::weights(V::load(weights + j * kBytes));
      const auto x = V::inputs(V::load(from));
      V::dot(parts[0][j], x, w);
      if constexpr (kRows == 2) {
        const auto w2 = V::weights(V::load(weights + row_weights + j * kBytes));
        V::dot(parts[kAt][j], x, w2);
        if constexpr (kAt == 2) {
          const auto x2 = V::inputs(V::load(from + layer.step_in));
          V::dot(parts[1][j], x2, w);
          V::dot(parts[3][j], x2, w2);
        }
      } else if constexpr (kAt == 2) {
        V::dot(parts[1][j], V::inputs(V::load(from + layer.step_in)), w);
      }
    }
  }
  typename V::Vec room[kSums][4];
  auto& sums = V::results(parts, room);
  if (layer.rescale.sign != nullptr) {
#pragma GCC unroll 4
    for (int j = 0; j < 4; ++j) {
      const auto fixed = V::fixed(layer.rescale, first_lane + j * V::kLanes);
#pragma GCC unroll 4
      for (int i = 0; i < kSums; ++i)
        sums[i][j] = V::template rescaled<true>(V::end(parts[i][j]), fixed);
    }
  } else {
#pragma GCC unroll 4
    for (int j = 0; j < 4; ++j) {
      const auto fixed = V::fixed(layer.rescale, first_lane + j * V::kLanes);
#pragma GCC unroll 4
      for (int i = 0; i < kSums; ++i)
        sums[i][j] = V::template rescaled<false>(V::end(parts[i][j]), fixed);
    }
  }
  const auto low = V::allBytes(layer.rescale.low);
  const auto high = V::allBytes(layer.rescale.high);
#pragma GCC unroll 4
  for (int i = 0; i < kSums; ++i) {
    const auto packed = V::clamped(
        V::toBytes(V::toWords(sums[i][0], sums[i][1]), V::toWords(sums[i][2], sums[i][3])), low,
        high);
    std::int8_t* to = out[i / kAt] + i % kAt * layer.step_out;
    const int count = bytes[i % kAt];
    if (count == kBytes) {
      V::store(to, packed);
    } else {
      V::storeSome(to, packed, count);
    }
  }
}

// kAt places at a time: with more registers, weights serve more outputs.
template <typename V, int kRows, int kAt>
void depthwiseRows(const Depthwise& layer, const std::int8_t* planes,
                   std::int8_t* const (&outputs)[kRows]) {
  constexpr std::int64_t kBytes = 4 * V::kLanes;
  for (int phase = 0; phase < layer.phases; ++phase) {
    const std::int64_t begin = phase * kBytes;
    // Bytes of a place, and of the last one; places of this phase.
    std::int64_t usual = layer.unit_bytes - begin;
    if (usual > kBytes) usual = kBytes;
    std::int64_t last = usual;
    std::int64_t count = layer.places;
    if (layer.is_flat) {
      const std::int64_t left = layer.unit_bytes - begin;
      if (left <= 0) break;
      count = (left + layer.step_out - 1) / layer.step_out;
      last = left - (count - 1) * layer.step_out;
      if (last > kBytes) last = kBytes;
      usual = kBytes;
    }
    std::int8_t* out[kRows];
#pragma GCC unroll 2
    for (int r = 0; r < kRows; ++r) out[r] = outputs[r] + begin;
    const std::int8_t* from = planes + begin;
    std::int64_t place = 0;
    const auto bytesOf = [&](std::int64_t at) {
      return static_cast<int>(at == count - 1 ? last : usual);
    };
    const auto advance = [&](int by) {
      place += by;
      from += by * layer.step_in;
#pragma GCC unroll 2
      for (int r = 0; r < kRows; ++r) out[r] += by * layer.step_out;
    };
    if constexpr (kAt == 2) {
      while (place + 2 <= count) {
        const int bytes[2] = {bytesOf(place), bytesOf(place + 1)};
        depthwiseBlock<V, kRows, 2>(layer, phase, from, out, bytes);
        advance(2);
      }
    }
    while (place < count) {
      const int bytes[1] = {bytesOf(place)};
      depthwiseBlock<V, kRows, 1>(layer, phase, from, out, bytes);
      advance(1);
    }
  }
}

// One or two rows of output: outputs[1] is null where there is one.
template <typename V, int kAt>
void depthwisePair(const Depthwise& layer, const std::int8_t* planes,
                   std::int8_t* const (&outputs)[2]) {
  if (outputs[1] == nullptr) {
    std::int8_t* const one[1] = {outputs[0]};
    return depthwiseRows<V, 1, kAt>(layer, planes, one);
  }
  depthwiseRows<V, 2, kAt>(layer, planes, outputs);
}
