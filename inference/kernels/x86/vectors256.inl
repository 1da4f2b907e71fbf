// Vectors of 256 bits: eight sums. Included by the files of the levels that use them, inside their
// unnamed namespace; PRIMER_DOT says how four products of bytes are summed:
//   0  products of 16-bit pairs (AVX2)   1  vpdpbusd in VEX encoding (AVX-VNNI)
//   2  vpdpbusd in EVEX encoding (AVX512-VNNI with VL)

struct Vectors256 {
  using Vec = __m256i;
  static constexpr int kLanes = 8;
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

#if PRIMER_DOT == 0
  // Bytes 0 and 2 of each four, and bytes 1 and 3, as 16 bits.
  struct Halves {
    __m256i even, odd;
  };
  using Inputs = Halves;
  using Weights = Halves;
  static Inputs inputs(Vec x) {
    return {_mm256_and_si256(x, _mm256_set1_epi16(0xff)), _mm256_srli_epi16(x, 8)};
  }
  static Weights weights(Vec w) {
    return {_mm256_srai_epi16(_mm256_slli_epi16(w, 8), 8), _mm256_srai_epi16(w, 8)};
  }
  static void dot(Vec& sums, const Inputs& x, const Weights& w) {
    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(x.even, w.even));
    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(x.odd, w.odd));
  }
#else
  struct Bytes {
    __m256i bytes;
  };
  using Inputs = Bytes;
  using Weights = Bytes;
  static Inputs inputs(Vec x) { return {x}; }
  static Weights weights(Vec w) { return {w}; }
  // In assembly, because g++ 12 moves accumulators to and fro around the intrinsic.
  static void dot(Vec& sums, const Inputs& x, const Weights& w) {
#if PRIMER_DOT == 1
    __asm__("%{vex%} vpdpbusd %2, %1, %0" : "+x"(sums) : "x"(x.bytes), "x"(w.bytes));
#else
    __asm__("vpdpbusd %2, %1, %0" : "+v"(sums) : "v"(x.bytes), "v"(w.bytes));
#endif
  }
#endif

  static Vec load(const void* from) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(from));
  }
  static void store(void* to, Vec x) { _mm256_storeu_si256(static_cast<__m256i*>(to), x); }
  // Four bytes into all lanes, straight from memory: g++ 12 goes through a general register.
  static Vec spread(const std::int8_t* from) {
    Vec x;
    __asm__("vpbroadcastd %1, %0"
            : "=x"(x)
            : "m"(*reinterpret_cast<const std::int8_t(*)[4]>(from)));
    return x;
  }
  static Vec all(std::int32_t x) { return _mm256_set1_epi32(x); }
  static Vec allBytes(std::int8_t x) { return _mm256_set1_epi8(x); }
  static Vec exclusiveOr(Vec a, Vec b) { return _mm256_xor_si256(a, b); }
  static Vec add(Vec a, Vec b) { return _mm256_add_epi32(a, b); }

  struct Fixed {
    Vec multiplier, odd_multiplier, addend, shift, sign;
  };
  static Fixed fixed(const Rescale& rescale, std::int64_t at) {
    Fixed f;
    f.multiplier = load(rescale.multiplier + at);
    f.odd_multiplier = _mm256_srli_epi64(f.multiplier, 32);
    f.addend = load(rescale.addend + at);
    f.shift = load(rescale.shift + at);
    f.sign = rescale.sign == nullptr ? f.shift : load(rescale.sign + at);
    return f;
  }
  // One channel's, in all lanes.
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
    const Vec wide = _mm256_slli_epi32(sums, 2);
    const Vec even = _mm256_mul_epi32(wide, f.multiplier);
    const Vec odd = _mm256_mul_epi32(_mm256_srli_epi64(wide, 32), f.odd_multiplier);
    Vec high = _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xaa);
    high = _mm256_add_epi32(high, f.addend);
    if (kSigned) {
      high = _mm256_sub_epi32(high, _mm256_and_si256(_mm256_srai_epi32(sums, 31), f.sign));
    }
    return _mm256_srav_epi32(high, f.shift);
  }

  struct Real {
    __m256d low, high;
    Vec zero_point;
  };
  static Real real(const Rescale& rescale, std::int64_t at) {
    return {_mm256_loadu_pd(rescale.factor + at), _mm256_loadu_pd(rescale.factor + at + 4),
            _mm256_set1_epi32(rescale.zero_point)};
  }
  static Real realOfAll(const Rescale& rescale, std::int64_t at) {
    const __m256d factor = _mm256_set1_pd(rescale.factor[at]);
    return {factor, factor, _mm256_set1_epi32(rescale.zero_point)};
  }
  static __m128i rounded(__m128i sums, __m256d factor) {
    // The greatest number below one half: with it, adding and cutting rounds half away from zero.
    const __m256d almost_half = _mm256_set1_pd(0x1.fffffffffffffp-2);
    const __m256d product = _mm256_mul_pd(_mm256_cvtepi32_pd(sums), factor);
    const __m256d sign = _mm256_and_pd(product, _mm256_set1_pd(-0.0));
    return _mm256_cvttpd_epi32(_mm256_add_pd(product, _mm256_or_pd(sign, almost_half)));
  }
  static Vec rescaled(Vec sums, const Real& real) {
    const __m128i low = rounded(_mm256_castsi256_si128(sums), real.low);
    const __m128i high = rounded(_mm256_extracti128_si256(sums, 1), real.high);
    return _mm256_add_epi32(_mm256_set_m128i(high, low), real.zero_point);
  }

  static Vec toWords(Vec a, Vec b) { return _mm256_packs_epi32(a, b); }
  static Vec toBytes(Vec a, Vec b) { return _mm256_packs_epi16(a, b); }
  static Vec clamped(Vec bytes, Vec low, Vec high) {
    return _mm256_min_epi8(_mm256_max_epi8(bytes, low), high);
  }
  // Bytes of two rows of 16 lie in turns of 8; of four rows of 8, in turns of 4.
  static Vec twoRows(Vec bytes) { return _mm256_permute4x64_epi64(bytes, 0xd8); }
  static Vec fourRows(Vec bytes) {
    return _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
  }
  // The k-th kBytes of a vector.
  template <int kBytes>
  static void storePart(std::int8_t* to, Vec bytes, int k) {
    if constexpr (kBytes == 32) {
      store(to, bytes);
    } else {
      const __m128i half = (k * kBytes) / 16 == 0 ? _mm256_castsi256_si128(bytes)
                                                  : _mm256_extracti128_si256(bytes, 1);
      if constexpr (kBytes == 16) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), half);
      } else {
        static_assert(kBytes == 8);
        const std::int64_t word = k % 2 == 0 ? _mm_cvtsi128_si64(half) : _mm_extract_epi64(half, 1);
        __builtin_memcpy(to, &word, sizeof(word));
      }
    }
  }

  static Vec lowBytes(Vec a, Vec b) { return _mm256_unpacklo_epi8(a, b); }
  static Vec highBytes(Vec a, Vec b) { return _mm256_unpackhi_epi8(a, b); }
  static Vec lowWords(Vec a, Vec b) { return _mm256_unpacklo_epi16(a, b); }
  static Vec highWords(Vec a, Vec b) { return _mm256_unpackhi_epi16(a, b); }

  // As many bytes as there are lanes.
  static Vec widened(const std::int8_t* from) {
    return _mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)));
  }
  static Vec subtract(Vec a, Vec b) { return _mm256_sub_epi32(a, b); }
  static Vec multiply(Vec a, Vec b) { return _mm256_mullo_epi32(a, b); }
  static Vec shiftLeft(Vec a, int by) { return _mm256_sll_epi32(a, _mm_cvtsi32_si128(by)); }
  static Vec shiftRight(Vec a, int by) { return _mm256_sra_epi32(a, _mm_cvtsi32_si128(by)); }
  static Vec greatestBytes(Vec a, Vec b) { return _mm256_max_epi8(a, b); }

  // A bit for each lane that has none of the bits.
  static std::uint64_t lanesWithout(Vec x, Vec bits) {
    const Vec empty = _mm256_cmpeq_epi32(_mm256_and_si256(x, bits), _mm256_setzero_si256());
    return static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(empty)));
  }

  // The first bytes, of which there are fewer than the vector's.
  static void storeSome(std::int8_t* to, Vec bytes, int count) {
    alignas(32) std::int8_t all[32];
    store(all, bytes);
    __builtin_memcpy(to, all, static_cast<std::size_t>(count));
  }

  // Cut towards zero; exact, as no quotient of such whole numbers is near another one.
  static Vec divided(Vec sums, std::int32_t by) {
    const __m256d divisor = _mm256_set1_pd(by);
    const auto half = [&](__m128i x) {
      return _mm256_cvttpd_epi32(_mm256_div_pd(_mm256_cvtepi32_pd(x), divisor));
    };
    return _mm256_set_m128i(half(_mm256_extracti128_si256(sums, 1)),
                            half(_mm256_castsi256_si128(sums)));
  }
  // by for lanes above 0, -by for the others.
  static Vec withSign(Vec x, std::int32_t by) {
    const Vec positive = _mm256_cmpgt_epi32(x, _mm256_setzero_si256());
    return _mm256_blendv_epi8(_mm256_set1_epi32(-by), _mm256_set1_epi32(by), positive);
  }

  static std::int32_t total(Vec sums) {
    __m128i x = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    x = _mm_add_epi32(x, _mm_shuffle_epi32(x, 0x4e));
    x = _mm_add_epi32(x, _mm_shuffle_epi32(x, 0xb1));
    return _mm_cvtsi128_si32(x);
  }

  // Reals over a scale, rounded half away from zero; not a number is far below.
  // The same by the scale's inverse; false where a result lies within 2^-11 of a middle.
  static bool surelyQuantized(const float* from, float inverse, std::int32_t zero_point,
                              Vec& results) {
    const __m256 limit = _mm256_set1_ps(1 << 24);
    const __m256 real = _mm256_mul_ps(_mm256_loadu_ps(from), _mm256_set1_ps(inverse));
    const __m256 held = _mm256_min_ps(_mm256_max_ps(real, _mm256_set1_ps(-(1 << 24))), limit);
    const __m256i nearest = _mm256_cvtps_epi32(held);
    const __m256 off =
        _mm256_andnot_ps(_mm256_set1_ps(-0.0f), _mm256_sub_ps(held, _mm256_cvtepi32_ps(nearest)));
    results = _mm256_add_epi32(nearest, all(zero_point));
    const __m256 near = _mm256_cmp_ps(off, _mm256_set1_ps(0.5f - 0x1p-11f), _CMP_GE_OQ);
    return _mm256_movemask_ps(near) == 0;
  }
  static Vec quantized(const float* from, float scale, std::int32_t zero_point) {
    const __m256 limit = _mm256_set1_ps(1 << 24);
    const __m256 almost_half = _mm256_set1_ps(0x1.fffffep-2f);
    const __m256 real = _mm256_div_ps(_mm256_loadu_ps(from), _mm256_set1_ps(scale));
    const __m256 half = _mm256_or_ps(_mm256_and_ps(real, _mm256_set1_ps(-0.0f)), almost_half);
    const __m256 above = _mm256_max_ps(_mm256_add_ps(real, half), _mm256_set1_ps(-(1 << 24)));
    return _mm256_add_epi32(_mm256_cvttps_epi32(_mm256_min_ps(above, limit)), all(zero_point));
  }
};
