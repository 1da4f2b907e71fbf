// Dot products, and products of matrices of bytes (ARMv8.6): Cortex-A510, A710, X2 and later.

#include <arm_neon.h>

#include "kernels/packed/level.h"
#include "kernels/packed/levels.h"

#define PRIMER_DOT 2

namespace primer::inference::packed {
namespace {
#include "kernels/arm/level128.inl"
}  // namespace

const LevelKernels& i8mmKernels() { return kKernels; }

}  // namespace primer::inference::packed
