#pragma once

// Checks every operator of a graph in the order in which they run, and gives every tensor its
// shape.

#include "primer/base/result.h"
#include "primer/inference/model.h"
#include "src/graph.h"

namespace primer::inference {

// Gives a tensor a shape, within the limits.
Status setShape(Tensor& tensor, std::size_t index, Shape shape, const Limits& limits);

// Refuses an operator that is not known, that breaks a rule of its own, or that makes the graph's
// run cost more than `limits` allow, a loop counted at one turn. The error names the operator.
Status checkGraph(Graph& graph, const Limits& limits);

}  // namespace primer::inference
