#pragma once

#include "ops/node_view.h"

namespace primer::inference {

// Multiplications, or moved elements, of one run of a node whose check has passed and whose outputs
// have their shapes: what bounds its time. Saturates.
std::uint64_t workOf(const NodeView& node);

}  // namespace primer::inference
