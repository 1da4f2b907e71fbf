// AVX-VNNI: AVX2 and products of four bytes.

#include <immintrin.h>

#include "kernels/packed/level.h"
#include "kernels/packed/levels.h"

#define PRIMER_DOT 1

namespace primer::inference::packed {
namespace {
#include "kernels/x86/level256.inl"
}  // namespace

const LevelKernels& avxVnniKernels() { return kKernels; }

}  // namespace primer::inference::packed
