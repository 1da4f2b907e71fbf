// Vectors of 128 bits: four sums. Included by the files of the levels that use them, inside their
// unnamed namespace; PRIMER_DOT says how four products of bytes are summed:
//   0  products of 16 bits, two steps' added before they are widened (any 64-bit ARM)
//   1  sdot (ARMv8.2 with dot products)
//   2  the same; products of matrices by smmla (row_pairs.inl)
// Products are of signed bytes on both sides: inputs are taken as they are.

struct Vectors128 {
  using Vec = int32x4_t;
  static constexpr int kLanes = 4;
  static constexpr bool kSumsByItself = false;
  static constexpr std::int8_t kInputFlip = 0;

  struct Bytes {
    int8x16_t bytes;
  };
  using Inputs = Bytes;
  using Weights = Bytes;
  static Inputs inputs(Vec x) { return {vreinterpretq_s8_s32(x)}; }
  static Weights weights(Vec w) { return {vreinterpretq_s8_s32(w)}; }

#if PRIMER_DOT == 0
  // Pairs of products widen as they are added: lanes 0 and 1 of the sums lie in `low`, two numbers
  // each, 2 and 3 in `high`.
  struct Sums {
    int32x4_t low, high;
  };
  static Sums begin(Vec bias) {
    const int32x4_t zero = vdupq_n_s32(0);
    return {vzip1q_s32(bias, zero), vzip2q_s32(bias, zero)};
  }
  static Vec end(const Sums& sums) { return vpaddq_s32(sums.low, sums.high); }
  // Where rescaled sums go.
  template <int kA, int kB>
  static Vec (&results(Sums (&)[kA][kB], Vec (&room)[kA][kB]))[kA][kB] {
    return room;
  }
  static void dot(Sums& sums, const Inputs& x, const Weights& w) {
    sums.low = vpadalq_s16(sums.low, vmull_s8(vget_low_s8(x.bytes), vget_low_s8(w.bytes)));
    sums.high = vpadalq_s16(sums.high, vmull_high_s8(x.bytes, w.bytes));
  }

  // Two steps: their products add up within 16 bits, as no weight is -128 (kLeastWeight).
  // Loads are of 64 bits, which a Cortex-A53 does beside its arithmetic.
  static constexpr int kGroup = 2;
  static constexpr std::int8_t kLeastWeight = -127;
  struct GroupInputs {
    int8x8_t first, second;
  };
  struct GroupWeights {
    int8x8_t first_low, first_high, second_low, second_high;
  };
  static GroupInputs groupInputs(const std::int8_t* from) {
    const int32x2_t both = vreinterpret_s32_s8(vld1_s8(from));
    return {vreinterpret_s8_s32(vdup_lane_s32(both, 0)),
            vreinterpret_s8_s32(vdup_lane_s32(both, 1))};
  }
  static GroupWeights groupWeights(const std::int8_t* from, std::int64_t step) {
    return {vld1_s8(from), vld1_s8(from + 8), vld1_s8(from + step), vld1_s8(from + step + 8)};
  }
  static void dotGroup(Sums& sums, const GroupInputs& x, const GroupWeights& w) {
    const int16x8_t low = vmlal_s8(vmull_s8(x.first, w.first_low), x.second, w.second_low);
    const int16x8_t high = vmlal_s8(vmull_s8(x.first, w.first_high), x.second, w.second_high);
    sums.low = vpadalq_s16(sums.low, low);
    sums.high = vpadalq_s16(sums.high, high);
  }
#else
  using Sums = Vec;
  static Sums begin(Vec bias) { return bias; }
  static Vec end(Sums sums) { return sums; }
  // Where rescaled sums go: in their own place, as g++ 12 does not keep two arrays in registers.
  template <int kA, int kB>
  static Vec (&results(Sums (&sums)[kA][kB], Vec (&)[kA][kB]))[kA][kB] {
    return sums;
  }
  static void dot(Sums& sums, const Inputs& x, const Weights& w) {
    sums = vdotq_s32(sums, x.bytes, w.bytes);
  }

  // Four steps: a row's bytes are loaded once, each four of them times the weights of their step.
  static constexpr int kGroup = 4;
  static constexpr std::int8_t kLeastWeight = -128;
  using GroupInputs = int8x16_t;
  struct GroupWeights {
    int8x16_t step[4];
  };
  static GroupInputs groupInputs(const std::int8_t* from) { return vld1q_s8(from); }
  static GroupWeights groupWeights(const std::int8_t* from, std::int64_t step) {
    return {{vld1q_s8(from), vld1q_s8(from + step), vld1q_s8(from + 2 * step),
             vld1q_s8(from + 3 * step)}};
  }
  static void dotGroup(Sums& sums, const GroupInputs& x, const GroupWeights& w) {
    sums = vdotq_laneq_s32(sums, w.step[0], x, 0);
    sums = vdotq_laneq_s32(sums, w.step[1], x, 1);
    sums = vdotq_laneq_s32(sums, w.step[2], x, 2);
    sums = vdotq_laneq_s32(sums, w.step[3], x, 3);
  }
#endif

  static Vec load(const void* from) {
    return vreinterpretq_s32_s8(vld1q_s8(static_cast<const std::int8_t*>(from)));
  }
  static void store(void* to, Vec x) {
    vst1q_s8(static_cast<std::int8_t*>(to), vreinterpretq_s8_s32(x));
  }
  static Vec spread(const std::int8_t* from) {
    std::int32_t bytes;
    __builtin_memcpy(&bytes, from, sizeof(bytes));
    return vdupq_n_s32(bytes);
  }
  static Vec all(std::int32_t x) { return vdupq_n_s32(x); }
  static Vec allBytes(std::int8_t x) { return vreinterpretq_s32_s8(vdupq_n_s8(x)); }
  static Vec exclusiveOr(Vec a, Vec b) { return veorq_s32(a, b); }
  static Vec add(Vec a, Vec b) { return vaddq_s32(a, b); }

  struct Fixed {
    Vec multiplier, addend, right, sign;
  };
  static Fixed fixed(const Rescale& rescale, std::int64_t at) {
    Fixed f;
    f.multiplier = load(rescale.multiplier + at);
    f.addend = load(rescale.addend + at);
    f.right = vnegq_s32(load(rescale.shift + at));
    f.sign = rescale.sign == nullptr ? f.right : load(rescale.sign + at);
    return f;
  }
  // One channel's, in all lanes.
  static Fixed fixedOfAll(const Rescale& rescale, std::int64_t at) {
    Fixed f;
    f.multiplier = all(rescale.multiplier[at]);
    f.addend = all(rescale.addend[at]);
    f.right = all(-rescale.shift[at]);
    f.sign = rescale.sign == nullptr ? f.right : all(rescale.sign[at]);
    return f;
  }
  // The doubling product's upper half is that of (4 sum) m: 2 (2 sum) m.
  template <bool kSigned>
  static Vec rescaled(Vec sums, const Fixed& f) {
    Vec high = vaddq_s32(vqdmulhq_s32(vshlq_n_s32(sums, 1), f.multiplier), f.addend);
    if (kSigned) high = vsubq_s32(high, vandq_s32(vshrq_n_s32(sums, 31), f.sign));
    return vshlq_s32(high, f.right);
  }

  struct Real {
    float64x2_t low, high;
    Vec zero_point;
  };
  static Real real(const Rescale& rescale, std::int64_t at) {
    return {vld1q_f64(rescale.factor + at), vld1q_f64(rescale.factor + at + 2),
            vdupq_n_s32(rescale.zero_point)};
  }
  static Real realOfAll(const Rescale& rescale, std::int64_t at) {
    const float64x2_t factor = vdupq_n_f64(rescale.factor[at]);
    return {factor, factor, vdupq_n_s32(rescale.zero_point)};
  }
  static int32x2_t rounded(int32x2_t sums, float64x2_t factor) {
    const float64x2_t product = vmulq_f64(vcvtq_f64_s64(vmovl_s32(sums)), factor);
    return vmovn_s64(vcvtaq_s64_f64(product));  // half away from zero
  }
  static Vec rescaled(Vec sums, const Real& real) {
    const int32x2_t low = rounded(vget_low_s32(sums), real.low);
    const int32x2_t high = rounded(vget_high_s32(sums), real.high);
    return vaddq_s32(vcombine_s32(low, high), real.zero_point);
  }

  static Vec toWords(Vec a, Vec b) {
    return vreinterpretq_s32_s16(vqmovn_high_s32(vqmovn_s32(a), b));
  }
  static Vec toBytes(Vec a, Vec b) {
    return vreinterpretq_s32_s8(
        vqmovn_high_s16(vqmovn_s16(vreinterpretq_s16_s32(a)), vreinterpretq_s16_s32(b)));
  }
  static Vec clamped(Vec bytes, Vec low, Vec high) {
    return vreinterpretq_s32_s8(
        vminq_s8(vmaxq_s8(vreinterpretq_s8_s32(bytes), vreinterpretq_s8_s32(low)),
                 vreinterpretq_s8_s32(high)));
  }
  // Narrowing leaves everything in order.
  static Vec twoRows(Vec bytes) { return bytes; }
  static Vec fourRows(Vec bytes) { return bytes; }
  // The k-th kBytes of a vector.
  template <int kBytes>
  static void storePart(std::int8_t* to, Vec bytes, int k) {
    if constexpr (kBytes == 16) {
      store(to, bytes);
    } else if constexpr (kBytes == 8) {
      vst1_s8(to, vreinterpret_s8_s32(k == 0 ? vget_low_s32(bytes) : vget_high_s32(bytes)));
    } else {
      static_assert(kBytes == 4);
      std::int32_t lanes[4];
      vst1q_s32(lanes, bytes);
      __builtin_memcpy(to, &lanes[k], sizeof(lanes[k]));
    }
  }
  // The first bytes, of which there are fewer than the vector's.
  static void storeSome(std::int8_t* to, Vec bytes, int count) {
    std::int8_t all[16];
    store(all, bytes);
    __builtin_memcpy(to, all, static_cast<std::size_t>(count));
  }

  static Vec lowBytes(Vec a, Vec b) {
    return vreinterpretq_s32_s8(vzip1q_s8(vreinterpretq_s8_s32(a), vreinterpretq_s8_s32(b)));
  }
  static Vec highBytes(Vec a, Vec b) {
    return vreinterpretq_s32_s8(vzip2q_s8(vreinterpretq_s8_s32(a), vreinterpretq_s8_s32(b)));
  }
  static Vec lowWords(Vec a, Vec b) {
    return vreinterpretq_s32_s16(vzip1q_s16(vreinterpretq_s16_s32(a), vreinterpretq_s16_s32(b)));
  }
  static Vec highWords(Vec a, Vec b) {
    return vreinterpretq_s32_s16(vzip2q_s16(vreinterpretq_s16_s32(a), vreinterpretq_s16_s32(b)));
  }

  // As many bytes as there are lanes.
  static Vec widened(const std::int8_t* from) {
    const int8x8_t bytes = vget_low_s8(vreinterpretq_s8_s32(spread(from)));
    return vmovl_s16(vget_low_s16(vmovl_s8(bytes)));
  }
  static Vec multiply(Vec a, Vec b) { return vmulq_s32(a, b); }
  static Vec shiftRight(Vec a, int by) { return vshlq_s32(a, vdupq_n_s32(-by)); }
  static Vec greatestBytes(Vec a, Vec b) {
    return vreinterpretq_s32_s8(vmaxq_s8(vreinterpretq_s8_s32(a), vreinterpretq_s8_s32(b)));
  }

  // A bit for each lane that has none of the bits.
  static std::uint64_t lanesWithout(Vec x, Vec bits) {
    const uint32x4_t place = {1, 2, 4, 8};
    const uint32x4_t some = vtstq_s32(x, bits);
    return vaddvq_u32(vbicq_u32(place, some));
  }

  // Cut towards zero; exact, as no quotient of such whole numbers is near another one.
  static Vec divided(Vec sums, std::int32_t by) {
    const float64x2_t divisor = vdupq_n_f64(by);
    const auto half = [&](int32x2_t x) {
      return vmovn_s64(vcvtq_s64_f64(vdivq_f64(vcvtq_f64_s64(vmovl_s32(x)), divisor)));
    };
    return vcombine_s32(half(vget_low_s32(sums)), half(vget_high_s32(sums)));
  }
  // by for lanes above 0, -by for the others.
  static Vec withSign(Vec x, std::int32_t by) {
    return vbslq_s32(vcgtzq_s32(x), vdupq_n_s32(by), vdupq_n_s32(-by));
  }

  static std::int32_t total(Vec sums) { return vaddvq_s32(sums); }

  // Reals over a scale, rounded half away from zero; not a number is far below.
  // The same by the scale's inverse; false where a result lies within 2^-11 of a middle.
  static bool surelyQuantized(const float* from, float inverse, std::int32_t zero_point,
                              Vec& results) {
    const float32x4_t limit = vdupq_n_f32(1 << 24);
    const float32x4_t real = vmulq_n_f32(vld1q_f32(from), inverse);
    const float32x4_t held = vminnmq_f32(vmaxnmq_f32(real, vnegq_f32(limit)), limit);
    const int32x4_t nearest = vcvtnq_s32_f32(held);
    const float32x4_t off = vabdq_f32(held, vcvtq_f32_s32(nearest));
    results = vaddq_s32(nearest, vdupq_n_s32(zero_point));
    return vmaxvq_f32(off) < 0.5f - 0x1p-11f;
  }
  static Vec quantized(const float* from, float scale, std::int32_t zero_point) {
    const float32x4_t limit = vdupq_n_f32(1 << 24);
    const float32x4_t real = vdivq_f32(vld1q_f32(from), vdupq_n_f32(scale));
    const float32x4_t held = vminnmq_f32(vmaxnmq_f32(real, vnegq_f32(limit)), limit);
    return vaddq_s32(vcvtaq_s32_f32(held), vdupq_n_s32(zero_point));
  }
};
