#include "planner/lives.h"

#include <algorithm>

#include "planner/arena.h"

namespace primer::inference {
namespace {

class LifeFinder {
 public:
  LifeFinder(const Graph& graph, const std::vector<bool>& runs, const std::vector<bool>& placed)
      : graph_(graph), runs_(runs), placed_(placed) {
    lives_.of_tensor.resize(graph.tensors.size());
    lives_.first_of.assign(graph.nodes.size(), 0);
    lives_.last_of.assign(graph.nodes.size(), 0);
  }

  Lives find() {
    touch(graph_.entry().inputs);
    walk(graph_.entry());
    lives_.end = ++step_;
    touch(graph_.entry().outputs);
    return std::move(lives_);
  }

 private:
  void touch(const std::vector<int>& tensors) {
    for (const int tensor : tensors) {
      if (tensor == kNoTensor || placed_[tensor]) continue;
      auto& life = lives_.of_tensor[tensor];
      if (!life.used) life = {true, step_, step_};
      life.last = std::max(life.last, step_);
    }
  }

  void walk(const Block& block) {
    for (const auto index : block.order) {
      if (runs_[index]) visit(graph_.nodes[index]);
    }
  }

  void visit(const Node& node) {
    lives_.first_of[node.index] = ++step_;
    touch(node.inputs);
    const bool is_if = node.op == tflite::BuiltinOperator::IF;
    // The outputs of IF are written when a branch has run.
    if (!is_if) touch(node.outputs);
    for (const auto index : node.blocks) {
      const auto& block = graph_.blocks[index];
      walk(block);
      ++step_;
      touch(block.outputs);
      if (is_if) touch(node.outputs);
    }
    if (!node.blocks.empty() && !is_if) {
      touch(node.inputs);  // a loop may hand them through to its last turn
      touch(node.outputs);
    }
    lives_.last_of[node.index] = step_;
  }

  const Graph& graph_;
  const std::vector<bool>& runs_;
  const std::vector<bool>& placed_;
  Lives lives_;
  std::size_t step_ = 0;
};

}  // namespace

bool isStaged(const Node& loop, int result, std::size_t i) {
  return result != loop.outputs[i] &&
         std::count(loop.outputs.begin(), loop.outputs.end(), result) != 0;
}

std::uint64_t stagedBytes(const Graph& graph, const Node& loop) {
  std::uint64_t bytes = 0;
  const auto& results = graph.blocks[loop.blocks[1]].outputs;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (isStaged(loop, results[i], i)) bytes += arenaAligned(graph.tensors[results[i]].info.bytes);
  }
  return bytes;
}

Lives findLives(const Graph& graph, const std::vector<bool>& runs,
                const std::vector<bool>& placed) {
  return LifeFinder(graph, runs, placed).find();
}

}  // namespace primer::inference
