#pragma once

// When each tensor of a graph is needed: what the arena is planned by.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/graph.h"

namespace primer::inference {

// In steps, both ends included. Step 0 is before the first operator, when inputs are written.
struct Life {
  bool used = false;
  std::size_t first = 0;
  std::size_t last = 0;
};

// Each operator has a step. A called block's operators have theirs after their caller's and before
// `last_of` the caller, where the block's results are copied; a loop's state lives through all of
// them.
struct Lives {
  std::vector<Life> of_tensor;
  std::vector<std::size_t> first_of;  // of each node; 0 where it does not run
  std::vector<std::size_t> last_of;
  std::size_t end = 0;  // after the last operator, when outputs are read
};

// `runs` says of each node whether a run runs it, `placed` of each tensor whether it has memory of
// its own (constants, variables).
// Whether result `i` of a WHILE's body must be kept apart while the turn's results are copied to
// the loop's state: it is part of the state itself, at another place.
bool isStaged(const Node& loop, int result, std::size_t i);

// Room for all that a WHILE keeps apart.
std::uint64_t stagedBytes(const Graph& graph, const Node& loop);

Lives findLives(const Graph& graph, const std::vector<bool>& runs, const std::vector<bool>& placed);

}  // namespace primer::inference
