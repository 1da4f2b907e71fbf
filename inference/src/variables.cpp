#include "src/variables.h"

#include <fmt/format.h>

#include <algorithm>

namespace primer::inference {
namespace {

std::string textOf(const flatbuffers::String* text) { return text == nullptr ? "" : text->str(); }

// Type and shape of the first that is written to a variable or read from it are its own.
void adopt(Tensor& variable, const Tensor& from) {
  if (variable.shape_known) return;
  variable.info.type = from.info.type;
  if (!from.shape_known) return;
  variable.shape = from.shape;
  variable.shape_known = true;
  variable.info.shape = variable.shape;
  variable.info.bytes = from.info.bytes;
}

}  // namespace

Verdict Variables::name(const tflite::Operator& source, const Node& node, Graph& graph) {
  const auto* options = source.builtin_options_as_VarHandleOptions();
  if (options == nullptr) {
    return damaged("options-missing", "its options table is not there");
  }
  if (!node.inputs.empty() || node.outputs.size() != 1) {
    return damaged("output-count", "VAR_HANDLE has one output and no input");
  }
  const auto [found, is_new] =
      by_name_.try_emplace({textOf(options->container()), textOf(options->shared_name())},
                           static_cast<int>(graph.tensors.size()));
  if (is_new) {
    auto& variable = graph.tensors.emplace_back();
    variable.is_variable = true;
    variable.variable = textOf(options->container()) + '\0' + textOf(options->shared_name());
    variable.shape_known = false;
    if (options->shared_name() != nullptr) {
      variable.info.name = options->shared_name()->string_view();
    }
  }
  if (!by_handle_.emplace(node.outputs[0], found->second).second) {
    return damaged("write-once", "the handle is made twice");
  }
  return {};
}

Checked<int> Variables::variableOf(int handle) const {
  const auto found = by_handle_.find(handle);
  if (found == by_handle_.end()) {
    return unsupported("variable-handle", "not the output of a VAR_HANDLE before it");
  }
  return found->second;
}

Verdict Variables::resolve(Node& node, Graph& graph) {
  if (node.op == tflite::BuiltinOperator::READ_VARIABLE) {
    if (node.inputs.size() != 1 || node.outputs.size() != 1) {
      return damaged("input-count", "READ_VARIABLE has one input and one output");
    }
    PRIMER_ASSIGN(node.inputs[0], variableOf(node.inputs[0]));
    adopt(graph.tensors[node.inputs[0]], graph.tensors[node.outputs[0]]);
  } else if (node.op == tflite::BuiltinOperator::ASSIGN_VARIABLE) {
    if (node.inputs.size() != 2 || node.inputs[1] == kNoTensor || !node.outputs.empty()) {
      return damaged("input-count", "ASSIGN_VARIABLE has two inputs and no output");
    }
    PRIMER_ASSIGN(const int variable, variableOf(node.inputs[0]));
    node.inputs.erase(node.inputs.begin());
    node.outputs = {variable};
    adopt(graph.tensors[variable], graph.tensors[node.inputs[0]]);
  }
  return {};
}

void Variables::alias(int from, int to) {
  const auto found = by_handle_.find(from);
  if (found != by_handle_.end()) by_handle_.emplace(to, found->second);
}

void Variables::dropHandles(std::vector<int>& tensors) const {
  tensors.erase(std::remove_if(tensors.begin(), tensors.end(),
                               [&](int tensor) { return by_handle_.count(tensor) != 0; }),
                tensors.end());
}

}  // namespace primer::inference
