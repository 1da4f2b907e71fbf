#include "kernels/reference/lstm_basic.h"

#include <algorithm>
#include <cmath>

#include "ops/lstm.h"

namespace primer::inference::reference {
namespace {

enum BasicGate : std::uint8_t { kIn, kCandidate, kForget, kOut };

float logisticOf(float x) { return 1.0f / (1.0f + std::exp(-x)); }

void runBasicLstm(const BasicLstmLayer& layer, const KernelIo& io) noexcept {
  const std::int64_t width = layer.depth + layer.cells;
  const std::int64_t gates = static_cast<std::int64_t>(kLstmGates) * layer.cells;
  for (std::int64_t row = 0; row < layer.rows; ++row) {
    float* side_by_side = io.out<float>(2) + row * width;
    std::copy_n(io.in<float>(0) + row * layer.depth, layer.depth, side_by_side);
    std::copy_n(io.in<float>(1) + row * layer.cells, layer.cells, side_by_side + layer.depth);
    float* sums = io.out<float>(3) + row * gates;
    for (std::int64_t k = 0; k < gates; ++k) {
      const float* weights = io.in<float>(2) + k * width;
      float sum = 0.0f;
      for (std::int64_t i = 0; i < width; ++i) sum += side_by_side[i] * weights[i];
      sums[k] = sum + io.in<float>(3)[k];
    }
    for (std::int64_t k = 0; k < layer.cells; ++k) {
      const auto gate = [&](BasicGate which) { return sums[which * layer.cells + k]; };
      const std::int64_t at = row * layer.cells + k;
      const float cell = logisticOf(gate(kIn)) * std::tanh(gate(kCandidate)) +
                         logisticOf(gate(kForget)) * io.in<float>(4)[at];
      io.out<float>(1)[at] = cell;
      io.out<float>(0)[at] = logisticOf(gate(kOut)) * std::tanh(cell);
    }
  }
}

}  // namespace

[[gnu::cold]] Checked<PreparedNode> prepareBasicLstm(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, basicLstmLayer(node));
  return costing(makePrepared<runBasicLstm>(layer), 0, layer.macs());
}

}  // namespace primer::inference::reference
