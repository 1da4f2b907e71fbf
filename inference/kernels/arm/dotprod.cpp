// ARMv8.2 with dot products of bytes: Cortex-A55, A76 and later.

#include <arm_neon.h>

#include "kernels/packed/level.h"
#include "kernels/packed/levels.h"

#define PRIMER_DOT 1

namespace primer::inference::packed {
namespace {
#include "kernels/arm/level128.inl"
}  // namespace

const LevelKernels& dotprodKernels() { return kKernels; }

}  // namespace primer::inference::packed
