#include <fmt/format.h>
#include <algorithm>
#include <cstring>

#include "planner/graph_use.h"
#include "planner/passes/passes.h"

namespace primer::inference {
namespace {

bool isFoldable(const Graph& graph, const Node& node) {
  // What CALL_ONCE calls writes variables, which belong to sessions; a program's own operators may
  // do what they like.
  if (node.once || node.custom != nullptr || !node.blocks.empty() || node.inputs.empty()) {
    return false;
  }
  const bool from_constants = std::all_of(node.inputs.begin(), node.inputs.end(), [&](int input) {
    return input == kNoTensor || graph.tensors[input].is_constant;
  });
  const bool to_tensors = std::none_of(node.outputs.begin(), node.outputs.end(), [&](int output) {
    return graph.tensors[output].is_variable;
  });
  return from_constants && to_tensors && !node.outputs.empty();
}

Status runOnce(Graph& graph, const Node& node, const KernelRow& row, AlignedBlock& results) {
  Error reason;
  auto prepared = row.prepare(NodeView(graph, node, &reason));
  if (!prepared) return fail(std::move(reason));
  prepared->packNow();
  AlignedBlock scratch(prepared->scratch_bytes);
  if (!scratch.ok()) {
    return fail(ErrorCode::kLimitExceeded,
                fmt::format("arena-bytes: no memory for {} of scratch", prepared->scratch_bytes));
  }
  std::vector<const std::byte*> inputs;
  for (const int input : node.inputs) {
    inputs.push_back(input == kNoTensor ? nullptr : graph.tensors[input].constant.data());
  }
  std::vector<std::byte*> outputs;
  std::uint64_t offset = 0;
  for (const int output : node.outputs) {
    outputs.push_back(results.data() + offset);
    offset += arenaAligned(graph.tensors[output].info.bytes);
  }
  prepared->run(prepared->params.get(), {inputs.data(), outputs.data(), scratch.data()});
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    auto& tensor = graph.tensors[node.outputs[i]];
    tensor.is_constant = true;
    tensor.constant = {outputs[i], tensor.info.bytes};
  }
  return {};
}

}  // namespace

Status foldConstants(Graph& graph, CpuLevel level, std::uint64_t most_bytes,
                     std::vector<AlignedBlock>& memory) {
  std::vector<bool> gone(graph.nodes.size(), false);
  for (const auto* node : runningNodes(graph)) {
    if (!isFoldable(graph, *node)) continue;
    const auto* row = findKernel(level, NodeView(graph, *node));
    if (row == nullptr) continue;
    std::uint64_t bytes = 0;
    for (const int output : node->outputs) bytes += arenaAligned(graph.tensors[output].info.bytes);
    if (bytes > most_bytes) continue;
    AlignedBlock results(bytes);
    if (!results.ok()) continue;
    auto status = runOnce(graph, *node, *row, results);
    if (!status) return fail(status.error().withContext(nodeText(*node)));
    most_bytes -= bytes;
    memory.push_back(std::move(results));
    gone[node->index] = true;
  }
  dropNodes(graph, gone);
  return {};
}

}  // namespace primer::inference
