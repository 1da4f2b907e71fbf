// Four rows of sixteen bytes and the same by columns of four bytes. Included inside an unnamed
// namespace.

// A vector of the compiler's, as every CPU has it.
using Square = std::int32_t __attribute__((vector_size(16)));

// `from` is where the four rows begin. The i-th four bytes of each of them, after an exclusive or,
// lie beside each other i * pitch from `to` on.
[[gnu::always_inline]] inline void turnSquare(const std::int8_t* const (&from)[4], std::int64_t at,
                                              std::int8_t* to, std::int64_t pitch, Square flip) {
  Square row[4];
  for (int i = 0; i < 4; ++i) {
    __builtin_memcpy(&row[i], from[i] + at, sizeof(Square));
    row[i] ^= flip;
  }
  const Square low01 = __builtin_shufflevector(row[0], row[1], 0, 4, 1, 5);
  const Square high01 = __builtin_shufflevector(row[0], row[1], 2, 6, 3, 7);
  const Square low23 = __builtin_shufflevector(row[2], row[3], 0, 4, 1, 5);
  const Square high23 = __builtin_shufflevector(row[2], row[3], 2, 6, 3, 7);
  const Square turned[4] = {__builtin_shufflevector(low01, low23, 0, 1, 4, 5),
                            __builtin_shufflevector(low01, low23, 2, 3, 6, 7),
                            __builtin_shufflevector(high01, high23, 0, 1, 4, 5),
                            __builtin_shufflevector(high01, high23, 2, 3, 6, 7)};
  for (int i = 0; i < 4; ++i) __builtin_memcpy(to + i * pitch, &turned[i], sizeof(Square));
}
