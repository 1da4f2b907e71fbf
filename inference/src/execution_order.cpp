#include <fmt/format.h>

#include <functional>
#include <map>
#include <queue>

#include "src/graph_reader.h"

namespace primer::inference {

namespace {

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

tl::unexpected<Error> broken(const Node& node, std::string_view rule, const std::string& text) {
  return fail(ErrorCode::kDamaged,
              fmt::format("operator {} {}: {}: {}", node.index, node.name, rule, text));
}

// Which node writes each tensor.
Result<std::vector<std::size_t>> findWriters(const Graph& graph) {
  std::vector<bool> given(graph.tensors.size(), false);
  for (const int input : graph.inputs) given[input] = true;
  std::vector<std::size_t> writer(graph.tensors.size(), kNobody);
  for (const auto& node : graph.nodes) {
    for (const int output : node.outputs) {
      const auto& tensor = graph.tensors[output];
      if (tensor.is_variable && node.op == tflite::BuiltinOperator::ASSIGN_VARIABLE) continue;
      if (tensor.is_variable) {
        return broken(node, "write-variable", tensorText(output, tensor) + " is a variable");
      }
      if (tensor.is_constant) {
        return broken(node, "write-constant", tensorText(output, tensor) + " is a constant");
      }
      if (given[output]) {
        return broken(node, "write-input",
                      tensorText(output, tensor) + " is an input of the graph");
      }
      if (writer[output] != kNobody) {
        return broken(node, "write-once",
                      fmt::format("{} is also written by operator {}", tensorText(output, tensor),
                                  writer[output]));
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
        return broken(node, "read-unwritten",
                      tensorText(input, graph.tensors[input]) + " is read and never written");
      }
    }
  }
  return writer;
}

}  // namespace

Result<std::vector<std::size_t>> executionOrder(const Graph& graph) {
  PRIMER_ASSIGN(const auto writer, findWriters(graph));
  for (const int output : graph.outputs) {
    const auto& tensor = graph.tensors[output];
    bool given = tensor.is_constant || tensor.is_variable || writer[output] != kNobody ||
                 tensor.info.bytes == 0;
    for (const int input : graph.inputs) given = given || input == output;
    if (!given) {
      return fail(ErrorCode::kDamaged,
                  fmt::format("output-unwritten: {} is never written", tensorText(output, tensor)));
    }
  }

  std::vector<std::size_t> waits_for(graph.nodes.size(), 0);
  std::vector<std::vector<std::size_t>> feeds(graph.nodes.size());
  for (const auto& node : graph.nodes) {
    for (const int input : node.inputs) {
      if (input == kNoTensor || writer[input] == kNobody) continue;
      feeds[writer[input]].push_back(node.index);
      ++waits_for[node.index];
    }
  }
  // What reads and writes a variable keeps the order of the file.
  std::map<int, std::size_t> last_user;
  for (const auto& node : graph.nodes) {
    for (const auto* tensors : {&node.inputs, &node.outputs}) {
      for (const int tensor : *tensors) {
        if (tensor == kNoTensor || !graph.tensors[tensor].is_variable) continue;
        const auto [user, is_first] = last_user.try_emplace(tensor, node.index);
        if (is_first || user->second == node.index) continue;
        feeds[user->second].push_back(node.index);
        ++waits_for[node.index];
        user->second = node.index;
      }
    }
  }
  // Kahn's algorithm; of the nodes that could run, the first in the file does.
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (const auto& node : graph.nodes) {
    if (waits_for[node.index] == 0) ready.push(node.index);
  }
  std::vector<std::size_t> order;
  order.reserve(graph.nodes.size());
  while (!ready.empty()) {
    const auto index = ready.top();
    ready.pop();
    order.push_back(index);
    for (const auto next : feeds[index]) {
      if (--waits_for[next] == 0) ready.push(next);
    }
  }
  for (const auto& node : graph.nodes) {
    if (waits_for[node.index] != 0) return broken(node, "cycle", "waits for its own output");
  }
  return order;
}

}  // namespace primer::inference
