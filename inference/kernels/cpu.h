#pragma once

// Levels of CPU: what a kernel may be compiled for. Which one runs is decided once, when the first
// session is planned.

#include <cstdint>
#include <span>
#include <string_view>

#include "primer/base/result.h"

namespace primer::inference {

// A level's kernels run on every CPU that has the level; a level has rows only for what it does
// better than `scalar`, the reference. All give the same bytes.
enum class CpuLevel : std::uint8_t {
  kScalar,      // plain C++ for the architecture's first CPUs
  kAvx2,        // 256 bits, products of 16-bit pairs
  kAvxVnni,     // 256 bits, products of four bytes
  kAvx512Vl,    // the same code in AVX-512's encoding: in tests and benches only
  kAvx512Vnni,  // 512 bits, products of four bytes
  kAmx,         // the same, and tiles for large products
  kNeon,        // any 64-bit ARM: 128 bits, pairs of products in 16 bits
  kDotprod,     // ARMv8.2: 128 bits, products of four bytes
  kI8mm,        // ARMv8.6: 128 bits, two by two products of eight bytes
};

std::string_view cpuLevelName(CpuLevel level);

// The levels that this build has and this CPU and its system can run, the best one last.
std::span<const CpuLevel> usableCpuLevels();

// The level that PRIMER_CPU asks for, or the best of this machine. Refuses a level that this build
// or this machine does not have, in one line.
Result<CpuLevel> chooseCpuLevel(const char* wish);

}  // namespace primer::inference
