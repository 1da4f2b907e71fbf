#include "src/check_graph.h"

#include <fmt/format.h>

#include <algorithm>

#include "kernels/kernel.h"
#include "ops/operators.h"
#include "ops/work.h"
#include "src/custom_node.h"

namespace primer::inference {
namespace {

// Gives an output the shape that its operator makes; refuses a file that says
// otherwise.
Verdict applyShape(const NodeView& view, Tensor& tensor, std::size_t index, Shape shape,
                   const Limits& limits) {
  if (tensor.shape_known && tensor.shape != shape) {
    return view.damaged("output-shape", "{} is {} in the file, the operator makes {}",
                        tensorText(index, tensor), shapeText(tensor.shape), shapeText(shape));
  }
  auto status = setShape(tensor, index, std::move(shape), limits);
  if (!status) return view.refuse(std::move(status).error());
  return {};
}

std::string typesText(const NodeView& node) {
  std::string text;
  for (std::size_t i = 0; i < node.inputCount(); ++i) {
    const auto* input = node.optionalInput(i);
    text += fmt::format("{}{}", i == 0 ? "" : ", ",
                        input == nullptr ? "-" : elementTypeName(input->info.type));
  }
  for (std::size_t i = 0; i < node.outputCount(); ++i) {
    text += fmt::format("{}{}", i == 0 ? " -> " : ", ", elementTypeName(node.output(i).info.type));
  }
  return text;
}

// What makes a built-in node sound, and the shapes of its outputs.
Checked<std::vector<Shape>> checkBuiltin(const NodeView& view) {
  const auto& node = view.node();
  const auto* rule = findOperator(node.op);
  if (rule == nullptr) {
    return view.unsupported("operator-known", "version {} is not supported", node.version);
  }
  if (node.version > rule->newest_version) {
    return view.unsupported("operator-version",
                            "version {} is not supported, {} is the newest that is", node.version,
                            rule->newest_version);
  }
  if (view.optionalInput(0) == nullptr) return view.damaged("input-missing", "no input");
  if (view.outputCount() == 0) return view.damaged("output-count", "no output");
  if (findKernel(CpuLevel::kScalar, view) == nullptr) {
    return view.unsupported("operator-types", "version {} on {} is not supported", node.version,
                            typesText(view));
  }
  return rule->check(view);
}

// Old writers call the sum of bytes float32 and give it a scale: it is bytes
// all the same.
void correctSumType(Graph& graph, const Node& node) {
  if (node.op != tflite::BuiltinOperator::ADD || node.inputs.size() != 2 ||
      node.outputs.size() != 1 || node.inputs[1] == kNoTensor) {
    return;
  }
  const auto operand = graph.tensors[node.inputs[1]].info.type;
  auto& sum = graph.tensors[node.outputs[0]];
  const bool bytes = operand == ElementType::kInt8 || operand == ElementType::kUint8;
  if (bytes && sum.info.type == ElementType::kFloat32 && sum.quantization().quantized()) {
    sum.info.type = operand;
  }
}

Verdict checkNode(const NodeView& view, Graph& graph, const Limits& limits) {
  const auto& node = view.node();
  correctSumType(graph, node);
  for (std::size_t i = 0; i < view.inputCount(); ++i) {
    const auto* input = view.optionalInput(i);
    if (input != nullptr && !input->shape_known) {
      return view.damaged("shape-known", "input {} has no shape", i);
    }
  }
  PRIMER_ASSIGN(auto shapes, node.custom == nullptr ? checkBuiltin(view) : checkCustom(view));
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const auto index = static_cast<std::size_t>(node.outputs[i]);
    PRIMER_TRY(applyShape(view, graph.tensors[index], index, std::move(shapes[i]), limits));
  }
  return {};
}

// Walks the blocks in the order in which they run, so that each operator finds
// the shapes that the ones before it make.
class Checker {
 public:
  Checker(Graph& graph, const Limits& limits)
      : graph_(graph), limits_(limits), known_(graph.tensors.size(), false) {}

  // Why checkBlock() has refused.
  const Error& reason() const { return reason_; }

  Verdict checkBlock(std::size_t block) {
    std::uint64_t work = 0;
    std::vector<std::size_t> left;  // of the nodes, once those that are known now are done
    for (const auto index : graph_.blocks[block].order) {
      const auto& node = graph_.nodes[index];
      const NodeView view(graph_, node, &reason_);
      auto verdict = checkOne(view, work);
      if (verdict && isKnownNow(node)) {
        verdict = fold(view);
      } else {
        left.push_back(index);
      }
      if (verdict && work > limits_.max_work) {
        verdict =
            view.limitExceeded("work", "a run takes more than {} operations", limits_.max_work);
      }
      if (!verdict) {
        // What a called block has placed already keeps its place.
        return view.refusedIn(nodeText(node));
      }
    }
    graph_.blocks[block].order = std::move(left);
    graph_.blocks[block].work = work;
    return {};
  }

 private:
  // Shapes and what is computed of them follow from the file: they may be parameters of operators
  // further on, so that they are computed here. Large constants are left to the session.
  bool isKnownNow(const Node& node) const {
    constexpr std::size_t kMostBytes = 4096;
    if (node.once || node.custom != nullptr || !node.blocks.empty()) return false;
    const bool of_shape =
        node.op == tflite::BuiltinOperator::SHAPE || node.op == tflite::BuiltinOperator::RANK;
    for (const int input : node.inputs) {
      if (input == kNoTensor || of_shape) continue;
      const auto& tensor = graph_.tensors[input];
      if (!tensor.is_constant || tensor.info.bytes > kMostBytes) return false;
    }
    for (const int output : node.outputs) {
      const auto& tensor = graph_.tensors[output];
      const auto type = tensor.info.type;
      const bool parameter = type == ElementType::kInt32 || type == ElementType::kInt64 ||
                             type == ElementType::kFloat32 || type == ElementType::kBool;
      if (!parameter || tensor.is_variable || tensor.info.bytes > kMostBytes) return false;
    }
    return !node.inputs.empty();
  }

  Verdict fold(const NodeView& view) {
    const auto& node = view.node();
    PRIMER_ASSIGN(const auto prepared, findKernel(CpuLevel::kScalar, view)->prepare(view));
    std::vector<const std::byte*> inputs;
    std::vector<std::byte*> outputs;
    for (const int input : node.inputs) {
      inputs.push_back(input == kNoTensor ? nullptr : graph_.tensors[input].constant.data());
    }
    for (const int output : node.outputs) {
      auto& tensor = graph_.tensors[output];
      tensor.own_bytes = std::make_shared<std::vector<std::byte>>(tensor.info.bytes);
      outputs.push_back(tensor.own_bytes->data());
    }
    std::vector<std::max_align_t> scratch(prepared.scratch_bytes / sizeof(std::max_align_t) + 1);
    prepared.run(prepared.params.get(),
                 {inputs.data(), outputs.data(), reinterpret_cast<std::byte*>(scratch.data())});
    for (const int output : node.outputs) {
      auto& tensor = graph_.tensors[output];
      tensor.constant = *tensor.own_bytes;
      tensor.is_constant = true;
    }
    return {};
  }

  // Adds the work of a node to that of its block.
  Verdict checkOne(const NodeView& view, std::uint64_t& work) {
    const auto& node = view.node();
    PRIMER_TRY(checkOnce(view));
    if (node.blocks.empty()) {
      PRIMER_TRY(checkNode(view, graph_, limits_));
      if (node.custom == nullptr) {
        addWork(work, workOf(view));
      } else {
        PRIMER_ASSIGN(const auto more, workOfCustom(view));
        addWork(work, more);
      }
      return {};
    }
    PRIMER_TRY(node.op == tflite::BuiltinOperator::IF ? checkIf(view) : checkWhile(view));
    for (const auto block : node.blocks) addWork(work, graph_.blocks[block].work);
    return {};
  }

  void addWork(std::uint64_t& work, std::uint64_t more) const {
    work = more > limits_.max_work ? limits_.max_work + 1 : work + more;
  }

  // What runs when a session is made has only what is known by then.
  Verdict checkOnce(const NodeView& view) {
    const auto& node = view.node();
    for (const int input : node.inputs) {
      if (!node.once || input == kNoTensor) continue;
      if (!graph_.tensors[input].is_constant && !known_[input]) {
        return view.unsupported("call-once", "depends on more than constants");
      }
    }
    for (const int output : node.outputs) {
      known_[output] = node.once && !graph_.tensors[output].is_variable;
    }
    return {};
  }

  Verdict expectCondition(const NodeView& view, int tensor) const {
    const auto& condition = graph_.tensors[tensor];
    if (condition.info.type != ElementType::kBool || !condition.shape_known ||
        elementCount(condition.shape) != 1) {
      return view.damaged("condition", "{} is {} of {}, needs one bool",
                          tensorText(static_cast<std::size_t>(tensor), condition),
                          shapeText(condition.shape), elementTypeName(condition.info.type));
    }
    return {};
  }

  Verdict expectShapes(const NodeView& view) const {
    const auto& node = view.node();
    for (const int input : node.inputs) {
      if (input == kNoTensor) return view.damaged("input-missing", "an input is left out");
      const auto& tensor = graph_.tensors[input];
      if (!tensor.shape_known) {
        return view.damaged("shape-known", "{}",
                            tensorText(static_cast<std::size_t>(input), tensor) + " has no shape");
      }
      if (elementBytes(tensor.info.type) == 0) {
        return view.unsupported("operator-types", "version {} on {} is not supported", node.version,
                                elementTypeName(tensor.info.type));
      }
    }
    return {};
  }

  // A block's output becomes an output of the node that called it.
  Verdict expectSame(const NodeView& view, int from, int to, const char* what) const {
    const auto& made = graph_.tensors[from];
    const auto& wanted = graph_.tensors[to];
    if (made.info.type != wanted.info.type || made.shape != wanted.shape) {
      return view.unsupported("call-results", "{} is {} of {}, {} makes {} of {}",
                              tensorText(static_cast<std::size_t>(to), wanted),
                              shapeText(wanted.shape), elementTypeName(wanted.info.type), what,
                              shapeText(made.shape), elementTypeName(made.info.type));
    }
    return {};
  }

  Verdict checkIf(const NodeView& view) {
    const auto& node = view.node();
    PRIMER_TRY(expectShapes(view));
    PRIMER_TRY(expectCondition(view, node.inputs[0]));
    for (const auto index : node.blocks) {
      PRIMER_TRY(checkBlock(index));
      const auto& block = graph_.blocks[index];
      for (std::size_t i = 0; i < node.outputs.size(); ++i) {
        const auto to = static_cast<std::size_t>(node.outputs[i]);
        const auto& made = graph_.tensors[block.outputs[i]];
        if (!made.shape_known) return view.damaged("shape-known", "a result has no shape");
        if (!graph_.tensors[to].shape_known) {
          PRIMER_TRY(applyShape(view, graph_.tensors[to], to, made.shape, limits_));
        }
        PRIMER_TRY(expectSame(view, block.outputs[i], node.outputs[i], "a branch"));
      }
    }
    return {};
  }

  Verdict checkWhile(const NodeView& view) {
    const auto& node = view.node();
    PRIMER_TRY(expectShapes(view));
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      const auto to = static_cast<std::size_t>(node.outputs[i]);
      PRIMER_TRY(
          applyShape(view, graph_.tensors[to], to, graph_.tensors[node.inputs[i]].shape, limits_));
      PRIMER_TRY(expectSame(view, node.inputs[i], node.outputs[i], "the first turn"));
    }
    PRIMER_TRY(checkBlock(node.blocks[0]));
    PRIMER_TRY(expectCondition(view, graph_.blocks[node.blocks[0]].outputs[0]));
    PRIMER_TRY(checkBlock(node.blocks[1]));
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
      PRIMER_TRY(
          expectSame(view, graph_.blocks[node.blocks[1]].outputs[i], node.outputs[i], "a turn"));
    }
    return {};
  }

  Graph& graph_;
  const Limits& limits_;
  Error reason_;
  std::vector<bool> known_;  // when a session is made
};

}  // namespace

Status setShape(Tensor& tensor, std::size_t index, Shape shape, const Limits& limits) {
  if (shape.size() > kMaxRank ||
      std::any_of(shape.begin(), shape.end(), [](std::int32_t dim) { return dim < 0; })) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("shape: {} cannot be {}", tensorText(index, tensor), shapeText(shape)));
  }
  const auto bytes = tensorBytes(shape, tensor.info.type, limits.max_arena_bytes);
  if (!bytes) return fail(bytes.error().withContext(tensorText(index, tensor)));
  tensor.shape = std::move(shape);
  tensor.shape_known = true;
  tensor.info.shape = tensor.shape;
  tensor.info.bytes = *bytes;
  return {};
}

Status checkGraph(Graph& graph, const Limits& limits) {
  Checker checker(graph, limits);
  if (!checker.checkBlock(0)) return fail(checker.reason());
  return {};
}

}  // namespace primer::inference
