// BATCH_MATMUL in float, int8 and int16.

#include "ops/batch_matmul.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>

#include "kernels/fixed_point.h"
#include "kernels/reference/rows.h"

namespace primer::inference::reference {
namespace {

// output(r, c, product): where a sum goes. T is the type of the operands, Sum that of the sums.
template <typename T, typename Sum, typename Output>
void multiplyOne(const BatchMatMulLayer& layer, const T* a, const T* b, Sum zero_a, Sum zero_b,
                 const Output& output) {
  const std::int64_t a_row = layer.transposed_a ? 1 : layer.depth;
  const std::int64_t a_step = layer.transposed_a ? layer.rows : 1;
  const std::int64_t b_column = layer.transposed_b ? layer.depth : 1;
  const std::int64_t b_step = layer.transposed_b ? 1 : layer.columns;
  for (std::int64_t r = 0; r < layer.rows; ++r) {
    for (std::int64_t c = 0; c < layer.columns; ++c) {
      Sum sum = 0;
      for (std::int64_t k = 0; k < layer.depth; ++k) {
        const T left = a[r * a_row + k * a_step];
        const T right = b[c * b_column + k * b_step];
        if constexpr (std::is_same_v<T, float>) {
          sum += left * right;
        } else {
          sum += (left - zero_a) * (right - zero_b);
        }
      }
      output(sum);
    }
  }
}

// Calls multiply(a, b) for each pair of matrices.
template <typename T, typename Multiply>
void forEachPair(const BatchMatMulLayer& layer, std::size_t loop, const T* a, const T* b,
                 const Multiply& multiply) {
  if (loop == layer.loops.size()) return multiply(a, b);
  const auto& here = layer.loops[loop];
  for (std::int64_t i = 0; i < here.count; ++i) {
    forEachPair(layer, loop + 1, a + i * here.step_a, b + i * here.step_b, multiply);
  }
}

template <typename Sum>
struct MatMulParams {
  BatchMatMulLayer layer;
  // Of integers.
  Sum zero_a = 0;
  Sum zero_b = 0;
  std::conditional_t<std::is_same_v<Sum, std::int64_t>, WordRounding, DoubleRounding> rounding;
  std::int32_t output_zero_point = 0;
};

template <typename T, typename Sum>
void runMatMul(const MatMulParams<Sum>& params, const KernelIo& io) noexcept {
  T* out = io.out<T>(0);
  const auto output = [&](Sum sum) {
    if constexpr (std::is_same_v<Sum, float>) {
      *out++ = sum;
    } else if constexpr (std::is_same_v<Sum, std::int64_t>) {
      const std::int64_t scaled = params.rounding(sum, 0) + params.output_zero_point;
      *out++ = static_cast<T>(std::clamp<std::int64_t>(scaled, std::numeric_limits<T>::min(),
                                                       std::numeric_limits<T>::max()));
    } else {
      *out++ = saturate<T>(wrappingAdd(params.rounding(sum), params.output_zero_point));
    }
  };
  forEachPair(params.layer, 0, io.in<T>(0), io.in<T>(1), [&](const T* a, const T* b) {
    multiplyOne<T, Sum>(params.layer, a, b, params.zero_a, params.zero_b, output);
  });
}

template <typename T, typename Sum>
[[gnu::cold]] Checked<PreparedNode> prepareMatMul(const NodeView& node) {
  MatMulParams<Sum> params;
  PRIMER_ASSIGN(params.layer, batchMatMulLayer(node));
  const auto macs = static_cast<std::uint64_t>(elementCount(params.layer.output_shape)) *
                    static_cast<std::uint64_t>(params.layer.depth);
  if constexpr (!std::is_same_v<Sum, float>) {
    for (const auto* tensor : {&node.input(0), &node.input(1), &node.output(0)}) {
      PRIMER_TRY(node.expectPerTensor(*tensor, "operand or output"));
    }
    // Products of two differences of bytes, and of two words in 64 bits.
    constexpr std::int64_t kMostDepth = 1 << 15;
    if (params.layer.depth > kMostDepth) {
      return node.damaged("accumulation-depth", "{} products in a sum", params.layer.depth);
    }
    const auto& a = node.input(0).quantization();
    const auto& b = node.input(1).quantization();
    const auto& out = node.output(0).quantization();
    params.zero_a = static_cast<Sum>(a.zeroPoint());
    params.zero_b = static_cast<Sum>(b.zeroPoint());
    params.output_zero_point = static_cast<std::int32_t>(out.zeroPoint());
    // The first product in float, as the specification takes it.
    params.rounding = decltype(params.rounding)(quantizeMultiplier(
        static_cast<double>(a.scale() * b.scale()) / static_cast<double>(out.scale())));
  }
  return costing(makePrepared<runMatMul<T, Sum>>(std::move(params)), 0, macs);
}

template <typename T, typename Sum>
constexpr KernelRow row() {
  constexpr auto kType = kElementTypeOf<T>;
  return {tflite::BuiltinOperator::BATCH_MATMUL, kType, kType, kType, prepareMatMul<T, Sum>};
}
constexpr std::array kRows = {row<float, float>(), row<std::int8_t, std::int32_t>(),
                              row<std::int16_t, std::int64_t>()};

}  // namespace

std::span<const KernelRow> batchMatMulRows() { return kRows; }

}  // namespace primer::inference::reference
