#include <algorithm>

#include "ops/gather.h"
#include "ops/operators.h"
#include "ops/rearrange.h"
#include "ops/strided_copy.h"
#include "planner/graph_use.h"
#include "planner/passes/passes.h"

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;

// What kernels may rely on: KernelIo.
constexpr std::uint64_t kTensorAlignment = 16;
// Views of a part are weighed against the memory that they could cost, each by a look at all nodes.
constexpr std::size_t kMostLookedAt = 200'000;

class ViewSharer {
 public:
  ViewSharer(Graph& graph, std::span<const NodeNeeds> needs)
      : graph_(graph),
        needs_(needs),
        use_(graph),
        holds_input_(use_.is_input),
        holds_result_(use_.is_result),
        gone_(graph.nodes.size(), false) {}

  void share() {
    // Joined tensors first: what is renamed on its way there then follows.
    for (const auto* node : runningNodes(graph_)) {
      if (isConcatenation(*node)) weigh(*node, &ViewSharer::shareParts);
    }
    for (const auto* node : runningNodes(graph_)) {
      if (!gone_[node->index] && shareWhole(*node)) gone_[node->index] = true;
    }
    for (const auto* node : runningNodes(graph_)) {
      if (!gone_[node->index]) weigh(*node, &ViewSharer::shareSlices);
    }
    dropNodes(graph_, gone_);
  }

 private:
  Tensor& tensor(int index) { return graph_.tensors[index]; }

  static bool isConcatenation(const Node& node) {
    return node.op == BuiltinOperator::CONCATENATION || node.op == BuiltinOperator::PACK;
  }

  int rootOf(int index) const {
    while (graph_.tensors[index].alias_of != kNoTensor) index = graph_.tensors[index].alias_of;
    return index;
  }

  // Lies in the arena and belongs to one block.
  bool isPlain(int index) const {
    const auto& one = graph_.tensors[index];
    const auto writer = use_.writer[index];
    const bool in_run = writer == kNobody ? use_.is_input[index] : !graph_.nodes[writer].once;
    return in_run && !one.is_constant && !one.is_variable && !use_.is_fixed[index];
  }

  // Gives `view` the bytes of `of`, from `offset` on, if nothing stands against it.
  bool alias(int view, int of, std::uint64_t offset) {
    auto& one = tensor(view);
    if (one.alias_of != kNoTensor || use_.is_input[view] || !isPlain(view) || !isPlain(of))
      return false;
    const int root = rootOf(of);
    if (root == view || offset % kTensorAlignment != 0) return false;
    // Outputs keep their bytes while the next inputs are written.
    if ((holds_input_[root] || holds_input_[view]) &&
        (holds_result_[root] || holds_result_[view])) {
      return false;
    }
    one.alias_of = of;
    one.alias_offset = offset;
    changed_.push_back({view, root, holds_input_[root], holds_result_[root]});
    if (holds_input_[view]) holds_input_[root] = true;
    if (holds_result_[view]) holds_result_[root] = true;
    return true;
  }

  void undo() {
    for (auto change = changed_.rbegin(); change != changed_.rend(); ++change) {
      tensor(change->view).alias_of = kNoTensor;
      tensor(change->view).alias_offset = 0;
      holds_input_[change->root] = change->root_held_input;
      holds_result_[change->root] = change->root_held_result;
    }
    changed_.clear();
  }

  // Does what `attempt` can if the graph then needs no more memory at once than before.
  void weigh(const Node& node, bool (ViewSharer::*attempt)(const Node&)) {
    changed_.clear();
    if (weighed_ * graph_.nodes.size() > kMostLookedAt) return;
    if (!(this->*attempt)(node)) return undo();
    ++weighed_;
    if (!bound_) bound_ = boundWithout();
    gone_[node.index] = true;
    const auto bound = boundNow();
    if (bound <= *bound_) {
      bound_ = bound;
      return;
    }
    gone_[node.index] = false;
    undo();
  }

  std::uint64_t boundNow() const { return liveBound(graph_, needs_); }

  std::uint64_t boundWithout() {
    std::vector<std::pair<int, std::uint64_t>> kept;
    for (const auto& change : changed_) {
      kept.emplace_back(tensor(change.view).alias_of, tensor(change.view).alias_offset);
      tensor(change.view).alias_of = kNoTensor;
    }
    const auto bound = liveBound(graph_, needs_);
    for (std::size_t i = 0; i < changed_.size(); ++i) {
      tensor(changed_[i].view).alias_of = kept[i].first;
      tensor(changed_[i].view).alias_offset = kept[i].second;
    }
    return bound;
  }

  bool shareParts(const Node& node) {
    const NodeView view(graph_, node);
    const auto layer =
        node.op == BuiltinOperator::PACK ? packLayer(view) : concatenationLayer(view);
    if (!layer || layer->outer != 1 || node.once) return false;
    const int whole = node.outputs[0];
    const auto size = elementBytes(tensor(whole).info.type);
    std::uint64_t offset = 0;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      const int part = node.inputs[i];
      const auto bytes = static_cast<std::uint64_t>(layer->counts[i]) * size;
      // uint8 parts may have to be brought to another scale.
      const bool moves =
          tensor(part).quantization().scale() == tensor(whole).quantization().scale() &&
          tensor(part).quantization().zeroPoint() == tensor(whole).quantization().zeroPoint();
      const bool same_block = use_.writer[part] != kNobody &&
                              use_.block_of[use_.writer[part]] == use_.block_of[node.index];
      if (!moves || !same_block || bytes == 0 || bytes != tensor(part).info.bytes ||
          graph_.nodes[use_.writer[part]].once || !alias(part, whole, offset)) {
        return false;
      }
      offset += bytes;
    }
    return true;
  }

  bool shareWhole(const Node& node) {
    if (node.once || node.inputs.empty() || node.outputs.size() != 1) return false;
    const int in = node.inputs[0];
    const int out = node.outputs[0];
    if (in == kNoTensor || tensor(in).info.bytes != tensor(out).info.bytes ||
        tensor(in).info.bytes == 0 || !renames(node)) {
      return false;
    }
    changed_.clear();
    return alias(out, in, 0) || (use_.writer[in] != kNobody && alias(in, out, 0));
  }

  bool renames(const Node& node) const {
    if (node.op == BuiltinOperator::RESHAPE) return true;
    if (node.joined.map != nullptr) return node.joined.map->isIdentity();
    const auto offsets = runOffsets(node);
    return offsets && offsets->size() == 1 && (*offsets)[0] == 0;
  }

  // Where each output begins in input 0, in bytes, if each is one run of it.
  std::optional<std::vector<std::uint64_t>> runOffsets(const Node& node) const {
    const auto* rule = findOperator(node.op);
    if (rule == nullptr || rule->check != checkStridedCopy || node.custom != nullptr)
      return std::nullopt;
    const auto copies = stridedCopies(NodeView(graph_, node));
    if (!copies) return std::nullopt;
    std::vector<std::uint64_t> offsets;
    for (const auto& copy : *copies) {
      const auto loops = mergedLoops(copy.loops);
      if (loops.size() != 1 || (loops[0].step != 1 && loops[0].count != 1) || copy.offset < 0)
        return std::nullopt;
      const auto& type = graph_.tensors[node.inputs[copy.input]].info.type;
      offsets.push_back(static_cast<std::uint64_t>(copy.offset) * elementBytes(type));
    }
    return offsets;
  }

  bool shareSlices(const Node& node) {
    if (node.once) return false;
    const auto offsets = runOffsets(node);
    if (!offsets) return false;
    const auto copies = stridedCopies(NodeView(graph_, node));
    for (std::size_t i = 0; i < offsets->size(); ++i) {
      const int source = node.inputs[(*copies)[i].input];
      if (tensor(node.outputs[i]).info.bytes == 0 ||
          !alias(node.outputs[i], source, (*offsets)[i])) {
        return false;
      }
    }
    return true;
  }

  Graph& graph_;
  std::span<const NodeNeeds> needs_;
  GraphUse use_;
  std::vector<bool> holds_input_;   // of each root: an input of the graph lies there
  std::vector<bool> holds_result_;  // ... an output
  std::vector<bool> gone_;
  // What the attempt that is made has done, and how it is undone.
  struct Change {
    int view;
    int root;
    bool root_held_input;
    bool root_held_result;
  };
  std::vector<Change> changed_;
  std::optional<std::uint64_t> bound_;
  std::size_t weighed_ = 0;
};

}  // namespace

void shareViews(Graph& graph, std::span<const NodeNeeds> needs) {
  ViewSharer(graph, needs).share();
}

}  // namespace primer::inference
