#include "src/graph.h"
#include "src/list_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace primer::inference {

std::size_t elementCount(std::span<const std::int32_t> shape) {
  std::size_t count = 1;
  for (const auto dim : shape) count *= static_cast<std::size_t>(dim);
  return count;
}

Result<std::uint64_t> tensorBytes(std::span<const std::int32_t> shape, ElementType type,
                                  std::uint64_t most) {
  std::uint64_t bytes = std::max<std::uint64_t>(elementBytes(type), 1);
  for (const auto dim : shape) {
    bytes *= static_cast<std::uint64_t>(std::max(dim, 1));
    if (bytes > most) {
      return fail(ErrorCode::kLimitExceeded,
                  fmt::format("tensor-bytes: {} of {} needs more than {} bytes", shapeText(shape),
                              elementTypeName(type), most));
    }
  }
  return elementCount(shape) * elementBytes(type);
}

std::string shapeText(std::span<const std::int32_t> shape) {
  return shape.empty() ? "scalar" : listText(shape, "x");
}

std::size_t elementBytes(ElementType type) {
  switch (type) {
    case ElementType::kInt8:
    case ElementType::kUint8:
    case ElementType::kBool:
      return 1;
    case ElementType::kInt16:
    case ElementType::kUint16:
    case ElementType::kFloat16:
    case ElementType::kBfloat16:
      return 2;
    case ElementType::kFloat32:
    case ElementType::kInt32:
    case ElementType::kUint32:
      return 4;
    case ElementType::kInt64:
    case ElementType::kUint64:
    case ElementType::kFloat64:
    case ElementType::kComplex64:
      return 8;
    case ElementType::kComplex128:
      return 16;
    default:
      return 0;
  }
}

namespace {

void appendBlock(const Graph& graph, const Block& block, std::vector<std::size_t>& order) {
  for (const auto index : block.order) {
    order.push_back(index);
    for (const auto called : graph.nodes[index].blocks) {
      appendBlock(graph, graph.blocks[called], order);
    }
  }
}

}  // namespace

std::vector<std::size_t> programOrder(const Graph& graph) {
  std::vector<std::size_t> order;
  order.reserve(graph.nodes.size());
  appendBlock(graph, graph.entry(), order);
  return order;
}

std::string nodeText(const Node& node) {
  const auto place = fmt::format("operator {} {}", node.position, node.name);
  return node.subgraph == 0 ? place : fmt::format("subgraph {} {}", node.subgraph, place);
}

std::string printable(std::string_view name) {
  constexpr std::size_t kMostCharacters = 80;
  std::string text(name.substr(0, kMostCharacters));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

std::string tensorText(std::size_t index, const Tensor& tensor) {
  return fmt::format("tensor {} '{}'", index, printable(tensor.info.name));
}

}  // namespace primer::inference
