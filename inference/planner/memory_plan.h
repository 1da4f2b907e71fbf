#pragma once

// Where the tensors of a graph lie while it runs: which of them share a buffer, when each buffer is
// needed, and at which offset of the arena it lies.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "src/graph.h"

namespace primer::inference {

// What a node asks for beside its tensors.
struct NodeNeeds {
  std::uint64_t own_bytes = 0;  // while it runs: scratch
  std::uint32_t in_place = 0;   // PreparedNode::in_place
};

struct MemoryOptions {
  bool in_place = true;             // let outputs lie where an input lay whose last reader they are
  bool keep_intermediates = false;  // every tensor keeps its bytes to the end of the run
};

struct MemoryPlan {
  static constexpr std::uint64_t kNowhere = static_cast<std::uint64_t>(-1);

  std::vector<std::uint64_t> tensor_offset;  // kNowhere: placed elsewhere, or never touched
  std::vector<std::uint64_t> own_offset;     // of each node
  std::uint64_t bytes = 0;
  // What the arena would take with every tensor in a buffer of its own: greedy by size, and the
  // most that is needed at one time. `bytes` is never above the first.
  std::uint64_t greedy_bytes = 0;
  std::uint64_t bound_bytes = 0;
};

// The nodes that each run runs, and the tensors that have memory outside the arena: constants,
// variables, and what is computed when a session is made.
struct RunParts {
  std::vector<bool> runs;    // of each node
  std::vector<bool> placed;  // of each tensor
};
RunParts runParts(const Graph& graph);

// The most bytes that are needed at one time.
std::uint64_t liveBound(const Graph& graph, std::span<const NodeNeeds> needs);

// `needs` is what each node asks for; of those that a run runs.
MemoryPlan planMemory(const Graph& graph, std::span<const NodeNeeds> needs,
                      const MemoryOptions& options = {});

}  // namespace primer::inference
