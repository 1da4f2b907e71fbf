#pragma once

// The planner's whole work on a graph, for one level of CPU: what is run, in which order, with
// which kernels, and where everything lies. Made once, immutable, shared by all sessions of a
// model.

#include <memory>
#include <mutex>
#include <vector>

#include "kernels/kernel.h"
#include "planner/accelerate.h"
#include "planner/memory_plan.h"
#include "primer/base/result.h"
#include "primer/inference/model.h"
#include "src/aligned_block.h"
#include "src/graph.h"

namespace primer::inference {

struct PlanOptions {
  CpuLevel level = CpuLevel::kScalar;
  // Change the graph (planner/passes) and let tensors share memory. Else it runs as it stands in
  // the file, every operator.
  bool optimise = true;
  bool keep_intermediates = false;
  AcceleratorChoice accelerator;

  bool operator==(const PlanOptions&) const = default;
};

class PlannedGraph {
 public:
  // `source` must outlive what is made. Errors name the operator.
  static Result<std::shared_ptr<const PlannedGraph>> make(const Graph& source,
                                                          const PlanOptions& options,
                                                          const Limits& limits);

  const Graph& graph() const { return graph_; }
  // Of a node that runs and has a kernel (IF and WHILE have none).
  const std::shared_ptr<const PreparedNode>& prepared(std::size_t node) const {
    return prepared_[node];
  }
  const MemoryPlan& memory() const { return memory_; }

  // Brings weights into the order in which kernels read them: once, before the first of all
  // sessions' runs. Others that begin meanwhile wait. Takes no memory. True for the one that did
  // it.
  bool pack() const noexcept;

 private:
  PlannedGraph() = default;
  Status prepare(const PlanOptions& options, const Limits& limits);
  std::vector<NodeNeeds> needs() const;
  void place(const PlanOptions& options);

  Graph graph_;
  std::vector<AlignedBlock> constants_;  // results that depend on constants only
  std::vector<std::shared_ptr<const PreparedNode>> prepared_;
  MemoryPlan memory_;
  mutable std::once_flag packed_;
};

}  // namespace primer::inference
