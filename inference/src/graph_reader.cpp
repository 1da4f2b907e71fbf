#include "src/graph_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "src/node_reader.h"
#include "src/tensor_reader.h"
#include "src/variables.h"

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;

// Reads a subgraph and what it calls; `model_` and everything in it outlive the graph.
class Reader : public Refuser {
 public:
  Reader(std::span<const std::byte> bytes, const Limits& limits, const CustomOperators& custom,
         std::size_t entry, Error* reason)
      : Refuser(reason),
        limits_(limits),
        model_(*tflite::GetModel(bytes.data())),
        tensors_(bytes, model_, limits, reason),
        nodes_(bytes, model_, limits, custom, reason),
        entry_(entry),
        variables_(reason) {}

  Checked<Graph> read() {
    if (model_.version() != 3) {
      return unsupported("model-version", "{}, this engine reads 3", model_.version());
    }
    if (sizeOf(model_.subgraphs()) == 0) return damaged("subgraph-missing", "no subgraph");
    if (entry_ >= sizeOf(model_.subgraphs())) {
      return damaged("subgraph-index", "{} of {}", entry_, sizeOf(model_.subgraphs()));
    }
    const auto* subgraph = model_.subgraphs()->Get(static_cast<flatbuffers::uoffset_t>(entry_));
    if (subgraph == nullptr) {
      return damaged("subgraph-missing", "subgraph {} is null", entry_);
    }
    PRIMER_ASSIGN(const auto places, readTensors(*subgraph, {}));
    auto& block = graph_.blocks.emplace_back();
    PRIMER_ASSIGN(block.inputs,
                  nodes_.readIndices(subgraph->inputs(), places, "graph-inputs", false));
    PRIMER_ASSIGN(block.outputs,
                  nodes_.readIndices(subgraph->outputs(), places, "graph-outputs", false));
    PRIMER_TRY(readNodes(*subgraph, places, {.subgraph = entry_}));
    for (const int input : graph_.entry().inputs) {
      if (graph_.tensors[input].is_constant) {
        return damaged("graph-inputs", "{} is a constant", text(input));
      }
      graph_.tensors[input].shape_known = true;  // an input without a shape is a scalar
    }
    graph_.held_bytes = tensors_.heldBytes();
    PRIMER_TRY(orderNodes(graph_, *this));
    return std::move(graph_);
  }

 private:
  std::string text(std::size_t index) const { return tensorText(index, graph_.tensors[index]); }

  // Tensors that a caller has bound to its own.
  using Bound = std::map<int, int>;

  // Which operators are read, and where they go.
  struct Scope {
    std::size_t subgraph = 0;
    std::size_t block = 0;
    int depth = 0;
    bool once = false;  // below CALL_ONCE
  };

  struct Called {
    std::size_t index = 0;
    const tflite::SubGraph* subgraph = nullptr;
  };

  Checked<Places> readTensors(const tflite::SubGraph& subgraph, const Bound& bound) {
    const std::size_t count = sizeOf(subgraph.tensors());
    // Variables have joined the graph beside the tensors that the file counts.
    const auto most = limits_.max_tensors;
    if (count > most - std::min(most, graph_.tensors.size())) {
      return limitExceeded("tensor-count", "more than {} tensors", most);
    }
    Places places;
    places.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (const auto found = bound.find(static_cast<int>(i)); found != bound.end()) {
        places.push_back(found->second);
        continue;
      }
      const auto* source = subgraph.tensors()->Get(static_cast<flatbuffers::uoffset_t>(i));
      if (source == nullptr) return damaged("tensor-missing", "tensor {} is null", i);
      places.push_back(static_cast<int>(graph_.tensors.size()));
      auto& tensor = graph_.tensors.emplace_back();
      if (source->name() != nullptr) tensor.info.name = source->name()->string_view();
      if (!tensors_.read(*source, tensor)) return refusedIn(text(graph_.tensors.size() - 1));
    }
    return places;
  }

  // Appends a subgraph's operators to a block. A composite's decomposition takes its place.
  Verdict readNodes(const tflite::SubGraph& subgraph, const Places& places, const Scope& scope) {
    const std::size_t count = sizeOf(subgraph.operators());
    for (std::size_t i = 0; i < count; ++i) {
      if (++operators_ > limits_.max_operators) {
        return limitExceeded("operator-count", "more than {} operators", limits_.max_operators);
      }
      const auto* source = subgraph.operators()->Get(static_cast<flatbuffers::uoffset_t>(i));
      if (source == nullptr) {
        return damaged("operator-missing", "operator {} is null", i);
      }
      Node node;
      node.subgraph = scope.subgraph;
      node.position = i;
      node.source = source;
      node.once = scope.once;
      if (!nodes_.read(*source, places, node) || !place(*source, node, scope)) {
        return refusedIn(nodeText(node));
      }
    }
    return {};
  }

  // Gives a node that has been read its place, or what it calls.
  Verdict place(const tflite::Operator& source, Node& node, const Scope& scope) {
    switch (node.op) {
      case BuiltinOperator::STABLEHLO_COMPOSITE:
        return readDecomposition(source, node, scope);
      case BuiltinOperator::CALL_ONCE:
        return readInitialisation(source, node, scope);
      case BuiltinOperator::VAR_HANDLE:
        return variables_.name(source, node, graph_);
      case BuiltinOperator::IF:
        return readIf(source, append(node, scope), scope);
      case BuiltinOperator::WHILE:
        return readWhile(source, append(node, scope), scope);
      default:
        PRIMER_TRY(variables_.resolve(node, graph_));
        append(node, scope);
        return {};
    }
  }

  std::size_t append(Node& node, const Scope& scope) {
    const std::size_t index = graph_.nodes.size();
    node.index = index;
    graph_.blocks[scope.block].nodes.push_back(index);
    graph_.nodes.push_back(node);
    return index;
  }

  Verdict readDecomposition(const tflite::Operator& source, const Node& node, const Scope& scope) {
    const auto* options = source.builtin_options_2_as_StableHLOCompositeOptions();
    if (options == nullptr) return damaged("options-missing", "its options table is not there");
    PRIMER_ASSIGN(const auto called,
                  calledSubgraph(options->decomposition_subgraph_index(), scope));
    Bound bound;
    PRIMER_TRY(bind(called.subgraph->inputs(), node.inputs, *called.subgraph, bound));
    PRIMER_TRY(bind(called.subgraph->outputs(), node.outputs, *called.subgraph, bound));
    PRIMER_ASSIGN(const auto places, readTensors(*called.subgraph, bound));
    auto inner = scope;
    inner.subgraph = called.index;
    ++inner.depth;
    return readNodes(*called.subgraph, places, inner);
  }

  // The subgraph that CALL_ONCE names joins the graph too; its operators run when a session is
  // made.
  Verdict readInitialisation(const tflite::Operator& source, const Node& node, const Scope& scope) {
    const auto* options = source.builtin_options_as_CallOnceOptions();
    if (options == nullptr) return damaged("options-missing", "its options table is not there");
    if (!node.inputs.empty() || !node.outputs.empty()) {
      return damaged("call-arguments", "CALL_ONCE has none");
    }
    if (scope.block != 0) {
      return unsupported("call-once", "inside a branch or a loop");
    }
    PRIMER_ASSIGN(const auto called, calledSubgraph(options->init_subgraph_index(), scope));
    if (!initialised_.insert(options->init_subgraph_index()).second) return {};
    PRIMER_ASSIGN(const auto places, readTensors(*called.subgraph, {}));
    return readNodes(*called.subgraph, places,
                     {.subgraph = called.index, .depth = scope.depth + 1, .once = true});
  }

  // IF: both branches read the node's inputs after the condition.
  Verdict readIf(const tflite::Operator& source, std::size_t index, const Scope& scope) {
    const auto* options = source.builtin_options_as_IfOptions();
    if (options == nullptr) return damaged("options-missing", "its options table is not there");
    auto inputs = graph_.nodes[index].inputs;
    if (inputs.empty()) return damaged("input-count", "no condition");
    inputs.erase(inputs.begin());
    for (const int subgraph : {options->then_subgraph_index(), options->else_subgraph_index()}) {
      PRIMER_ASSIGN(const auto called, calledSubgraph(subgraph, scope));
      PRIMER_TRY(readBlock(called, inputs, graph_.nodes[index].outputs.size(), index, scope));
    }
    auto& node = graph_.nodes[index];
    const int condition = node.inputs[0];
    variables_.dropHandles(node.inputs);
    if (node.inputs.empty() || node.inputs[0] != condition) {
      return damaged("condition", "is the handle of a variable");
    }
    return {};
  }

  // WHILE: condition and body read the state, which lies in the node's outputs. What the body hands
  // through unchanged never changes: they read the node's input there.
  Verdict readWhile(const tflite::Operator& source, std::size_t index, const Scope& scope) {
    const auto* options = source.builtin_options_as_WhileOptions();
    if (options == nullptr) return damaged("options-missing", "its options table is not there");
    PRIMER_ASSIGN(const auto condition, calledSubgraph(options->cond_subgraph_index(), scope));
    PRIMER_ASSIGN(const auto body, calledSubgraph(options->body_subgraph_index(), scope));
    const auto inputs = graph_.nodes[index].inputs;
    const auto outputs = graph_.nodes[index].outputs;
    const std::size_t count = inputs.size();
    if (outputs.size() != count || sizeOf(body.subgraph->inputs()) != count ||
        sizeOf(body.subgraph->outputs()) != count) {
      return damaged("call-arguments", "{} inputs, {} outputs, the body has {} and {}", count,
                     outputs.size(), sizeOf(body.subgraph->inputs()),
                     sizeOf(body.subgraph->outputs()));
    }
    auto state = outputs;
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = static_cast<flatbuffers::uoffset_t>(i);
      if (body.subgraph->outputs()->Get(at) == body.subgraph->inputs()->Get(at)) {
        state[i] = inputs[i];
        variables_.alias(inputs[i], outputs[i]);
      }
    }
    PRIMER_TRY(readBlock(condition, state, 1, index, scope));
    PRIMER_TRY(readBlock(body, state, count, index, scope));
    auto& node = graph_.nodes[index];
    variables_.dropHandles(node.inputs);
    variables_.dropHandles(node.outputs);
    auto& body_outputs = graph_.blocks[node.blocks[1]].outputs;
    variables_.dropHandles(body_outputs);
    if (node.inputs.size() != node.outputs.size() || body_outputs.size() != node.outputs.size()) {
      return unsupported("variable-handle", "changes from turn to turn");
    }
    return {};
  }

  // A called subgraph becomes a block of its own, its inputs tied to `inputs`.
  Verdict readBlock(const Called& called, const std::vector<int>& inputs, std::size_t outputs,
                    std::size_t caller, const Scope& scope) {
    if (scope.once) return unsupported("call-once", "calls further subgraphs");
    if (sizeOf(called.subgraph->outputs()) != outputs) {
      return damaged("call-arguments", "{} outputs for {} of the subgraph", outputs,
                     sizeOf(called.subgraph->outputs()));
    }
    Bound bound;
    PRIMER_TRY(bind(called.subgraph->inputs(), inputs, *called.subgraph, bound));
    PRIMER_ASSIGN(const auto places, readTensors(*called.subgraph, bound));
    const std::size_t index = graph_.blocks.size();
    graph_.nodes[caller].blocks.push_back(index);
    auto& block = graph_.blocks.emplace_back();
    block.inputs = inputs;
    PRIMER_ASSIGN(block.outputs, nodes_.readIndices(called.subgraph->outputs(), places,
                                                    "subgraph-outputs", false));
    return readNodes(*called.subgraph, places,
                     {.subgraph = called.index, .block = index, .depth = scope.depth + 1});
  }

  Checked<Called> calledSubgraph(int index, const Scope& scope) {
    const std::size_t count = sizeOf(model_.subgraphs());
    if (index < 0 || static_cast<std::size_t>(index) >= count ||
        static_cast<std::size_t>(index) == entry_) {
      return damaged("subgraph-index", "{} of {}", index, count);
    }
    if (scope.depth >= limits_.max_call_depth) {
      return limitExceeded("call-depth", "subgraphs call each other more than {} deep",
                           limits_.max_call_depth);
    }
    if (++calls_ > limits_.max_calls)
      return limitExceeded("call-count", "more than {} calls", limits_.max_calls);
    const auto* called = model_.subgraphs()->Get(static_cast<flatbuffers::uoffset_t>(index));
    if (called == nullptr) return damaged("subgraph-missing", "{} is null", index);
    return Called{static_cast<std::size_t>(index), called};
  }

  // Ties the arguments of a call to the called subgraph's tensors. A tensor that is tied twice
  // would have to be copied: no known writer makes such.
  Verdict bind(const flatbuffers::Vector<std::int32_t>* formal, const std::vector<int>& actual,
               const tflite::SubGraph& called, Bound& bound) const {
    if (sizeOf(formal) != actual.size()) {
      return damaged("call-arguments", "{} for {} of the subgraph", actual.size(), sizeOf(formal));
    }
    for (std::size_t i = 0; i < actual.size(); ++i) {
      const int tensor = formal->Get(static_cast<flatbuffers::uoffset_t>(i));
      if (tensor < 0 || static_cast<std::size_t>(tensor) >= sizeOf(called.tensors()) ||
          actual[i] == kNoTensor) {
        return damaged("call-arguments", "tensor {} of the subgraph", tensor);
      }
      if (!bound.emplace(tensor, actual[i]).second) {
        return unsupported("call-arguments", "a tensor of the subgraph serves twice");
      }
    }
    return {};
  }

  const Limits& limits_;
  const tflite::Model& model_;
  TensorReader tensors_;
  NodeReader nodes_;
  std::size_t entry_;
  Graph graph_;
  Variables variables_;
  std::size_t operators_ = 0;
  std::size_t calls_ = 0;
  std::set<int> initialised_;  // subgraphs that CALL_ONCE has called
};

}  // namespace

Result<Graph> readGraph(std::span<const std::byte> bytes, const Limits& limits,
                        const CustomOperators& custom, std::size_t subgraph) {
  Error reason;
  auto graph = Reader(bytes, limits, custom, subgraph, &reason).read();
  if (!graph) return fail(std::move(reason));
  return std::move(*graph);
}

}  // namespace primer::inference
