// Any 64-bit ARM: products of 16 bits, as a Cortex-A53 does them best.

#include <arm_neon.h>

#include "kernels/packed/level.h"
#include "kernels/packed/levels.h"

#define PRIMER_DOT 0

namespace primer::inference::packed {
namespace {
#include "kernels/arm/level128.inl"
}  // namespace

const LevelKernels& neonKernels() { return kKernels; }

}  // namespace primer::inference::packed
