// AVX512-VNNI with 256-bit vectors: the code of avxvnni.cpp in the other encoding, so that it can
// be tested on CPUs that have only that one.

#include <immintrin.h>

#include "kernels/packed/level.h"
#include "kernels/packed/levels.h"

#define PRIMER_DOT 2

namespace primer::inference::packed {
namespace {
#include "kernels/x86/level256.inl"
}  // namespace

const LevelKernels& avx512VlKernels() { return kKernels; }

}  // namespace primer::inference::packed
