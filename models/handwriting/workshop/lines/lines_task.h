#pragma once

// The task ink-lines: a candidate group of a line's strokes to its class, or to "not one symbol";
// and the network that learns it, a small head on what the symbol model says and on the group's
// surroundings.

#include "primer/toolkit/task.h"

namespace primer::handwriting::workshop {

Result<std::unique_ptr<toolkit::Task>> openLinesTask(const toolkit::TaskRequest& request);

Result<std::vector<std::byte>> buildLinesHead(const toolkit::Json& options,
                                              const toolkit::TaskInfo& task, std::uint64_t seed);

}  // namespace primer::handwriting::workshop
