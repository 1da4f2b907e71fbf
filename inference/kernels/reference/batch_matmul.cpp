// BATCH_MATMUL in float.

#include "ops/batch_matmul.h"

#include <array>

#include "kernels/reference/rows.h"

namespace primer::inference::reference {
namespace {

struct MatMulParams {
  BatchMatMulLayer layer;
};

void multiplyOne(const BatchMatMulLayer& layer, const float* a, const float* b, float* out) {
  const std::int64_t a_row = layer.transposed_a ? 1 : layer.depth;
  const std::int64_t a_step = layer.transposed_a ? layer.rows : 1;
  const std::int64_t b_column = layer.transposed_b ? layer.depth : 1;
  const std::int64_t b_step = layer.transposed_b ? 1 : layer.columns;
  for (std::int64_t r = 0; r < layer.rows; ++r) {
    for (std::int64_t c = 0; c < layer.columns; ++c) {
      float sum = 0.0f;
      for (std::int64_t k = 0; k < layer.depth; ++k) {
        sum += a[r * a_row + k * a_step] * b[c * b_column + k * b_step];
      }
      *out++ = sum;
    }
  }
}

float* multiplyBatches(const BatchMatMulLayer& layer, std::size_t loop, const float* a,
                       const float* b, float* out) {
  if (loop == layer.loops.size()) {
    multiplyOne(layer, a, b, out);
    return out + layer.rows * layer.columns;
  }
  const auto& here = layer.loops[loop];
  for (std::int64_t i = 0; i < here.count; ++i) {
    out = multiplyBatches(layer, loop + 1, a + i * here.step_a, b + i * here.step_b, out);
  }
  return out;
}

void runMatMul(const MatMulParams& params, const KernelIo& io) noexcept {
  multiplyBatches(params.layer, 0, io.in<float>(0), io.in<float>(1), io.out<float>(0));
}

Result<PreparedNode> prepareMatMul(const NodeView& node) {
  PRIMER_ASSIGN(auto layer, batchMatMulLayer(node));
  const auto macs = static_cast<std::uint64_t>(elementCount(layer.output_shape)) *
                    static_cast<std::uint64_t>(layer.depth);
  return costing(makePrepared<runMatMul>(MatMulParams{std::move(layer)}), 0, macs);
}

constexpr std::array kRows = {
    KernelRow{tflite::BuiltinOperator::BATCH_MATMUL, ElementType::kFloat32, ElementType::kFloat32,
              ElementType::kFloat32, prepareMatMul},
};

}  // namespace

std::span<const KernelRow> batchMatMulRows() { return kRows; }

}  // namespace primer::inference::reference
