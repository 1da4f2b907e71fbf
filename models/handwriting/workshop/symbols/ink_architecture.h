#pragma once

// The network of the task `ink-symbols`, as a float .tflite graph.

#include <cstdint>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/task.h"

namespace primer::handwriting::workshop {

// "ink-maps-points": convolutions over the direction maps and over the resampled points, a dense
// layer on each, joined with the scalars, then one score a class. Option `width` (per cent, 100)
// scales all channels.
Result<std::vector<std::byte>> buildInkMapsPoints(const toolkit::Json& options,
                                                  const toolkit::TaskInfo& task,
                                                  std::uint64_t seed);

}  // namespace primer::handwriting::workshop
