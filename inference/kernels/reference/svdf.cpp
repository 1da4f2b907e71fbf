// SVDF on bytes, with a memory of int16 (Nakkiran et al., "Compressing Deep Neural Networks using a
// Rank-Constrained Topology", 2015).

#include "ops/svdf.h"

#include <array>
#include <cstring>

#include "kernels/fixed_point.h"
#include "kernels/reference/rows.h"

namespace primer::inference::reference {
namespace {

struct SvdfParams {
  SvdfLayer layer;
  std::int32_t input_zero_point = 0;
  std::int32_t output_zero_point = 0;
  DoubleRounding to_state;
  DoubleRounding to_output;
};

// The newest feature of each filter goes to the end of its memory.
void remember(const SvdfParams& params, const std::int8_t* input, const std::int8_t* weights,
              std::int16_t* state) {
  const auto& layer = params.layer;
  for (std::int64_t b = 0; b < layer.batch; ++b, input += layer.depth) {
    for (std::int64_t f = 0; f < layer.filters; ++f, state += layer.memory) {
      std::int32_t sum = 0;
      const std::int8_t* row = weights + f * layer.depth;
      for (std::int64_t k = 0; k < layer.depth; ++k) {
        sum += (input[k] - params.input_zero_point) * row[k];
      }
      state[layer.memory - 1] = saturate<std::int16_t>(params.to_state(sum));
    }
  }
}

void runSvdf(const SvdfParams& params, const KernelIo& io) noexcept {
  const auto& layer = params.layer;
  // The state is a variable: the one input that its operator writes to.
  auto* state = const_cast<std::int16_t*>(io.in<std::int16_t>(4));
  const std::int64_t elements = layer.batch * layer.filters * layer.memory;
  if (elements == 0) return;
  std::memmove(state, state + 1, static_cast<std::size_t>(elements - 1) * sizeof(*state));
  remember(params, io.in<std::int8_t>(0), io.in<std::int8_t>(1), state);
  const auto* bias = io.inputs[3] == nullptr ? nullptr : io.in<std::int32_t>(3);
  auto* out = io.out<std::int8_t>(0);
  for (std::int64_t unit = 0; unit < layer.batch * layer.units; ++unit) {
    // Wraps at 32 bits, as the specification's sums do.
    std::int64_t sum = bias == nullptr ? 0 : bias[unit % layer.units];
    for (std::int64_t r = 0; r < layer.rank; ++r) {
      const std::int64_t filter = unit * layer.rank + r;
      const auto* time = io.in<std::int16_t>(2) + filter % layer.filters * layer.memory;
      for (std::int64_t m = 0; m < layer.memory; ++m) {
        sum += time[m] * state[filter * layer.memory + m];
      }
    }
    out[unit] = saturate<std::int8_t>(
        wrappingAdd(params.to_output(static_cast<std::int32_t>(sum)), params.output_zero_point));
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareSvdf(const NodeView& node) {
  SvdfParams params;
  PRIMER_ASSIGN(params.layer, svdfLayer(node));
  const auto scale = [&](std::size_t i) { return node.input(i).quantization().scale(); };
  params.input_zero_point = static_cast<std::int32_t>(node.input(0).quantization().zeroPoint());
  params.output_zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  // In float, as the specification takes them.
  params.to_state =
      DoubleRounding(quantizeMultiplier(static_cast<double>(scale(0) * scale(1) / scale(4))));
  params.to_output = DoubleRounding(quantizeMultiplier(
      static_cast<double>(scale(4) * scale(2) / node.output(0).quantization().scale())));
  const auto& layer = params.layer;
  const auto macs = static_cast<std::uint64_t>(layer.batch * layer.filters) *
                    static_cast<std::uint64_t>(layer.depth + layer.memory);
  return costing(makePrepared<runSvdf>(std::move(params)), 0, macs);
}

constexpr std::array kRows = {
    KernelRow{tflite::BuiltinOperator::SVDF, ElementType::kInt8, ElementType::kInt8,
              ElementType::kInt8, prepareSvdf},
};

}  // namespace

std::span<const KernelRow> svdfRows() { return kRows; }

}  // namespace primer::inference::reference
