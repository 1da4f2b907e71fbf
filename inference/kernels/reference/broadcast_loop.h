#pragma once

// The walk over pairs of operands that are stretched to one shape: once for all operators on two
// operands, which give it what they do with a row.

#include <cstddef>
#include <cstdint>

#include "ops/elementwise.h"
#include "primer/inference/custom_operator.h"

namespace primer::inference::reference {

// So many results; operands lie element by element, as the results do. What is written may lie over
// an operand, element for element.
using PairRow = void (*)(const void* params, const std::byte* a, const std::byte* b, std::byte* out,
                         std::int64_t count);

struct PairLoop {
  Broadcast broadcast;
  std::int64_t operand_bytes = 1;  // of an element: at most 8
  std::int64_t result_bytes = 1;
};

// An operand that is repeated along a row is laid out for it.
void runPairs(const PairLoop& loop, PairRow row, const void* params, const KernelIo& io);

// A row function of typed operands: kRow(const Params&, const T* a, const T* b, Out* out, count).
template <auto kRow, typename Params, typename T, typename Out>
inline constexpr PairRow kPairRow = [](const void* params, const std::byte* a, const std::byte* b,
                                       std::byte* out, std::int64_t count) {
  kRow(*static_cast<const Params*>(params), reinterpret_cast<const T*>(a),
       reinterpret_cast<const T*>(b), reinterpret_cast<Out*>(out), count);
};

}  // namespace primer::inference::reference

// Before a loop that writes an element after it has read that element's operands, so that results
// may lie over operands and vectors are in order all the same.
#if defined(__GNUC__) && !defined(__clang__)
#define PRIMER_ELEMENTWISE _Pragma("GCC ivdep")
#else
#define PRIMER_ELEMENTWISE
#endif
