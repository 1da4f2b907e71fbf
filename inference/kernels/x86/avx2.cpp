// AVX2: products of 16-bit pairs.

#include <immintrin.h>

#include "kernels/packed/level.h"
#include "kernels/packed/levels.h"

#define PRIMER_DOT 0

namespace primer::inference::packed {
namespace {
#include "kernels/x86/level256.inl"
}  // namespace

const LevelKernels& avx2Kernels() { return kKernels; }

}  // namespace primer::inference::packed
