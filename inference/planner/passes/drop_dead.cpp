#include <algorithm>

#include "planner/graph_use.h"
#include "planner/passes/passes.h"

namespace primer::inference {

void dropDead(Graph& graph) {
  std::vector<bool> needed(graph.tensors.size(), false);
  // What a called block gives goes to its caller, whose own use of it is not looked into.
  for (const auto& block : graph.blocks) {
    for (const int output : block.outputs) needed[output] = true;
  }
  const auto nodes = runningNodes(graph);
  std::vector<bool> gone(graph.nodes.size(), false);
  // From the back: readers come before writers.
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    const auto& outputs = (*node)->outputs;
    const auto& inputs = (*node)->inputs;
    // Some operators change the state that they are given.
    const bool has_state = (*node)->op != tflite::BuiltinOperator::READ_VARIABLE &&
                           std::any_of(inputs.begin(), inputs.end(), [&](int input) {
                             return input != kNoTensor && graph.tensors[input].is_variable;
                           });
    const bool has_effect = has_state || (*node)->custom != nullptr || !(*node)->blocks.empty() ||
                            outputs.empty() ||
                            std::any_of(outputs.begin(), outputs.end(), [&](int output) {
                              return needed[output] || graph.tensors[output].is_variable;
                            });
    if (!has_effect) {
      gone[(*node)->index] = true;
      continue;
    }
    for (const int input : inputs) {
      if (input != kNoTensor) needed[input] = true;
    }
  }
  dropNodes(graph, gone);
}

}  // namespace primer::inference
