// CONV_2D and FULLY_CONNECTED in float with int8 weights ("dynamic range"): each row of inputs is
// brought to int8 on the fly, on a scale of its own.

#include <array>
#include <cmath>
#include <cstring>

#include "kernels/reference/patches.h"
#include "kernels/reference/rows.h"
#include "ops/fully_connected.h"
#include "ops/weights.h"
#include "ops/window.h"

namespace primer::inference::reference {
namespace {

// to[i] = from[i] / scale, at most 127 either way; the scale is what comes back.
float quantizeSymmetric(const float* from, std::int64_t count, std::int8_t* to) {
  float low = 0.0f;
  float high = 0.0f;
  for (std::int64_t i = 0; i < count; ++i) {
    low = std::min(low, from[i]);
    high = std::max(high, from[i]);
  }
  constexpr float kMost = 127.0f;
  const float range = std::max(-low, high);
  if (range == 0.0f) {
    std::fill_n(to, count, std::int8_t{0});
    return 1.0f;
  }
  const float inverse = kMost / range;
  for (std::int64_t i = 0; i < count; ++i) {
    const float scaled = std::round(from[i] * inverse);
    to[i] = static_cast<std::int8_t>(scaled > -kMost ? std::min(scaled, kMost) : -kMost);
  }
  return range / kMost;
}

std::int32_t dot(const std::int8_t* __restrict a, const std::int8_t* __restrict b,
                 std::int64_t depth) {
  std::int32_t sum = 0;
  for (std::int64_t k = 0; k < depth; ++k) sum += a[k] * b[k];
  return sum;
}

struct DynamicParams {
  std::vector<float> weight_scales;  // one, or one a channel
  bool has_bias = false;
  FloatRange range;

  float finish(std::int32_t sum, float input_scale, const float* bias, std::int64_t c) const {
    const float scale = weight_scales[weight_scales.size() == 1 ? 0 : static_cast<std::size_t>(c)];
    const float value =
        (has_bias ? bias[c] : 0.0f) + static_cast<float>(sum) * (input_scale * scale);
    return std::min(std::max(value, range.low), range.high);
  }
};

DynamicParams dynamicParams(const NodeView& node, tflite::ActivationFunctionType activation) {
  const auto scales = node.input(1).quantization().scales;
  return {{scales.begin(), scales.end()},
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
    const float scale = quantizeSymmetric(io.in<float>(0) + r * layer.depth, layer.depth, row);
    for (std::int64_t c = 0; c < layer.channels; ++c) {
      const auto sum = dot(row, io.in<std::int8_t>(1) + c * layer.depth, layer.depth);
      *out++ = params.dynamic.finish(sum, scale, bias, c);
    }
  }
}

Result<PreparedNode> prepareDense(const NodeView& node) {
  DenseParams params;
  PRIMER_ASSIGN(params.layer, denseLayer(node));
  if (node.requiredOptions<tflite::FullyConnectedOptions>().value()->asymmetric_quantize_inputs()) {
    return NodeView::unsupported("asymmetric-inputs", "inputs with a zero point");
  }
  params.dynamic = dynamicParams(node, params.layer.activation);
  const auto& layer = params.layer;
  const auto scratch = static_cast<std::size_t>(layer.depth);
  const std::uint64_t macs = static_cast<std::uint64_t>(layer.rows) * layer.depth * layer.channels;
  auto prepared = makePrepared<runDense>(std::move(params));
  prepared.scratch_bytes = scratch;
  prepared.macs = macs;
  return prepared;
}

struct ConvParams {
  Window window;
  std::int64_t depth = 0;
  DynamicParams dynamic;
};

// A whole image of the batch shares one scale.
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
    const float scale = quantizeSymmetric(io.in<float>(0) + n * image, image, bytes + n * image);
    for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
      layPatch(
          window, n * pixels + pixel, 0,
          [&](std::int64_t from, std::int64_t length, std::int64_t to) {
            std::copy_n(bytes + from, length, patch + to);
          },
          [&](std::int64_t length, std::int64_t to) {
            std::fill_n(patch + to, length, std::int8_t{0});
          });
      for (std::int64_t c = 0; c < window.out_channels; ++c) {
        const auto sum = dot(patch, io.in<std::int8_t>(1) + c * params.depth, params.depth);
        *out++ = params.dynamic.finish(sum, scale, bias, c);
      }
    }
  }
}

Result<PreparedNode> prepareConv(const NodeView& node) {
  ConvParams params;
  PRIMER_ASSIGN(params.window, conv2dWindow(node));
  const auto& window = params.window;
  if (window.groups != 1) return NodeView::unsupported("groups", "dynamic range in groups");
  if (node.input(1).quantization().scales.size() != 1) {
    return NodeView::unsupported("weights-quantization", "dynamic range with scales per channel");
  }
  params.depth =
      static_cast<std::int64_t>(window.kernel_height) * window.kernel_width * window.in_channels;
  params.dynamic = dynamicParams(node, window.activation);
  const auto scratch = elementCount(node.input(0).shape) + static_cast<std::size_t>(params.depth);
  const std::uint64_t macs = window.outputElements() * static_cast<std::uint64_t>(params.depth);
  auto prepared = makePrepared<runConv>(std::move(params));
  prepared.scratch_bytes = scratch;
  prepared.macs = macs;
  return prepared;
}

constexpr KernelRow row(tflite::BuiltinOperator op,
                        Result<PreparedNode> (*prepare)(const NodeView&)) {
  return {op, ElementType::kFloat32, ElementType::kInt8, ElementType::kFloat32, prepare};
}
constexpr std::array kRows = {
    row(tflite::BuiltinOperator::FULLY_CONNECTED, prepareDense),
    row(tflite::BuiltinOperator::CONV_2D, prepareConv),
};

}  // namespace

std::span<const KernelRow> dynamicRangeRows() { return kRows; }

}  // namespace primer::inference::reference
