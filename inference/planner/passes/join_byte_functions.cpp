#include <array>
#include <cstring>

#include "planner/graph_use.h"
#include "planner/passes/passes.h"

namespace primer::inference {
namespace {

using tflite::BuiltinOperator;

constexpr std::size_t kBytes = 256;

// Operators whose every result depends on the one element at its place.
bool isOfSingleElements(const Node& node) {
  switch (node.op) {
    case BuiltinOperator::QUANTIZE:
    case BuiltinOperator::DEQUANTIZE:
    case BuiltinOperator::CAST:
    case BuiltinOperator::RELU:
    case BuiltinOperator::RELU6:
    case BuiltinOperator::RELU_N1_TO_1:
    case BuiltinOperator::RELU_0_TO_1:
    case BuiltinOperator::LEAKY_RELU:
    case BuiltinOperator::LOGISTIC:
    case BuiltinOperator::TANH:
    case BuiltinOperator::HARD_SWISH:
    case BuiltinOperator::ELU:
    case BuiltinOperator::GELU:
    case BuiltinOperator::ABS:
    case BuiltinOperator::NEG:
    case BuiltinOperator::SQUARE:
    case BuiltinOperator::EXP:
    case BuiltinOperator::LOG:
    case BuiltinOperator::SQRT:
    case BuiltinOperator::RSQRT:
    case BuiltinOperator::SIN:
    case BuiltinOperator::COS:
    case BuiltinOperator::FLOOR:
    case BuiltinOperator::CEIL:
    case BuiltinOperator::ROUND:
    case BuiltinOperator::SIGN:
      return node.inputs.size() == 1 && node.outputs.size() == 1 && !node.once;
    default:
      return false;
  }
}

bool hasOneScale(const Tensor& tensor) { return tensor.quantization().scales.size() <= 1; }

class Chains {
 public:
  Chains(Graph& graph, CpuLevel level) : graph_(graph), use_(graph), level_(level) {}

  Status join() {
    std::vector<bool> gone(graph_.nodes.size(), false);
    std::vector<bool> seen(graph_.nodes.size(), false);
    for (auto* first : runningNodes(graph_)) {
      if (seen[first->index] || !canBegin(*first)) continue;
      const auto chain = chainFrom(*first);
      for (const auto* node : chain) seen[node->index] = true;
      if (chain.size() < 2 && !mayChangeNothing(*first)) continue;
      PRIMER_ASSIGN(auto map, evaluate(chain));
      if (!map || (chain.size() < 2 && !map->isIdentity())) continue;
      auto& last = *chain.back();
      last.inputs = {first->inputs[0]};
      last.joined.map = std::move(map);
      for (const auto* node : chain) gone[node->index] = node != &last;
    }
    dropNodes(graph_, gone);
    return {};
  }

 private:
  const Tensor& input(const Node& node) const { return graph_.tensors[node.inputs[0]]; }
  const Tensor& output(const Node& node) const { return graph_.tensors[node.outputs[0]]; }

  bool fits(const Node& node) const {
    return isOfSingleElements(node) && node.inputs[0] != kNoTensor && hasOneScale(input(node)) &&
           hasOneScale(output(node));
  }

  // The chain is run at its end: what it begins with must still be there, unchanged.
  bool canBegin(const Node& node) const {
    if (!fits(node) || input(node).is_variable) return false;
    const auto type = input(node).info.type;
    return type == ElementType::kInt8 || type == ElementType::kUint8;
  }

  // From one scale to the same.
  bool mayChangeNothing(const Node& node) const {
    return node.op == BuiltinOperator::QUANTIZE && input(node).info.type == output(node).info.type;
  }

  std::vector<Node*> chainFrom(Node& first) {
    std::vector<Node*> chain = {&first};
    while (use_.isLink(chain.back()->outputs[0])) {
      auto& next = graph_.nodes[use_.readersOf(chain.back()->outputs[0])[0]];
      if (!fits(next)) break;
      chain.push_back(&next);
    }
    return chain;
  }

  // The chain's results for every byte, from its own kernels; null where a kernel is missing.
  Result<std::shared_ptr<const ByteMap>> evaluate(const std::vector<Node*>& chain) const {
    Graph line;
    line.tensors.push_back(lineTensor(input(*chain.front())));
    for (const auto* node : chain) line.tensors.push_back(lineTensor(output(*node)));
    for (auto& tensor : line.tensors) tensor.info.shape = tensor.shape;
    std::vector<std::byte> now(kBytes);
    for (std::size_t i = 0; i < kBytes; ++i) now[i] = static_cast<std::byte>(i);
    for (std::size_t i = 0; i < chain.size(); ++i) {
      Node node = *chain[i];
      node.inputs = {static_cast<int>(i)};
      node.outputs = {static_cast<int>(i) + 1};
      Error reason;
      const NodeView view(line, node, &reason);
      const auto* row = findKernel(level_, view);
      if (row == nullptr) return nullptr;
      auto prepared = row->prepare(view);
      if (!prepared) return fail(reason.withContext(nodeText(node)));
      prepared->packNow();
      AlignedBlock in(now.size());
      AlignedBlock out(line.tensors[i + 1].info.bytes);
      AlignedBlock scratch(prepared->scratch_bytes);
      if (!in.ok() || !out.ok() || !scratch.ok()) return nullptr;
      std::memcpy(in.data(), now.data(), now.size());
      const std::array<const std::byte*, 1> inputs = {in.data()};
      const std::array<std::byte*, 1> outputs = {out.data()};
      prepared->run(prepared->params.get(), {inputs.data(), outputs.data(), scratch.data()});
      now.assign(out.data(), out.data() + out.size());
    }
    auto map = std::make_shared<ByteMap>();
    map->results = std::move(now);
    map->result_bytes = elementBytes(output(*chain.back()).info.type);
    return map;
  }

  static Tensor lineTensor(const Tensor& model) {
    Tensor tensor;
    tensor.info.type = model.info.type;
    tensor.info.quantization = model.info.quantization;
    tensor.shape = {static_cast<std::int32_t>(kBytes)};
    tensor.info.bytes = kBytes * elementBytes(model.info.type);
    return tensor;
  }

  Graph& graph_;
  GraphUse use_;
  CpuLevel level_;
};

}  // namespace

bool ByteMap::isIdentity() const {
  if (result_bytes != 1) return false;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i] != static_cast<std::byte>(i)) return false;
  }
  return true;
}

Status joinByteFunctions(Graph& graph, CpuLevel level) { return Chains(graph, level).join(); }

}  // namespace primer::inference
