#pragma once

// The inner loops of each level that this build has. For avx512VlKernels see test_levels.h.

#include "kernels/packed/level.h"

namespace primer::inference::packed {

const LevelKernels& avx2Kernels();
const LevelKernels& avxVnniKernels();
const LevelKernels& avx512VlKernels();
const LevelKernels& avx512VnniKernels();
const LevelKernels& amxKernels();
const LevelKernels& neonKernels();
const LevelKernels& dotprodKernels();
const LevelKernels& i8mmKernels();

}  // namespace primer::inference::packed
