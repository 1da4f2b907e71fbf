#pragma once

// Levels that no CPU needs, for tests and benches: a program has them that links
// primer-inference-test-levels; in others their address is null.

#include "kernels/packed/levels.h"

namespace primer::inference::packed {

[[gnu::weak]] const LevelKernels& avx512VlKernels();

}  // namespace primer::inference::packed
