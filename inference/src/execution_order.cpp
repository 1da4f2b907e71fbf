#include <fmt/format.h>

#include <functional>
#include <map>
#include <queue>
#include <set>

#include "src/graph_reader.h"

namespace primer::inference {

namespace {

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

Refused broken(const Refuser& file, const Node& node, const char* rule, const std::string& text) {
  file.damaged(rule, "{}", text);
  return file.refusedIn(nodeText(node));
}

// Which node writes each tensor, in whichever block.
Checked<std::vector<std::size_t>> findWriters(const Refuser& file, const Graph& graph) {
  std::vector<bool> given(graph.tensors.size(), false);
  for (const int input : graph.entry().inputs) given[input] = true;
  std::vector<std::size_t> writer(graph.tensors.size(), kNobody);
  for (const auto& node : graph.nodes) {
    for (const int output : node.outputs) {
      const auto& tensor = graph.tensors[output];
      if (tensor.is_variable && node.op == tflite::BuiltinOperator::ASSIGN_VARIABLE) continue;
      if (tensor.is_variable) {
        return broken(file, node, "write-variable", tensorText(output, tensor) + " is a variable");
      }
      if (tensor.is_constant) {
        return broken(file, node, "write-constant", tensorText(output, tensor) + " is a constant");
      }
      if (given[output]) {
        return broken(file, node, "write-input",
                      tensorText(output, tensor) + " is an input of the graph");
      }
      if (writer[output] != kNobody) {
        return broken(file, node, "write-once",
                      fmt::format("{} is also written by {}", tensorText(output, tensor),
                                  nodeText(graph.nodes[writer[output]])));
      }
      writer[output] = node.index;
    }
  }
  for (const auto& node : graph.nodes) {
    for (const int input : node.inputs) {
      if (input == kNoTensor || given[input] || writer[input] != kNobody) continue;
      const auto& tensor = graph.tensors[input];
      // A tensor without elements has nothing to be written.
      const bool empty = tensor.info.bytes == 0 && tensor.shape_known;
      if (!tensor.is_constant && !tensor.is_variable && !empty) {
        return broken(file, node, "read-unwritten",
                      tensorText(input, graph.tensors[input]) + " is read and never written");
      }
    }
  }
  return writer;
}

Verdict checkOutputs(const Refuser& file, const Graph& graph, const Block& block,
                     const std::vector<std::size_t>& writer) {
  for (const int output : block.outputs) {
    const auto& tensor = graph.tensors[output];
    bool given = tensor.is_constant || tensor.is_variable || writer[output] != kNobody ||
                 tensor.info.bytes == 0;
    for (const auto* inputs : {&block.inputs, &graph.entry().inputs}) {
      for (const int input : *inputs) given = given || input == output;
    }
    if (!given) {
      return file.damaged("output-unwritten", "{} is never written", tensorText(output, tensor));
    }
  }
  return {};
}

// The variables that a node reads or writes, itself or through what it calls.
void addVariables(const Graph& graph, const Node& node, std::set<int>& variables) {
  for (const auto* tensors : {&node.inputs, &node.outputs}) {
    for (const int tensor : *tensors) {
      if (tensor != kNoTensor && graph.tensors[tensor].is_variable) variables.insert(tensor);
    }
  }
  for (const auto block : node.blocks) {
    for (const auto index : graph.blocks[block].nodes) {
      addVariables(graph, graph.nodes[index], variables);
    }
  }
}

// Puts the nodes of each block in order. What it keeps of nodes is shared by all blocks: there may
// be many, and each looks at its own only.
class Sorter {
 public:
  Sorter(const Refuser& file, const Graph& graph, const std::vector<std::size_t>& writer)
      : file_(file),
        graph_(graph),
        writer_(writer),
        block_of_(graph.nodes.size(), kNobody),
        waits_(graph.nodes.size(), 0),
        feeds_(graph.nodes.size()) {
    for (std::size_t b = 0; b < graph.blocks.size(); ++b) {
      for (const auto index : graph.blocks[b].nodes) block_of_[index] = b;
    }
  }

  // Kahn's algorithm; of the nodes that could run, the first in the file does.
  Checked<std::vector<std::size_t>> order(std::size_t block_index) {
    const auto& nodes = graph_.blocks[block_index].nodes;
    findWaits(block_index);
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (const auto index : nodes) {
      if (waits_[index] == 0) ready.push(index);
    }
    std::vector<std::size_t> sorted;
    sorted.reserve(nodes.size());
    while (!ready.empty()) {
      const auto index = ready.top();
      ready.pop();
      sorted.push_back(index);
      for (const auto next : feeds_[index]) {
        if (--waits_[next] == 0) ready.push(next);
      }
    }
    for (const auto index : nodes) {
      if (waits_[index] != 0) {
        return broken(file_, graph_.nodes[index], "cycle", "waits for its own output");
      }
    }
    return sorted;
  }

 private:
  void wait(std::size_t before, std::size_t after) {
    feeds_[before].push_back(after);
    ++waits_[after];
  }

  void findWaits(std::size_t block_index) {
    std::map<int, std::size_t> last_user;
    for (const auto index : graph_.blocks[block_index].nodes) {
      const auto& node = graph_.nodes[index];
      for (const int input : node.inputs) {
        if (input == kNoTensor || writer_[input] == kNobody) continue;
        if (block_of_[writer_[input]] == block_index) wait(writer_[input], index);
      }
      // What reads and writes a variable keeps the order of the file.
      std::set<int> variables;
      addVariables(graph_, node, variables);
      for (const int variable : variables) {
        const auto [user, is_first] = last_user.try_emplace(variable, index);
        if (is_first) continue;
        wait(user->second, index);
        user->second = index;
      }
    }
  }

  const Refuser& file_;
  const Graph& graph_;
  const std::vector<std::size_t>& writer_;
  std::vector<std::size_t> block_of_;
  std::vector<std::size_t> waits_;               // for how many others each node waits
  std::vector<std::vector<std::size_t>> feeds_;  // which nodes wait for each
};

}  // namespace

Verdict orderNodes(Graph& graph, const Refuser& file) {
  PRIMER_ASSIGN(const auto writer, findWriters(file, graph));
  Sorter sorter(file, graph, writer);
  for (std::size_t b = 0; b < graph.blocks.size(); ++b) {
    PRIMER_TRY(checkOutputs(file, graph, graph.blocks[b], writer));
    PRIMER_ASSIGN(graph.blocks[b].order, sorter.order(b));
  }
  return {};
}

}  // namespace primer::inference
