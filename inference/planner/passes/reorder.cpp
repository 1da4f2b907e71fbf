#include <algorithm>
#include <limits>
#include <map>

#include "planner/graph_use.h"
#include "planner/passes/passes.h"

namespace primer::inference {
namespace {

// Blocks with more nodes run as they stand: each choice looks at all that could run.
constexpr std::size_t kMostNodes = 1024;
constexpr std::size_t kFewestNodes = 3;
// Each order is weighed by a look at the whole graph.
constexpr std::size_t kMostBlocks = 16;

// Chooses, of the nodes of a block that could run next, the one that leaves the least memory in
// use.
class Scheduler {
 public:
  enum class Taste : std::uint8_t {
    kLeastMemory,    // after the node has run
    kLatestTouched,  // whose inputs are the newest: a branch is followed to its end
  };

  Scheduler(const Graph& graph, const Block& block, const GraphUse& use)
      : graph_(graph), block_(block), use_(use) {
    for (std::size_t i = 0; i < block.order.size(); ++i) place_[block.order[i]] = i;
    feeds_.resize(block.order.size());
    waits_.assign(block.order.size(), 0);
    std::map<int, std::size_t> last_user;
    std::size_t last_custom = kNobody;
    for (std::size_t i = 0; i < block.order.size(); ++i) {
      const auto& node = graph.nodes[block.order[i]];
      for (const int input : node.inputs) {
        if (input == kNoTensor || use.writer[input] == kNobody) continue;
        const auto writer = place_.find(use.writer[input]);
        if (writer != place_.end()) wait(writer->second, i);
      }
      // What touches a variable, and what a program brought itself, keeps its order.
      for (const auto* tensors : {&node.inputs, &node.outputs}) {
        for (const int tensor : *tensors) {
          if (tensor == kNoTensor || !graph.tensors[tensor].is_variable) continue;
          const auto [user, is_first] = last_user.try_emplace(tensor, i);
          if (!is_first && user->second != i) wait(user->second, i);
          user->second = i;
        }
      }
      if (node.custom != nullptr) {
        if (last_custom != kNobody) wait(last_custom, i);
        last_custom = i;
      }
    }
  }

  std::vector<std::size_t> order(Taste taste) const {
    auto waits = waits_;
    std::vector<std::size_t> left(graph_.tensors.size(), 0);  // readers still to come
    std::vector<std::size_t> made(graph_.tensors.size(), 0);  // when it was written
    for (std::size_t t = 0; t < left.size(); ++t)
      left[t] = use_.readersOf(static_cast<int>(t)).size();
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < waits.size(); ++i) {
      if (waits[i] == 0) ready.push_back(i);
    }
    std::vector<std::size_t> order;
    while (!ready.empty()) {
      const auto best =
          std::min_element(ready.begin(), ready.end(), [&](std::size_t a, std::size_t b) {
            const auto cost_a = cost(a, taste, left, made);
            const auto cost_b = cost(b, taste, left, made);
            return cost_a != cost_b ? cost_a < cost_b : a < b;
          });
      const auto chosen = *best;
      ready.erase(best);
      const auto& node = graph_.nodes[block_.order[chosen]];
      order.push_back(node.index);
      for (const int input : node.inputs) {
        if (input != kNoTensor) --left[input];
      }
      for (const int output : node.outputs) made[output] = order.size();
      for (const auto next : feeds_[chosen]) {
        if (--waits[next] == 0) ready.push_back(next);
      }
    }
    return order;
  }

 private:
  void wait(std::size_t before, std::size_t after) {
    feeds_[before].push_back(after);
    ++waits_[after];
  }

  std::int64_t cost(std::size_t place, Taste taste, const std::vector<std::size_t>& left,
                    const std::vector<std::size_t>& made) const {
    const auto& node = graph_.nodes[block_.order[place]];
    if (taste == Taste::kLatestTouched) {
      std::size_t newest = 0;
      for (const int input : node.inputs) {
        if (input != kNoTensor) newest = std::max(newest, made[input]);
      }
      return -static_cast<std::int64_t>(newest);
    }
    std::int64_t change = 0;
    for (const int output : node.outputs) change += bytes(output);
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      const int input = node.inputs[i];
      if (input == kNoTensor || use_.is_result[input] || use_.is_fixed[input]) continue;
      const auto here =
          static_cast<std::size_t>(std::count(node.inputs.begin(), node.inputs.end(), input));
      const bool counted =
          std::count(node.inputs.begin(), node.inputs.begin() + static_cast<std::ptrdiff_t>(i),
                     input) != 0;
      if (left[input] == here && !counted) change -= bytes(input);
    }
    return change;
  }

  std::int64_t bytes(int tensor) const {
    const auto& one = graph_.tensors[tensor];
    return one.is_constant || one.is_variable ? 0 : static_cast<std::int64_t>(one.info.bytes);
  }

  const Graph& graph_;
  const Block& block_;
  const GraphUse& use_;
  std::map<std::size_t, std::size_t> place_;  // of each node in the block's order
  std::vector<std::vector<std::size_t>> feeds_;
  std::vector<std::size_t> waits_;
};

bool callsOthers(const Graph& graph, const Block& block) {
  return std::any_of(block.order.begin(), block.order.end(), [&](std::size_t index) {
    return !graph.nodes[index].blocks.empty() || graph.nodes[index].once;
  });
}

}  // namespace

void reorder(Graph& graph, std::span<const NodeNeeds> needs) {
  const GraphUse use(graph);
  std::size_t blocks = 0;
  for (auto& block : graph.blocks) {
    const auto size = block.order.size();
    if (size < kFewestNodes || size > kMostNodes || callsOthers(graph, block)) continue;
    if (++blocks > kMostBlocks) return;
    const Scheduler scheduler(graph, block, use);
    auto least = liveBound(graph, needs);
    for (const auto taste : {Scheduler::Taste::kLeastMemory, Scheduler::Taste::kLatestTouched}) {
      auto order = scheduler.order(taste);
      if (order == block.order) continue;
      std::swap(order, block.order);
      const auto bound = liveBound(graph, needs);
      if (bound < least) {
        least = bound;
      } else {
        std::swap(order, block.order);
      }
    }
  }
}

}  // namespace primer::inference
