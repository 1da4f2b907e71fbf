// TRANSPOSE_CONV: sums are spread over the output and finished at the end.

#include "ops/transpose_conv.h"

#include <array>

#include "kernels/fixed_point.h"
#include "kernels/reference/rows.h"
#include "kernels/reference/window_taps.h"
#include "kernels/reference/word_output.h"
#include "ops/weights.h"

namespace primer::inference::reference {
namespace {

// Adds every product to `sums`, which is laid out as the output. Weights are [out][tap][in].
template <typename T, typename Weight, typename Sum>
void spread(const Window& window, const T* input, Sum input_zero_point, const Weight* weights,
            Sum* sums) {
  const std::int64_t depth = window.in_channels;
  const std::int64_t channels = window.out_channels;
  const std::int64_t taps = static_cast<std::int64_t>(window.kernel_height) * window.kernel_width;
  for (std::int64_t image = 0; image < window.batch; ++image) {
    for (std::int64_t y = 0; y < window.in_height; ++y) {
      for (std::int64_t x = 0; x < window.in_width; ++x, input += depth) {
        for (std::int64_t tap = 0; tap < taps; ++tap) {
          const std::int64_t out_y =
              y * window.stride_height - window.pad_top + tap / window.kernel_width;
          const std::int64_t out_x =
              x * window.stride_width - window.pad_left + tap % window.kernel_width;
          if (out_y < 0 || out_y >= window.out_height || out_x < 0 || out_x >= window.out_width) {
            continue;
          }
          Sum* to =
              sums + ((image * window.out_height + out_y) * window.out_width + out_x) * channels;
          for (std::int64_t c = 0; c < channels; ++c) {
            const Weight* row = weights + (c * taps + tap) * depth;
            Sum sum = to[c];
            for (std::int64_t k = 0; k < depth; ++k) sum += (input[k] - input_zero_point) * row[k];
            to[c] = sum;
          }
        }
      }
    }
  }
}

struct FloatParams {
  Window window;
  FloatRange range;
  bool has_bias = false;
};

void runFloat(const FloatParams& params, const KernelIo& io) noexcept {
  float* out = io.out<float>(0);
  const auto count = static_cast<std::int64_t>(params.window.outputElements());
  std::fill_n(out, count, 0.0f);
  spread(params.window, io.in<float>(2), 0.0f, io.in<float>(1), out);
  for (std::int64_t i = 0; i < count; ++i) {
    const float bias = params.has_bias ? io.in<float>(3)[i % params.window.out_channels] : 0.0f;
    out[i] = std::min(std::max(out[i] + bias, params.range.low), params.range.high);
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareFloat(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, transposeConvLayer(node));
  return costing(makePrepared<runFloat>(FloatParams{layer.window,
                                                    floatActivationRange(layer.window.activation),
                                                    node.optionalInput(3) != nullptr}),
                 0,
                 static_cast<std::uint64_t>(elementCount(node.input(2).shape)) *
                     layer.window.kernel_height * layer.window.kernel_width *
                     layer.window.out_channels);
}

struct ByteParams {
  Window window;
  std::int32_t input_zero_point = 0;
  std::vector<std::int32_t> bias;
  std::vector<DoubleRounding> rounding;
  std::int32_t output_zero_point = 0;
  IntegerRange range;
};

void runBytes(const ByteParams& params, const KernelIo& io) noexcept {
  auto* sums = io.scratchAs<std::int32_t>();
  auto* out = io.out<std::int8_t>(0);
  const std::size_t channels = params.bias.size();
  const std::size_t count = params.window.outputElements();
  std::fill_n(sums, count, 0);
  spread(params.window, io.in<std::int8_t>(2), params.input_zero_point, io.in<std::int8_t>(1),
         sums);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t c = i % channels;
    const std::int32_t scaled = params.rounding[c](wrappingAdd(sums[i], params.bias[c]));
    out[i] = static_cast<std::int8_t>(std::clamp(wrappingAdd(scaled, params.output_zero_point),
                                                 params.range.low, params.range.high));
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareBytes(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, transposeConvLayer(node));
  const NodeView inputs(node, layer.inputs);
  if (inputs.input(1).quantization().zeroPoint() != 0) {
    return node.damaged("weights-zero-point", "is not 0");
  }
  const auto channels = layer.window.out_channels;
  ByteParams params;
  params.window = layer.window;
  params.input_zero_point = static_cast<std::int32_t>(inputs.input(0).quantization().zeroPoint());
  params.output_zero_point = static_cast<std::int32_t>(node.output(0).quantization().zeroPoint());
  params.bias = biasValues(inputs, channels);
  for (const double factor : outputFactors(inputs, channels, ScaleProduct::kDouble)) {
    params.rounding.emplace_back(quantizeMultiplier(factor));
  }
  params.range = activationRange(layer.window.activation, node.output(0));
  return costing(makePrepared<runBytes>(std::move(params)),
                 layer.window.outputElements() * sizeof(std::int32_t),
                 static_cast<std::uint64_t>(elementCount(inputs.input(0).shape)) *
                     layer.window.kernel_height * layer.window.kernel_width * channels);
}

struct WordParams {
  Window window;
  WordOutput output;
};

void runWords(const WordParams& params, const KernelIo& io) noexcept {
  auto* sums = io.scratchAs<std::int64_t>();
  auto* out = io.out<std::int16_t>(0);
  const auto count = static_cast<std::int64_t>(params.window.outputElements());
  std::fill_n(sums, count, std::int64_t{0});
  spread(params.window, io.in<std::int16_t>(2), std::int64_t{0}, io.in<std::int8_t>(1), sums);
  for (std::int64_t i = 0; i < count; ++i) {
    out[i] = params.output(sums[i], i % params.window.out_channels);
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareWords(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, transposeConvLayer(node));
  const NodeView inputs(node, layer.inputs);
  const auto& window = layer.window;
  return costing(makePrepared<runWords>(WordParams{
                     window, wordOutput(inputs, window.out_channels, window.activation)}),
                 window.outputElements() * sizeof(std::int64_t),
                 static_cast<std::uint64_t>(elementCount(inputs.input(0).shape)) *
                     window.kernel_height * window.kernel_width * window.out_channels);
}

constexpr auto kOp = tflite::BuiltinOperator::TRANSPOSE_CONV;
constexpr std::array kRows = {
    KernelRow{kOp, ElementType::kInt32, ElementType::kFloat32, ElementType::kFloat32, prepareFloat},
    KernelRow{kOp, ElementType::kInt32, ElementType::kInt8, ElementType::kInt8, prepareBytes},
    KernelRow{kOp, ElementType::kInt32, ElementType::kInt8, ElementType::kInt16, prepareWords},
};

}  // namespace

std::span<const KernelRow> transposeConvRows() { return kRows; }

}  // namespace primer::inference::reference
