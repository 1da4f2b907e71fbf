// The offset of 128 that makes inputs unsigned. Included inside an unnamed namespace after the
// vectors.

template <typename V>
void offsetVectors(const std::int8_t* from, std::int64_t bytes, std::int8_t* to) {
  constexpr std::int64_t kBytes = 4 * V::kLanes;
  const auto flip = V::allBytes(-128);
  std::int64_t at = 0;
  for (; at + kBytes <= bytes; at += kBytes) {
    V::store(to + at, V::exclusiveOr(V::load(from + at), flip));
  }
  // By sixteen, the last of them over what is done: stores as wide as may be, for loads that follow
  // at odd places must not wait for two of them.
  const auto sixteen = [&](std::int64_t first) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + first));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + first), _mm_xor_si128(x, _mm_set1_epi8(-128)));
  };
  for (; at + 16 <= bytes; at += 16) sixteen(at);
  if (at < bytes && bytes >= 16) return sixteen(bytes - 16);
  for (; at < bytes; ++at) to[at] = static_cast<std::int8_t>(from[at] ^ -128);
}
