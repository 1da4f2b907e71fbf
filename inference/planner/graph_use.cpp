#include "planner/graph_use.h"

#include <algorithm>
#include <numeric>

namespace primer::inference {

GraphUse::GraphUse(const Graph& graph)
    : writer(graph.tensors.size(), kNobody),
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
  findReaders(graph);
}

void GraphUse::findReaders(const Graph& graph) {
  const auto forEachInput = [&](auto take) {
    for (const auto& block : graph.blocks) {
      for (const auto index : block.order) {
        for (const int input : graph.nodes[index].inputs) {
          if (input != kNoTensor) take(static_cast<std::size_t>(input), index);
        }
      }
    }
  };
  // Counted two places on, so that filling moves each one's begin to where it belongs.
  first_reader_.assign(graph.tensors.size() + 2, 0);
  forEachInput([&](std::size_t tensor, std::size_t) { ++first_reader_[tensor + 2]; });
  std::partial_sum(first_reader_.begin(), first_reader_.end(), first_reader_.begin());
  readers_.resize(first_reader_.back());
  forEachInput(
      [&](std::size_t tensor, std::size_t node) { readers_[first_reader_[tensor + 1]++] = node; });
}

bool GraphUse::isLink(int tensor) const {
  return writer[tensor] != kNobody && readersOf(tensor).size() == 1 && !is_fixed[tensor] &&
         !is_input[tensor] && !is_result[tensor] &&
         block_of[writer[tensor]] == block_of[readersOf(tensor)[0]];
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
