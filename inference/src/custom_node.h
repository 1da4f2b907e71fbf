#pragma once

// Between the engine and the operators that a program has registered: their answers are held to
// what the engine relies on, their exceptions end here. All of them are for nodes with `custom`.

#include "kernels/kernel.h"
#include "ops/node_view.h"

namespace primer::inference {

Checked<std::vector<Shape>> checkCustom(const NodeView& node);
Checked<PreparedNode> prepareCustom(const NodeView& node);
Checked<std::uint64_t> workOfCustom(const NodeView& node);

}  // namespace primer::inference
