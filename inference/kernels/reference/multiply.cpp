// MUL of quantised operands: the product of two differences from the zero points, requantised.

#include <array>

#include "kernels/fixed_point.h"
#include "kernels/reference/broadcast_loop.h"
#include "kernels/reference/rows.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

struct MultiplyParams {
  Broadcast broadcast;
  std::int32_t zero_point_a = 0;
  std::int32_t zero_point_b = 0;
  DoubleRounding rounding;
  std::int32_t output_zero_point = 0;
  IntegerRange range;
};

template <typename T>
void runMultiply(const MultiplyParams& params, const KernelIo& io) noexcept {
  T* out = io.out<T>(0);
  const auto row = [&](const T* a, const T* b, T* to, std::int64_t count, std::int64_t step_a,
                       std::int64_t step_b) {
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int32_t product =
          (a[i * step_a] - params.zero_point_a) * (b[i * step_b] - params.zero_point_b);
      const std::int32_t scaled = wrappingAdd(params.rounding(product), params.output_zero_point);
      to[i] = static_cast<T>(std::clamp(scaled, params.range.low, params.range.high));
    }
  };
  broadcastRows(params.broadcast, 0, io.in<T>(0), io.in<T>(1), out, row);
}

template <typename T>
[[gnu::cold]] Result<PreparedNode> prepareMultiply(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, binaryLayer(node));
  const auto& a = node.input(0).quantization();
  const auto& b = node.input(1).quantization();
  const auto& out = node.output(0).quantization();
  if (std::is_same_v<T, std::int16_t> &&
      (a.zeroPoint() != 0 || b.zeroPoint() != 0 || out.zeroPoint() != 0)) {
    return NodeView::damaged("word-zero-point", "int16 needs zero points of 0");
  }
  MultiplyParams params;
  params.broadcast = std::move(layer.broadcast);
  params.zero_point_a = static_cast<std::int32_t>(a.zeroPoint());
  params.zero_point_b = static_cast<std::int32_t>(b.zeroPoint());
  params.output_zero_point = static_cast<std::int32_t>(out.zeroPoint());
  // In float, as the specification takes it.
  params.rounding =
      DoubleRounding(quantizeMultiplier(static_cast<double>(a.scale() * b.scale() / out.scale())));
  params.range = activationRange(layer.activation, node.output(0));
  return inPlace(makePrepared<runMultiply<T>>(std::move(params)), kOverInput0Or1);
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
