#include "planner/graph_use.h"

#include <algorithm>

namespace primer::inference {

GraphUse::GraphUse(const Graph& graph)
    : writer(graph.tensors.size(), kNobody),
      readers(graph.tensors.size()),
      is_input(graph.tensors.size(), false),
      is_result(graph.tensors.size(), false),
      is_fixed(graph.tensors.size(), false),
      block_of(graph.nodes.size(), kNobody) {
  const auto fix = [&](const std::vector<int>& tensors) {
    for (const int tensor : tensors) {
      if (tensor != kNoTensor) is_fixed[tensor] = true;
    }
  };
  for (std::size_t b = 0; b < graph.blocks.size(); ++b) {
    const auto& block = graph.blocks[b];
    if (b > 0) {
      fix(block.inputs);
      fix(block.outputs);
    }
    for (const auto index : block.order) {
      const auto& node = graph.nodes[index];
      block_of[index] = b;
      for (const int input : node.inputs) {
        if (input != kNoTensor) readers[input].push_back(index);
      }
      for (const int output : node.outputs) writer[output] = index;
      if (!node.blocks.empty()) {
        fix(node.inputs);
        fix(node.outputs);
      }
    }
  }
  for (std::size_t t = 0; t < graph.tensors.size(); ++t) {
    if (graph.tensors[t].is_variable) is_fixed[t] = true;
  }
  for (const int input : graph.entry().inputs) is_input[input] = true;
  for (const int output : graph.entry().outputs) is_result[output] = true;
}

bool GraphUse::isLink(int tensor) const {
  return writer[tensor] != kNobody && readers[tensor].size() == 1 && !is_fixed[tensor] &&
         !is_input[tensor] && !is_result[tensor] &&
         block_of[writer[tensor]] == block_of[readers[tensor][0]];
}

std::vector<Node*> runningNodes(Graph& graph) {
  std::vector<Node*> nodes;
  for (const auto index : programOrder(graph)) nodes.push_back(&graph.nodes[index]);
  return nodes;
}

void dropNodes(Graph& graph, const std::vector<bool>& gone) {
  for (auto& block : graph.blocks) {
    std::erase_if(block.order, [&](std::size_t index) { return gone[index]; });
  }
}

Graph copyOf(const Graph& graph) {
  Graph copy = graph;
  for (auto& tensor : copy.tensors) {
    tensor.info.shape = tensor.shape;
    if (!tensor.scales.empty()) tensor.info.quantization.scales = tensor.scales;
    if (!tensor.zero_points.empty()) tensor.info.quantization.zero_points = tensor.zero_points;
  }
  return copy;
}

}  // namespace primer::inference
