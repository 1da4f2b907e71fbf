#pragma once

// The network of the task `ink-symbols`, as a float .tflite graph.

#include <cstdint>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/task.h"

namespace primer::handwriting::workshop {

// "ink-maps-points": convolutions over the direction maps and over the resampled points, a dense
// layer on each, joined with the scalars, then one dense layer for each output of the task. The two
// layers' values, side by side (128 at full width, none below 0), leave the graph as one output
// more, "features", which no loss looks at: personal templates and the reader of lines stand on it.
// Option `width` (per cent, 100) scales all channels.
Result<std::vector<std::byte>> buildInkMapsPoints(const toolkit::Json& options,
                                                  const toolkit::TaskInfo& task,
                                                  std::uint64_t seed);

}  // namespace primer::handwriting::workshop
