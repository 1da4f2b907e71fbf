#pragma once

// From a verified FlatBuffer to a Graph: everything that can be checked without knowing what an
// operator does. Every refusal names a rule: "tensor 4 'w': buffer-size: holds 8 bytes, ...".

#include <span>

#include "ops/verdict.h"
#include "primer/base/result.h"
#include "primer/inference/custom_operator.h"
#include "primer/inference/model.h"
#include "src/graph.h"

namespace primer::inference {

// The graph that begins at a subgraph of the file. `bytes` must have passed the FlatBuffers
// verifier; the graph looks into them, and into `custom`.
Result<Graph> readGraph(std::span<const std::byte> bytes, const Limits& limits,
                        const CustomOperators& custom, std::size_t subgraph);

// Fills Block::order: each node after those that feed it and otherwise as in the file. Refuses a
// tensor that is written twice or read without ever being written, and cycles.
Verdict orderNodes(Graph& graph, const Refuser& file);

}  // namespace primer::inference
