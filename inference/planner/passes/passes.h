#pragma once

// What the planner changes about a graph before it is run, so that it runs faster in less memory
// and gives the same bytes. A pass looks for what it knows and leaves the rest alone; each stands
// in a file of its own and can be run alone. The order in which they run is in planned_graph.cpp.

#include <cstdint>
#include <span>
#include <vector>

#include "kernels/kernel.h"
#include "planner/memory_plan.h"
#include "primer/base/result.h"
#include "src/aligned_block.h"
#include "src/graph.h"

namespace primer::inference {

// Runs the operators whose inputs are all constants, once, and makes their outputs constants. Their
// bytes are added to `memory`, at most `most_bytes` of them; operators that would take more stay.
Status foldConstants(Graph& graph, CpuLevel level, std::uint64_t most_bytes,
                     std::vector<AlignedBlock>& memory);

// Takes out operators whose outputs nobody reads.
void dropDead(Graph& graph);

// PAD before CONV_2D and DEPTHWISE_CONV_2D becomes a part of their own padding where it adds what
// stands for zero, and before MAX_POOL_2D where it adds the least value there is.
void joinPadding(Graph& graph);

// A RELU after an operator that can clamp its results by itself becomes that operator's own, where
// both are on one scale.
void joinActivations(Graph& graph);

// A chain of operators on single elements that begins with a byte becomes a table of 256 results,
// made by running the chain's own kernels on every byte.
Status joinByteFunctions(Graph& graph, CpuLevel level);

// Channels that no reader has a weight for, as pruning leaves them, are not computed: weights and
// biases of convolutions, and of depthwise ones between them, become smaller ones.
void dropChannels(Graph& graph);

// Runs branches in another order where that needs less memory at once, `needs` of the nodes
// themselves included.
void reorder(Graph& graph, std::span<const NodeNeeds> needs);

// Operators that only rename their input's bytes (RESHAPE, SQUEEZE, ..., a slice that is one run)
// and CONCATENATION of what can be written where it belongs no longer run: their tensors share
// memory instead. Where that could take more memory at once, it is left.
void shareViews(Graph& graph, std::span<const NodeNeeds> needs);

}  // namespace primer::inference
