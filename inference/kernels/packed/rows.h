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

Result<PreparedNode> prepareConv(const NodeView& node, const LevelKernels& kernels);
Result<PreparedNode> prepareDepthwise(const NodeView& node, const LevelKernels& kernels);
Result<PreparedNode> prepareAdd(const NodeView& node, const LevelKernels& kernels);
Result<PreparedNode> prepareAveragePool(const NodeView& node, const LevelKernels& kernels);
Result<PreparedNode> prepareMaxPool(const NodeView& node, const LevelKernels& kernels);
Result<PreparedNode> prepareQuantize(const NodeView& node, const LevelKernels& kernels);
// A depthwise convolution of one input channel is a convolution.
Result<PreparedNode> prepareOneChannel(const NodeView& node, const Window& window,
                                       const LevelKernels& kernels);
Result<PreparedNode> prepareDense(const NodeView& node, const LevelKernels& kernels);

Result<PreparedNode> prepareReference(const NodeView& node);

}  // namespace primer::inference::packed
