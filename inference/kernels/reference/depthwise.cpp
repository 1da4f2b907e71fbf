// DEPTHWISE_CONV_2D: each output channel sees one input channel.

#include <array>

#include "kernels/fixed_point.h"
#include "kernels/reference/rows.h"
#include "kernels/reference/window_taps.h"
#include "ops/weights.h"
#include "ops/window.h"

namespace primer::inference::reference {
namespace {

struct DepthwiseParams {
  Window window;
  std::int16_t input_zero_point = 0;
  std::vector<std::int16_t> weights;  // [tap][out_channels], zero point taken off
  std::vector<std::int32_t> bias;
  std::vector<DoubleRounding> rounding;
  std::int32_t output_zero_point = 0;
  IntegerRange range;
};

// sums[c] += input[c / multiplier] * weights[c]
template <typename T>
void addTap(const T* __restrict input, const std::int16_t* __restrict weights,
            std::int16_t zero_point, std::int64_t channels, std::int64_t multiplier,
            std::int32_t* __restrict sums) {
  if (multiplier == 1) {
    for (std::int64_t c = 0; c < channels; ++c) {
      const auto x = static_cast<std::int16_t>(input[c] - zero_point);
      sums[c] += x * weights[c];
    }
    return;
  }
  for (std::int64_t c = 0; c < channels; ++c, weights += multiplier, sums += multiplier) {
    const auto x = static_cast<std::int16_t>(input[c] - zero_point);
    for (std::int64_t m = 0; m < multiplier; ++m) sums[m] += x * weights[m];
  }
}

template <typename T>
void runDepthwise(const DepthwiseParams& params, const KernelIo& io) noexcept {
  const auto& window = params.window;
  const T* input = io.in<T>(0);
  T* output = io.out<T>(0);
  auto* sums = io.scratchAs<std::int32_t>();
  const std::int64_t channels = window.out_channels;
  const std::int64_t multiplier = channels / window.in_channels;
  forEachOutput(window, [&](const Taps& taps) {
    std::fill_n(sums, channels, 0);
    forEachTap(window, taps, [&](std::int64_t tap, std::int64_t from) {
      addTap(input + from, &params.weights[tap * channels], params.input_zero_point,
             window.in_channels, multiplier, sums);
    });
    for (std::int64_t c = 0; c < channels; ++c) {
      const std::int32_t scaled = params.rounding[c](wrappingAdd(sums[c], params.bias[c]));
      output[c] = static_cast<T>(std::clamp(wrappingAdd(scaled, params.output_zero_point),
                                            params.range.low, params.range.high));
    }
    output += channels;
  });
}

[[gnu::cold]] Checked<PreparedNode> prepareDepthwiseBy(const NodeView& node, KernelFunction run) {
  DepthwiseParams params;
  PRIMER_ASSIGN(params.window, depthwiseWindow(node));
  const auto& window = params.window;
  const auto& weights = node.input(1);
  const bool is_signed = weights.info.type == ElementType::kInt8;
  const auto product = is_signed ? ScaleProduct::kDouble : ScaleProduct::kFloatFirst;
  for (const double factor : outputFactors(node, window.out_channels, product)) {
    params.rounding.emplace_back(quantizeMultiplier(factor));
  }
  params.bias = biasValues(node, window.out_channels);
  params.input_zero_point = static_cast<std::int16_t>(node.input(0).quantization().zeroPoint());
  params.output_zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  params.range = activationRange(window.activation, node.output(0));
  const auto zero_point = static_cast<std::int32_t>(weights.quantization().zeroPoint());
  for (const auto byte : weights.constant) {
    const int weight =
        is_signed ? static_cast<std::int8_t>(byte) : std::to_integer<std::uint8_t>(byte);
    params.weights.push_back(static_cast<std::int16_t>(weight - zero_point));
  }
  const std::size_t packed_bytes = params.weights.size() * sizeof(std::int16_t);
  const std::uint64_t taps = static_cast<std::uint64_t>(window.kernel_height) * window.kernel_width;
  return costing(makePreparedFor(run, std::move(params)),
                 static_cast<std::size_t>(window.out_channels) * sizeof(std::int32_t),
                 window.outputElements() * taps, packed_bytes);
}

template <typename T>
[[gnu::cold]] Checked<PreparedNode> prepareDepthwise(const NodeView& node) {
  return prepareDepthwiseBy(node, kErased<runDepthwise<T>, DepthwiseParams>);
}

struct FloatDepthwiseParams {
  Window window;
  FloatRange range;
  bool has_bias = false;
};

void runFloatDepthwise(const FloatDepthwiseParams& params, const KernelIo& io) noexcept {
  const auto& window = params.window;
  const float* input = io.in<float>(0);
  const float* weights = io.in<float>(1);
  float* output = io.out<float>(0);
  const std::int64_t channels = window.out_channels;
  const std::int64_t multiplier = channels / window.in_channels;
  auto* sums = io.scratchAs<float>();
  forEachOutput(window, [&](const Taps& taps) {
    std::fill_n(sums, channels, 0.0f);
    forEachTap(window, taps, [&](std::int64_t tap, std::int64_t from) {
      const float* x = input + from;
      const float* w = weights + tap * channels;
      if (multiplier == 1) {
        for (std::int64_t c = 0; c < channels; ++c) sums[c] += x[c] * w[c];
      } else {
        for (std::int64_t c = 0; c < channels; ++c) sums[c] += x[c / multiplier] * w[c];
      }
    });
    for (std::int64_t c = 0; c < channels; ++c) {
      const float sum = sums[c] + (params.has_bias ? io.in<float>(2)[c] : 0.0f);
      output[c] = std::min(std::max(sum, params.range.low), params.range.high);
    }
    output += channels;
  });
}

[[gnu::cold]] Checked<PreparedNode> prepareFloatDepthwise(const NodeView& node) {
  FloatDepthwiseParams params;
  PRIMER_ASSIGN(params.window, depthwiseWindow(node));
  const auto window = params.window;
  params.range = floatActivationRange(window.activation);
  params.has_bias = node.optionalInput(2) != nullptr;
  return costing(makePrepared<runFloatDepthwise>(std::move(params)),
                 static_cast<std::size_t>(window.out_channels) * sizeof(float),
                 window.outputElements() * window.kernel_height * window.kernel_width);
}

constexpr auto kOp = tflite::BuiltinOperator::DEPTHWISE_CONV_2D;
constexpr std::array kRows = {
    KernelRow{kOp, ElementType::kInt8, ElementType::kInt8, ElementType::kInt8,
              prepareDepthwise<std::int8_t>},
    KernelRow{kOp, ElementType::kUint8, ElementType::kUint8, ElementType::kUint8,
              prepareDepthwise<std::uint8_t>},
    KernelRow{kOp, ElementType::kFloat32, ElementType::kFloat32, ElementType::kFloat32,
              prepareFloatDepthwise},
};

}  // namespace

std::span<const KernelRow> depthwiseRows() { return kRows; }

}  // namespace primer::inference::reference
