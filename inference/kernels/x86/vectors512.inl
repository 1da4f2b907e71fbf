// Vectors of 512 bits: sixteen sums. Included inside an unnamed namespace, as vectors256.inl, whose
// functions these are.

struct Vectors512 {
  using Vec = __m512i;
  static constexpr int kLanes = 16;
  static constexpr int kGroup = 1;
  static constexpr bool kSumsByItself = false;
  static constexpr std::int8_t kInputFlip = -128;
  static constexpr std::int8_t kLeastWeight = -128;
  using Sums = Vec;
  static Sums begin(Vec bias) { return bias; }
  static Vec end(Sums sums) { return sums; }
  // Where rescaled sums go: in their own place, as g++ 12 does not keep two arrays in registers.
  template <int kA, int kB>
  static Vec (&results(Sums (&sums)[kA][kB], Vec (&)[kA][kB]))[kA][kB] {
    return sums;
  }

  struct Bytes {
    __m512i bytes;
  };
  using Inputs = Bytes;
  using Weights = Bytes;
  static Inputs inputs(Vec x) { return {x}; }
  static Weights weights(Vec w) { return {w}; }
  // In assembly, because g++ 12 moves accumulators to and fro around the intrinsic.
  static void dot(Vec& sums, const Inputs& x, const Weights& w) {
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sums) : "v"(x.bytes), "v"(w.bytes));
  }

  static Vec load(const void* from) { return _mm512_loadu_si512(from); }
  static void store(void* to, Vec x) { _mm512_storeu_si512(to, x); }
  // Four bytes into all lanes, straight from memory: g++ 12 goes through a general register.
  static Vec spread(const std::int8_t* from) {
    Vec x;
    __asm__("vpbroadcastd %1, %0"
            : "=v"(x)
            : "m"(*reinterpret_cast<const std::int8_t(*)[4]>(from)));
    return x;
  }
  static Vec all(std::int32_t x) { return _mm512_set1_epi32(x); }
  static Vec allBytes(std::int8_t x) { return _mm512_set1_epi8(x); }
  static Vec exclusiveOr(Vec a, Vec b) { return _mm512_xor_si512(a, b); }
  static Vec add(Vec a, Vec b) { return _mm512_add_epi32(a, b); }

  struct Fixed {
    Vec multiplier, odd_multiplier, addend, shift, sign;
  };
  static Fixed fixed(const Rescale& rescale, std::int64_t at) {
    Fixed f;
    f.multiplier = load(rescale.multiplier + at);
    f.odd_multiplier = _mm512_srli_epi64(f.multiplier, 32);
    f.addend = load(rescale.addend + at);
    f.shift = load(rescale.shift + at);
    f.sign = rescale.sign == nullptr ? f.shift : load(rescale.sign + at);
    return f;
  }
  static Fixed fixedOfAll(const Rescale& rescale, std::int64_t at) {
    Fixed f;
    f.multiplier = f.odd_multiplier = all(rescale.multiplier[at]);
    f.addend = all(rescale.addend[at]);
    f.shift = all(rescale.shift[at]);
    f.sign = rescale.sign == nullptr ? f.shift : all(rescale.sign[at]);
    return f;
  }
  template <bool kSigned>
  static Vec rescaled(Vec sums, const Fixed& f) {
    const Vec wide = _mm512_slli_epi32(sums, 2);
    const Vec even = _mm512_mul_epi32(wide, f.multiplier);
    const Vec odd = _mm512_mul_epi32(_mm512_shuffle_epi32(wide, _MM_PERM_DDBB), f.odd_multiplier);
    // The upper halves of the even products, into the places beside those of the odd ones.
    Vec high = _mm512_mask_shuffle_epi32(odd, 0x5555, even, _MM_PERM_DDBB);
    high = _mm512_add_epi32(high, f.addend);
    if (kSigned) high = _mm512_mask_sub_epi32(high, _mm512_movepi32_mask(sums), high, f.sign);
    return _mm512_srav_epi32(high, f.shift);
  }

  struct Real {
    __m512d low, high;
    Vec zero_point;
  };
  static Real real(const Rescale& rescale, std::int64_t at) {
    return {_mm512_loadu_pd(rescale.factor + at), _mm512_loadu_pd(rescale.factor + at + 8),
            _mm512_set1_epi32(rescale.zero_point)};
  }
  static Real realOfAll(const Rescale& rescale, std::int64_t at) {
    const __m512d factor = _mm512_set1_pd(rescale.factor[at]);
    return {factor, factor, _mm512_set1_epi32(rescale.zero_point)};
  }
  static __m256i rounded(__m256i sums, __m512d factor) {
    // The greatest number below one half: with it, adding and cutting rounds half away from zero.
    const __m512i almost_half = _mm512_castpd_si512(_mm512_set1_pd(0x1.fffffffffffffp-2));
    const __m512i sign = _mm512_castpd_si512(_mm512_set1_pd(-0.0));
    const __m512d product = _mm512_mul_pd(_mm512_cvtepi32_pd(sums), factor);
    constexpr int kFirstAndSecondOrThird = 0xea;
    const __m512d half = _mm512_castsi512_pd(_mm512_ternarylogic_epi64(
        _mm512_castpd_si512(product), sign, almost_half, kFirstAndSecondOrThird));
    return _mm512_cvttpd_epi32(_mm512_add_pd(product, half));
  }
  static Vec rescaled(Vec sums, const Real& real) {
    const __m256i low = rounded(_mm512_castsi512_si256(sums), real.low);
    const __m256i high = rounded(_mm512_extracti64x4_epi64(sums, 1), real.high);
    return _mm512_add_epi32(_mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1),
                            real.zero_point);
  }

  static Vec toWords(Vec a, Vec b) { return _mm512_packs_epi32(a, b); }
  static Vec toBytes(Vec a, Vec b) { return _mm512_packs_epi16(a, b); }
  static Vec clamped(Vec bytes, Vec low, Vec high) {
    return _mm512_min_epi8(_mm512_max_epi8(bytes, low), high);
  }
  static Vec twoRows(Vec bytes) {
    return _mm512_permutexvar_epi64(_mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7), bytes);
  }
  static Vec fourRows(Vec bytes) {
    return _mm512_permutexvar_epi32(
        _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), bytes);
  }
  template <int kBytes>
  static void storePart(std::int8_t* to, Vec bytes, int k) {
    if constexpr (kBytes == 64) {
      store(to, bytes);
    } else if constexpr (kBytes == 32) {
      const __m256i half =
          k == 0 ? _mm512_castsi512_si256(bytes) : _mm512_extracti64x4_epi64(bytes, 1);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), half);
    } else {
      static_assert(kBytes == 16);
      __m128i part;
      switch (k) {
        case 0:
          part = _mm512_castsi512_si128(bytes);
          break;
        case 1:
          part = _mm512_extracti32x4_epi32(bytes, 1);
          break;
        case 2:
          part = _mm512_extracti32x4_epi32(bytes, 2);
          break;
        default:
          part = _mm512_extracti32x4_epi32(bytes, 3);
      }
      _mm_storeu_si128(reinterpret_cast<__m128i*>(to), part);
    }
  }

  static Vec lowBytes(Vec a, Vec b) { return _mm512_unpacklo_epi8(a, b); }
  static Vec highBytes(Vec a, Vec b) { return _mm512_unpackhi_epi8(a, b); }
  static Vec lowWords(Vec a, Vec b) { return _mm512_unpacklo_epi16(a, b); }
  static Vec highWords(Vec a, Vec b) { return _mm512_unpackhi_epi16(a, b); }

  static Vec widened(const std::int8_t* from) {
    return _mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
  }
  static Vec subtract(Vec a, Vec b) { return _mm512_sub_epi32(a, b); }
  static Vec multiply(Vec a, Vec b) { return _mm512_mullo_epi32(a, b); }
  static Vec shiftLeft(Vec a, int by) { return _mm512_sll_epi32(a, _mm_cvtsi32_si128(by)); }
  static Vec shiftRight(Vec a, int by) { return _mm512_sra_epi32(a, _mm_cvtsi32_si128(by)); }
  static Vec greatestBytes(Vec a, Vec b) { return _mm512_max_epi8(a, b); }

  static std::uint64_t lanesWithout(Vec x, Vec bits) { return _mm512_testn_epi32_mask(x, bits); }

  static void storeSome(std::int8_t* to, Vec bytes, int count) {
    _mm512_mask_storeu_epi8(to, (std::uint64_t{1} << count) - 1, bytes);
  }

  static Vec divided(Vec sums, std::int32_t by) {
    const __m512d divisor = _mm512_set1_pd(by);
    const auto half = [&](__m256i x) {
      return _mm512_cvttpd_epi32(_mm512_div_pd(_mm512_cvtepi32_pd(x), divisor));
    };
    const __m256i low = half(_mm512_castsi512_si256(sums));
    const __m256i high = half(_mm512_extracti64x4_epi64(sums, 1));
    return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
  }
  static Vec withSign(Vec x, std::int32_t by) {
    const __mmask16 positive = _mm512_cmpgt_epi32_mask(x, _mm512_setzero_si512());
    return _mm512_mask_blend_epi32(positive, _mm512_set1_epi32(-by), _mm512_set1_epi32(by));
  }

  static std::int32_t total(Vec sums) { return _mm512_reduce_add_epi32(sums); }

  // The same by the scale's inverse; false where a result lies within 2^-11 of a middle.
  static bool surelyQuantized(const float* from, float inverse, std::int32_t zero_point,
                              Vec& results) {
    const __m512 limit = _mm512_set1_ps(1 << 24);
    const __m512 real = _mm512_mul_ps(_mm512_loadu_ps(from), _mm512_set1_ps(inverse));
    const __m512 held = _mm512_min_ps(_mm512_max_ps(real, _mm512_set1_ps(-(1 << 24))), limit);
    const __m512i nearest = _mm512_cvtps_epi32(held);
    const __m512 off = _mm512_abs_ps(_mm512_sub_ps(held, _mm512_cvtepi32_ps(nearest)));
    results = _mm512_add_epi32(nearest, all(zero_point));
    return _mm512_cmp_ps_mask(off, _mm512_set1_ps(0.5f - 0x1p-11f), _CMP_GE_OQ) == 0;
  }
  static Vec quantized(const float* from, float scale, std::int32_t zero_point) {
    const __m512 limit = _mm512_set1_ps(1 << 24);
    const __m512i almost_half = _mm512_castps_si512(_mm512_set1_ps(0x1.fffffep-2f));
    const __m512i sign = _mm512_castps_si512(_mm512_set1_ps(-0.0f));
    const __m512 real = _mm512_div_ps(_mm512_loadu_ps(from), _mm512_set1_ps(scale));
    constexpr int kFirstAndSecondOrThird = 0xea;
    const __m512 half = _mm512_castsi512_ps(_mm512_ternarylogic_epi32(
        _mm512_castps_si512(real), sign, almost_half, kFirstAndSecondOrThird));
    const __m512 above = _mm512_max_ps(_mm512_add_ps(real, half), _mm512_set1_ps(-(1 << 24)));
    return _mm512_add_epi32(_mm512_cvttps_epi32(_mm512_min_ps(above, limit)), all(zero_point));
  }
};
