#pragma once

// Between the engine and the operators that a program has registered: their answers are held to
// what the engine relies on, their exceptions end here. All of them are for nodes with `custom`.

#include "kernels/kernel.h"
#include "ops/node_view.h"

namespace primer::inference {

Result<std::vector<Shape>> checkCustom(const NodeView& node);
Result<PreparedNode> prepareCustom(const NodeView& node);
Result<std::uint64_t> workOfCustom(const NodeView& node);

}  // namespace primer::inference
