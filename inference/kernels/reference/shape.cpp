// SHAPE, RANK, FILL, RANGE and ZEROS_LIKE.

#include <cstring>

#include "kernels/reference/rows.h"
#include "ops/operators.h"

namespace primer::inference::reference {
namespace {

using tflite::BuiltinOperator;

// What comes out is known when the node is prepared.
struct KnownParams {
  std::vector<std::byte> bytes;
};

void runKnown(const KnownParams& params, const KernelIo& io) noexcept {
  if (!params.bytes.empty()) std::memcpy(io.outputs[0], params.bytes.data(), params.bytes.size());
}

template <typename T>
PreparedNode known(const std::vector<T>& values) {
  KnownParams params;
  params.bytes.resize(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(params.bytes.data(), values.data(), params.bytes.size());
  return makePrepared<runKnown>(std::move(params));
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareShape(const NodeView& node) {
  PRIMER_TRY(checkShape(node));
  const auto& shape = node.input(0).shape;
  if (node.node().op == BuiltinOperator::RANK) return known<T>({static_cast<T>(shape.size())});
  return known<T>({shape.begin(), shape.end()});
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareRange(const NodeView& node) {
  PRIMER_ASSIGN(const auto shapes, checkShape(node));
  T start{};
  T delta{};
  std::memcpy(&start, node.input(0).constant.data(), sizeof(T));
  std::memcpy(&delta, node.input(2).constant.data(), sizeof(T));
  std::vector<T> values;
  const std::size_t count = elementCount(shapes[0]);
  // Added up step by step, as the specification does it: in float that is not a product.
  for (T value = start; values.size() < count; value += delta) {
    values.push_back(value);
    if (values.size() == count) break;
  }
  return known(values);
}

struct FillParams {
  std::int64_t count = 0;
  bool zeros = false;
};

template <typename Word>
void runFill(const FillParams& params, const KernelIo& io) noexcept {
  std::fill_n(io.out<Word>(0), params.count, params.zeros ? Word{0} : *io.in<Word>(1));
}

[[gnu::cold]] Checked<PreparedNode> prepareFill(const NodeView& node) {
  PRIMER_ASSIGN(const auto shapes, checkShape(node));
  const FillParams params{static_cast<std::int64_t>(elementCount(shapes[0])),
                          node.node().op == BuiltinOperator::ZEROS_LIKE};
  switch (elementBytes(node.output(0).info.type)) {
    case 1:
      return makePrepared<runFill<std::uint8_t>>(params);
    case 2:
      return makePrepared<runFill<std::uint16_t>>(params);
    case 4:
      return makePrepared<runFill<std::uint32_t>>(params);
    default:
      return makePrepared<runFill<std::uint64_t>>(params);
  }
}

std::vector<KernelRow> makeRows() {
  std::vector<KernelRow> rows;
  for (const auto type :
       {ElementType::kFloat32, ElementType::kInt8, ElementType::kUint8, ElementType::kInt16,
        ElementType::kInt32, ElementType::kInt64, ElementType::kBool}) {
    rows.push_back(
        {BuiltinOperator::SHAPE, type, {}, ElementType::kInt32, prepareShape<std::int32_t>});
    rows.push_back(
        {BuiltinOperator::SHAPE, type, {}, ElementType::kInt64, prepareShape<std::int64_t>});
    rows.push_back(
        {BuiltinOperator::RANK, type, {}, ElementType::kInt32, prepareShape<std::int32_t>});
    rows.push_back({BuiltinOperator::FILL, ElementType::kInt32, type, type, prepareFill});
    rows.push_back({BuiltinOperator::FILL, ElementType::kInt64, type, type, prepareFill});
  }
  for (const auto type : {ElementType::kFloat32, ElementType::kInt32, ElementType::kInt64}) {
    rows.push_back({BuiltinOperator::ZEROS_LIKE, type, {}, type, prepareFill});
  }
  constexpr auto kRange = BuiltinOperator::RANGE;
  rows.push_back({kRange, ElementType::kFloat32, {}, ElementType::kFloat32, prepareRange<float>});
  rows.push_back(
      {kRange, ElementType::kInt32, {}, ElementType::kInt32, prepareRange<std::int32_t>});
  rows.push_back(
      {kRange, ElementType::kInt64, {}, ElementType::kInt64, prepareRange<std::int64_t>});
  return rows;
}

}  // namespace

std::span<const KernelRow> shapeRows() {
  static const std::vector<KernelRow> rows = makeRows();
  return rows;
}

}  // namespace primer::inference::reference
