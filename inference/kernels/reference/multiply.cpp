// MUL of quantised operands: the product of two differences from the zero points, requantised.

#include <array>

#include "kernels/fixed_point.h"
#include "kernels/reference/broadcast_loop.h"
#include "kernels/reference/rows.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

struct MultiplyParams {
  PairLoop loop;
  PairRow row = nullptr;
  std::int32_t zero_point_a = 0;
  std::int32_t zero_point_b = 0;
  DoubleRounding rounding;
  std::int32_t output_zero_point = 0;
  IntegerRange range;
};

template <typename T>
void multiplyRow(const MultiplyParams& params, const T* a, const T* b, T* to, std::int64_t count) {
  PRIMER_ELEMENTWISE
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int32_t product = (a[i] - params.zero_point_a) * (b[i] - params.zero_point_b);
    const std::int32_t scaled = wrappingAdd(params.rounding(product), params.output_zero_point);
    to[i] = static_cast<T>(std::clamp(scaled, params.range.low, params.range.high));
  }
}

void runMultiply(const MultiplyParams& params, const KernelIo& io) noexcept {
  runPairs(params.loop, params.row, &params, io);
}

[[gnu::cold]] Checked<PreparedNode> prepareMultiplyBy(const NodeView& node, PairRow row) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  const auto& a = node.input(0).quantization();
  const auto& b = node.input(1).quantization();
  const auto& out = node.output(0).quantization();
  const auto type = node.input(0).info.type;
  if (type == ElementType::kInt16 &&
      (a.zeroPoint() != 0 || b.zeroPoint() != 0 || out.zeroPoint() != 0)) {
    return node.damaged("word-zero-point", "int16 needs zero points of 0");
  }
  MultiplyParams params;
  const auto bytes = static_cast<std::int64_t>(elementBytes(type));
  params.loop = {std::move(layer.broadcast), bytes, bytes};
  params.row = row;
  params.zero_point_a = static_cast<std::int32_t>(a.zeroPoint());
  params.zero_point_b = static_cast<std::int32_t>(b.zeroPoint());
  params.output_zero_point = static_cast<std::int32_t>(out.zeroPoint());
  // In float, as the specification takes it.
  params.rounding =
      DoubleRounding(quantizeMultiplier(static_cast<double>(a.scale() * b.scale() / out.scale())));
  params.range = activationRange(layer.activation, node.output(0));
  return inPlace(makePrepared<runMultiply>(std::move(params)), kOverInput0Or1);
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareMultiply(const NodeView& node) {
  return prepareMultiplyBy(node, kPairRow<multiplyRow<T>, MultiplyParams, T, T>);
}

template <typename T>
constexpr KernelRow row() {
  constexpr auto kType = kElementTypeOf<T>;
  return {tflite::BuiltinOperator::MUL, kType, kType, kType, prepareMultiply<T>};
}
constexpr std::array kRows = {row<std::int8_t>(), row<std::uint8_t>(), row<std::int16_t>()};

}  // namespace

std::span<const KernelRow> multiplyRows() { return kRows; }

}  // namespace primer::inference::reference
