#pragma once

#include "primer/base/result.h"
#include "primer/toolkit/workshop.h"

namespace primer::pronunciation::workshop {

// The task "pronunciation-phones" (which phone sounds in each 20 ms) and the architecture
// "phones-conv".
void addAcoustic(toolkit::Workshop& workshop);

Result<std::vector<std::byte>> buildPhonesConv(const toolkit::Json& options,
                                               const toolkit::TaskInfo& task, std::uint64_t seed);

}  // namespace primer::pronunciation::workshop
