#pragma once

// The kernels that run on a level's inner loops. Each prepares a node, or hands it to the reference
// where its numbers are outside of what the loops hold; the bytes are the same.

#include <span>

#include "kernels/kernel.h"
#include "kernels/packed/level.h"
#include "ops/window.h"

namespace primer::inference::packed {

// The rows of a level; none of those that this build lacks.
std::span<const KernelRow> rowsOf(CpuLevel level);

Checked<PreparedNode> prepareConv(const NodeView& node, const LevelKernels& kernels);
Checked<PreparedNode> prepareDepthwise(const NodeView& node, const LevelKernels& kernels);
Checked<PreparedNode> prepareAdd(const NodeView& node, const LevelKernels& kernels);
Checked<PreparedNode> prepareAveragePool(const NodeView& node, const LevelKernels& kernels);
Checked<PreparedNode> prepareMaxPool(const NodeView& node, const LevelKernels& kernels);
Checked<PreparedNode> prepareQuantize(const NodeView& node, const LevelKernels& kernels);
// A depthwise convolution of one input channel is a convolution.
Checked<PreparedNode> prepareOneChannel(const NodeView& node, const Window& window,
                                        const LevelKernels& kernels);
Checked<PreparedNode> prepareDense(const NodeView& node, const LevelKernels& kernels);

Checked<PreparedNode> prepareReference(const NodeView& node);

}  // namespace primer::inference::packed
