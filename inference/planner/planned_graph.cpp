#include "planner/planned_graph.h"

#include <fmt/format.h>

#include <utility>

#include "planner/graph_use.h"
#include "planner/lives.h"
#include "planner/passes/passes.h"
#include "src/custom_node.h"

namespace primer::inference {
namespace {

// What changes which kernels there are.
Status simplify(Graph& graph, CpuLevel level, std::uint64_t most_bytes,
                std::vector<AlignedBlock>& constants) {
  PRIMER_TRY(foldConstants(graph, level, most_bytes, constants));
  dropDead(graph);
  joinPadding(graph);
  joinActivations(graph);
  PRIMER_TRY(joinByteFunctions(graph, level));
  dropDead(graph);  // what all its readers have joined
  dropChannels(graph);
  return {};
}

// Which nodes run in which order, and which tensors are views.
class Arrangement {
 public:
  explicit Arrangement(const Graph& graph) : blocks_(graph.blocks) {
    for (const auto& tensor : graph.tensors) {
      views_.emplace_back(tensor.alias_of, tensor.alias_offset);
    }
  }

  void restore(Graph& graph) const {
    graph.blocks = blocks_;
    for (std::size_t t = 0; t < views_.size(); ++t) {
      graph.tensors[t].alias_of = views_[t].first;
      graph.tensors[t].alias_offset = views_[t].second;
    }
  }

 private:
  std::vector<Block> blocks_;
  std::vector<std::pair<int, std::uint64_t>> views_;
};

// Of inputs, weights among them, and outputs.
std::uint64_t bytesOf(const NodeView& view) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < view.inputCount(); ++i) {
    const auto* input = view.optionalInput(i);
    bytes += input == nullptr ? 0 : input->info.bytes;
  }
  for (std::size_t i = 0; i < view.outputCount(); ++i) bytes += view.output(i).info.bytes;
  return bytes;
}

std::uint64_t constantBytesOf(const NodeView& view) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 1; i < view.inputCount(); ++i) {
    const auto* input = view.optionalInput(i);
    bytes += input == nullptr ? 0 : input->constant.size();
  }
  return bytes;
}

Status roomFor(std::uint64_t held, std::uint64_t more, const Limits& limits) {
  if (held > limits.max_model_bytes || more > limits.max_model_bytes - held) {
    return fail(
        ErrorCode::kLimitExceeded,
        fmt::format("model-bytes: rearranged weights take more than {}", limits.max_model_bytes));
  }
  return {};
}

Checked<PreparedNode> prepareNode(CpuLevel level, const NodeView& view) {
  if (view.node().custom != nullptr) return prepareCustom(view);
  const auto* row = findKernel(level, view);
  if (row == nullptr) return view.unsupported("operator-types", "no kernel");
  return row->prepare(view);
}

}  // namespace

Status PlannedGraph::prepare(const PlanOptions& options, const Limits& limits) {
  std::uint64_t held = graph_.held_bytes;
  prepared_.resize(graph_.nodes.size());
  for (const auto index : programOrder(graph_)) {
    const auto& node = graph_.nodes[index];
    if (!node.blocks.empty()) continue;
    // Weights are rearranged into about as many bytes as they have: told before memory is taken.
    Error reason;
    const NodeView view(graph_, node, &reason);
    auto room = roomFor(held, constantBytesOf(view), limits);
    if (!room) return fail(room.error().withContext(nodeText(node)));
    auto made = prepareNode(options.level, view);
    if (!made) return fail(reason.withContext(nodeText(node)));
    *made = accelerated(view, std::move(*made), options.accelerator);
    held += made->packed_bytes;
    room = roomFor(held, 0, limits);
    if (!room) return fail(room.error().withContext(nodeText(node)));
    made->bytes = bytesOf(view);
    prepared_[index] = std::make_shared<const PreparedNode>(std::move(*made));
  }
  return {};
}

bool PlannedGraph::pack() const noexcept {
  bool packed = false;
  std::call_once(packed_, [&] {
    for (const auto& node : prepared_) {
      if (node != nullptr && node->pack != nullptr) node->pack(node->params.get());
    }
    packed = true;
  });
  return packed;
}

std::vector<NodeNeeds> PlannedGraph::needs() const {
  std::vector<NodeNeeds> needs(graph_.nodes.size());
  for (const auto index : programOrder(graph_)) {
    const auto& node = graph_.nodes[index];
    if (prepared_[index] != nullptr) {
      needs[index] = {prepared_[index]->scratch_bytes, prepared_[index]->in_place};
    } else if (node.op == tflite::BuiltinOperator::WHILE) {
      needs[index].own_bytes = stagedBytes(graph_, node);
    }
  }
  return needs;
}

void PlannedGraph::place(const PlanOptions& options) {
  const auto all_needs = needs();
  const MemoryOptions memory{options.optimise, options.keep_intermediates};
  if (!options.optimise) {
    memory_ = planMemory(graph_, all_needs, memory);
    return;
  }
  const auto bound = liveBound(graph_, all_needs);
  const Arrangement before(graph_);
  reorder(graph_, all_needs);
  shareViews(graph_, all_needs);
  memory_ = planMemory(graph_, all_needs, memory);
  if (memory_.bytes <= bound) return;
  // The bound has not risen, but it may have become harder to reach.
  const Arrangement after(graph_);
  before.restore(graph_);
  auto apart = planMemory(graph_, all_needs, memory);
  if (apart.bytes < memory_.bytes) {
    memory_ = std::move(apart);
  } else {
    after.restore(graph_);
  }
}

Result<std::shared_ptr<const PlannedGraph>> PlannedGraph::make(const Graph& source,
                                                               const PlanOptions& options,
                                                               const Limits& limits) {
  std::shared_ptr<PlannedGraph> plan(new PlannedGraph());
  plan->graph_ = copyOf(source);
  if (options.optimise) {
    PRIMER_TRY(simplify(plan->graph_, options.level, limits.max_arena_bytes, plan->constants_));
  }
  PRIMER_TRY(plan->prepare(options, limits));
  plan->place(options);
  return std::shared_ptr<const PlannedGraph>(std::move(plan));
}

}  // namespace primer::inference
