// CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED in float with int8 weights
// ("dynamic range"): each row of inputs is brought to int8 on the fly, on a
// scale of its own.

#include <array>
#include <cmath>
#include <cstring>

#include "kernels/reference/dynamic_quantize.h"
#include "kernels/reference/patches.h"
#include "kernels/reference/rows.h"
#include "ops/fully_connected.h"
#include "ops/weights.h"
#include "ops/window.h"

namespace primer::inference::reference {
namespace {

struct DynamicParams {
  std::vector<float> weight_scales;  // one, or one a channel
  bool asymmetric = false;           // inputs have a zero point
  bool has_bias = false;
  FloatRange range;

  float scaleOf(std::int64_t c) const {
    return weight_scales[weight_scales.size() == 1 ? 0 : static_cast<std::size_t>(c)];
  }
  float finish(std::int32_t sum, float input_scale, const float* bias, std::int64_t c) const {
    const float value =
        (has_bias ? bias[c] : 0.0f) + static_cast<float>(sum) * (input_scale * scaleOf(c));
    return std::min(std::max(value, range.low), range.high);
  }
};

DynamicParams dynamicParams(const NodeView& node, tflite::ActivationFunctionType activation,
                            bool asymmetric) {
  const auto scales = node.input(1).quantization().scales;
  return {{scales.begin(), scales.end()},
          asymmetric,
          node.optionalInput(2) != nullptr,
          floatActivationRange(activation)};
}

struct DenseParams {
  DenseLayer layer;
  DynamicParams dynamic;
};

void runDense(const DenseParams& params, const KernelIo& io) noexcept {
  const auto& layer = params.layer;
  auto* row = io.scratchAs<std::int8_t>();
  float* out = io.out<float>(0);
  const float* bias = params.dynamic.has_bias ? io.in<float>(2) : nullptr;
  for (std::int64_t r = 0; r < layer.rows; ++r) {
    const auto [scale, zero_point] =
        quantizeRow(io.in<float>(0) + r * layer.depth, layer.depth, params.dynamic.asymmetric, row);
    for (std::int64_t c = 0; c < layer.channels; ++c) {
      const auto sum =
          byteDot(row, zero_point, io.in<std::int8_t>(1) + c * layer.depth, layer.depth);
      *out++ = params.dynamic.finish(sum, scale, bias, c);
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareDense(const NodeView& node) {
  DenseParams params;
  PRIMER_ASSIGN(params.layer, denseLayer(node));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::FullyConnectedOptions>());
  params.dynamic =
      dynamicParams(node, params.layer.activation, options->asymmetric_quantize_inputs());
  const auto& layer = params.layer;
  const auto scratch = static_cast<std::size_t>(layer.depth);
  const std::uint64_t macs = static_cast<std::uint64_t>(layer.rows) * layer.depth * layer.channels;
  return costing(makePrepared<runDense>(std::move(params)), scratch, macs);
}

struct ConvParams {
  Window window;
  std::int64_t depth = 0;
  DynamicParams dynamic;
};

// A whole image of the batch shares one scale. Weights of one scale a channel
// take inputs with a zero point, as the specification has it; padding is zero,
// which is the zero point.
void runConv(const ConvParams& params, const KernelIo& io) noexcept {
  const auto& window = params.window;
  const std::int64_t image =
      static_cast<std::int64_t>(window.in_height) * window.in_width * window.in_channels;
  const std::int64_t pixels = static_cast<std::int64_t>(window.out_height) * window.out_width;
  auto* bytes = io.scratchAs<std::int8_t>();
  auto* patch = bytes + image * window.batch;
  float* out = io.out<float>(0);
  const float* bias = params.dynamic.has_bias ? io.in<float>(2) : nullptr;
  for (std::int64_t n = 0; n < window.batch; ++n) {
    const auto [scale, zero_point] = quantizeRow(io.in<float>(0) + n * image, image,
                                                 params.dynamic.asymmetric, bytes + n * image);
    const auto padding = static_cast<std::int8_t>(zero_point);
    for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
      layPatch(
          window, n * pixels + pixel, 0,
          [&](std::int64_t from, std::int64_t length, std::int64_t to) {
            std::copy_n(bytes + from, length, patch + to);
          },
          [&](std::int64_t length, std::int64_t to) { std::fill_n(patch + to, length, padding); });
      for (std::int64_t c = 0; c < window.out_channels; ++c) {
        const auto sum =
            byteDot(patch, zero_point, io.in<std::int8_t>(1) + c * params.depth, params.depth);
        *out++ = params.dynamic.finish(sum, scale, bias, c);
      }
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareConv(const NodeView& node) {
  ConvParams params;
  PRIMER_ASSIGN(params.window, conv2dWindow(node));
  const auto& window = params.window;
  if (window.groups != 1) return node.unsupported("groups", "dynamic range in groups");
  params.depth =
      static_cast<std::int64_t>(window.kernel_height) * window.kernel_width * window.in_channels;
  params.dynamic =
      dynamicParams(node, window.activation, node.input(1).quantization().scales.size() > 1);
  const auto scratch = elementCount(node.input(0).shape) + static_cast<std::size_t>(params.depth);
  const std::uint64_t macs = window.outputElements() * static_cast<std::uint64_t>(params.depth);
  return costing(makePrepared<runConv>(std::move(params)), scratch, macs);
}

// DEPTHWISE_CONV_2D: a scale an image, inputs with a zero point.
void runDepthwise(const ConvParams& params, const KernelIo& io) noexcept {
  const auto& window = params.window;
  const std::int64_t image =
      static_cast<std::int64_t>(window.in_height) * window.in_width * window.in_channels;
  const std::int64_t multiplier = window.out_channels / std::max(window.in_channels, 1);
  auto* bytes = io.scratchAs<std::int8_t>();
  const float* bias = params.dynamic.has_bias ? io.in<float>(2) : nullptr;
  float* out = io.out<float>(0);
  for (std::int64_t n = 0; n < window.batch; ++n) {
    const auto [scale, zero_point] =
        quantizeRow(io.in<float>(0) + n * image, image, params.dynamic.asymmetric, bytes);
    for (std::int32_t y = 0; y < window.out_height; ++y) {
      for (std::int32_t x = 0; x < window.out_width; ++x) {
        for (std::int64_t c = 0; c < window.out_channels; ++c) {
          std::int32_t sum = 0;
          for (std::int32_t ky = 0; ky < window.kernel_height; ++ky) {
            const std::int64_t row = static_cast<std::int64_t>(y) * window.stride_height -
                                     window.pad_top +
                                     static_cast<std::int64_t>(ky) * window.dilation_height;
            if (row < 0 || row >= window.in_height) continue;
            for (std::int32_t kx = 0; kx < window.kernel_width; ++kx) {
              const std::int64_t column = static_cast<std::int64_t>(x) * window.stride_width -
                                          window.pad_left +
                                          static_cast<std::int64_t>(kx) * window.dilation_width;
              if (column < 0 || column >= window.in_width) continue;
              const std::int64_t pixel = row * window.in_width + column;
              const std::int64_t tap = static_cast<std::int64_t>(ky) * window.kernel_width + kx;
              sum += (bytes[pixel * window.in_channels + c / multiplier] - zero_point) *
                     io.in<std::int8_t>(1)[tap * window.out_channels + c];
            }
          }
          *out++ = params.dynamic.finish(sum, scale, bias, c);
        }
      }
    }
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareDepthwise(const NodeView& node) {
  ConvParams params;
  PRIMER_ASSIGN(params.window, depthwiseWindow(node));
  const auto& window = params.window;
  const bool per_channel = node.input(1).quantization().scales.size() > 1;
  params.dynamic = dynamicParams(node, window.activation, per_channel);
  const auto scratch = static_cast<std::size_t>(window.in_height) *
                       static_cast<std::size_t>(window.in_width) *
                       static_cast<std::size_t>(window.in_channels);
  const std::uint64_t macs = window.outputElements() *
                             static_cast<std::uint64_t>(window.kernel_height) *
                             static_cast<std::uint64_t>(window.kernel_width);
  return costing(makePrepared<runDepthwise>(std::move(params)), scratch, macs);
}

constexpr KernelRow row(tflite::BuiltinOperator op,
                        Checked<PreparedNode> (*prepare)(const NodeView&)) {
  return {op, ElementType::kFloat32, ElementType::kInt8, ElementType::kFloat32, prepare};
}
constexpr std::array kRows = {
    row(tflite::BuiltinOperator::FULLY_CONNECTED, prepareDense),
    row(tflite::BuiltinOperator::CONV_2D, prepareConv),
    row(tflite::BuiltinOperator::DEPTHWISE_CONV_2D, prepareDepthwise),
};

}  // namespace

std::span<const KernelRow> dynamicRangeRows() { return kRows; }

}  // namespace primer::inference::reference
