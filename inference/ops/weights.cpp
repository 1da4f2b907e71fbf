#include "ops/weights.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace primer::inference {
namespace {

// Products that an int32 sum is sure to hold: of -255..255 and -128..127, or of two -255..255
// (uint8 and weights with a zero point).
constexpr std::uint64_t kMaxDepth = 1u << 16;
constexpr std::uint64_t kMaxDepthWithZeroPoint = 1u << 15;

Verdict checkQuantizedWeights(const NodeView& node, std::int32_t channels, int channel_dimension,
                              std::uint64_t depth) {
  const auto& weights = node.input(1);
  PRIMER_TRY(node.expectPerTensor(node.input(0), "input"));
  PRIMER_TRY(node.expectPerTensor(node.output(0), "output"));
  const auto& scales = weights.quantization();
  if (!scales.quantized()) return node.damaged("weights-quantization", "weights have no scale");
  if (scales.scales.size() > 1) {
    if (scales.dimension != channel_dimension ||
        scales.scales.size() != static_cast<std::size_t>(channels)) {
      return node.damaged("weights-quantization", "{} scales along dimension {}, needs {} along {}",
                          scales.scales.size(), scales.dimension, channels, channel_dimension);
    }
    for (const auto zero_point : scales.zero_points) {
      if (zero_point != 0) return node.damaged("weights-zero-point", "is not 0");
    }
  }
  if (!weights.is_constant) {
    return node.unsupported("weights-constant", "quantised weights are not constants");
  }
  if (node.input(0).info.type == ElementType::kInt16 &&
      (node.input(0).quantization().zeroPoint() != 0 ||
       node.output(0).quantization().zeroPoint() != 0 || scales.zeroPoint() != 0)) {
    return node.damaged("word-zero-point", "int16 needs zero points of 0");
  }
  const bool shifted = scales.zeroPoint() != 0 || weights.info.type != ElementType::kInt8;
  if (depth > (shifted ? kMaxDepthWithZeroPoint : kMaxDepth)) {
    return node.damaged("accumulation-depth", "{} products in a sum", depth);
  }
  return {};
}

// int8 weights under float activations: no zero points, a scale for all or one a channel.
Verdict checkDynamicWeights(const NodeView& node, std::int32_t channels, int channel_dimension,
                            std::uint64_t depth) {
  const auto& scales = node.input(1).quantization();
  const auto count = scales.scales.size();
  const bool per_channel = count == static_cast<std::size_t>(channels) &&
                           (count == 1 || scales.dimension == channel_dimension);
  if (count != 1 && !per_channel) {
    return node.damaged("weights-quantization", "{} scales for {} channels", count, channels);
  }
  for (const auto zero_point : scales.zero_points) {
    if (zero_point != 0) return node.damaged("weights-zero-point", "is not 0");
  }
  if (depth > kMaxDepth) {
    return node.damaged("accumulation-depth", "{} products in a sum", depth);
  }
  return {};
}

}  // namespace

Verdict checkWeights(const NodeView& node, std::int32_t channels, int channel_dimension,
                     std::uint64_t depth) {
  const auto type = node.input(0).info.type;
  const bool quantized = isQuantized(type);
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  if (quantized) PRIMER_TRY(checkQuantizedWeights(node, channels, channel_dimension, depth));
  if (!quantized && isQuantized(node.input(1).info.type)) {
    PRIMER_TRY(checkDynamicWeights(node, channels, channel_dimension, depth));
  }
  const auto* bias = node.optionalInput(2);
  if (bias == nullptr) return {};
  if (elementCount(bias->shape) != static_cast<std::size_t>(channels)) {
    return node.damaged("bias-size", "{} for {} channels", shapeText(bias->shape), channels);
  }
  auto wanted = ElementType::kFloat32;
  if (quantized) wanted = ElementType::kInt32;
  if (type == ElementType::kInt16 && !sumsAreNarrow(node)) wanted = ElementType::kInt64;
  if (bias->info.type != wanted) {
    const auto text =
        fmt::format("{}, needs {}", elementTypeName(bias->info.type), elementTypeName(wanted));
    if (type == ElementType::kInt16) return node.unsupported("bias-type", "{}", text);
    return node.damaged("bias-type", "{}", text);
  }
  if (quantized && !bias->is_constant) {
    return node.unsupported("bias-constant", "bias is not a constant");
  }
  return {};
}

bool sumsAreNarrow(const NodeView& node) {
  auto bias = tflite::TensorType::FLOAT32;  // what the option says where it says nothing
  if (const auto* conv = node.options<tflite::Conv2DOptions>(); conv != nullptr) {
    bias = conv->quantized_bias_type();
  } else if (const auto* dense = node.options<tflite::FullyConnectedOptions>(); dense != nullptr) {
    bias = dense->quantized_bias_type();
  } else if (const auto* up = node.options<tflite::TransposeConvOptions>(); up != nullptr) {
    bias = up->quantized_bias_type();
  }
  return bias == tflite::TensorType::INT32;
}

std::vector<double> outputFactors(const NodeView& node, std::int32_t channels,
                                  ScaleProduct product) {
  const float in = node.input(0).quantization().scale();
  const float out = node.output(0).quantization().scale();
  const auto weights = node.input(1).quantization().scales;
  std::vector<double> result(static_cast<std::size_t>(channels));
  for (std::size_t c = 0; c < result.size(); ++c) {
    const float weight = weights[weights.size() == 1 ? 0 : c];
    const double scale = product == ScaleProduct::kFloatFirst
                             ? static_cast<double>(in * weight)
                             : static_cast<double>(in) * static_cast<double>(weight);
    result[c] = scale / static_cast<double>(out);
  }
  return result;
}

std::vector<std::int32_t> biasValues(const NodeView& node, std::int32_t channels) {
  std::vector<std::int32_t> values(static_cast<std::size_t>(channels), 0);
  if (const auto* bias = node.optionalInput(2); bias != nullptr && !values.empty()) {
    std::memcpy(values.data(), bias->constant.data(), values.size() * sizeof(values[0]));
  }
  return values;
}

std::vector<std::int64_t> wideBiasValues(const NodeView& node, std::int32_t channels) {
  std::vector<std::int64_t> values(static_cast<std::size_t>(channels), 0);
  const auto* bias = node.optionalInput(2);
  if (bias != nullptr && bias->info.type == ElementType::kInt32) {
    const auto narrow = biasValues(node, channels);
    values.assign(narrow.begin(), narrow.end());
  } else if (bias != nullptr && !values.empty()) {
    std::memcpy(values.data(), bias->constant.data(), values.size() * sizeof(values[0]));
  }
  return values;
}

std::vector<float> floatBiasValues(const NodeView& node, std::int32_t channels) {
  std::vector<float> values(static_cast<std::size_t>(channels), 0.0f);
  const auto* bias = node.optionalInput(2);
  if (bias != nullptr && bias->is_constant) {
    std::memcpy(values.data(), bias->constant.data(), values.size() * sizeof(values[0]));
  }
  return values;
}

IntegerRange activationRange(tflite::ActivationFunctionType activation, const Tensor& output) {
  IntegerRange range;
  switch (output.info.type) {
    case ElementType::kUint8:
      range = {0, 255};
      break;
    case ElementType::kInt16:
      range = {-32768, 32767};
      break;
    default:
      range = {-128, 127};
  }
  const auto quantized = [&](float real) {
    // Scales may be tiny; what lies outside the type's range is cut below.
    const float scaled = std::round(real / output.quantization().scale());
    const float limit = 1 << 24;
    return static_cast<std::int32_t>(std::clamp(scaled, -limit, limit)) +
           static_cast<std::int32_t>(output.quantization().zeroPoint());
  };
  switch (activation) {
    case tflite::ActivationFunctionType::RELU:
      range.low = std::max(range.low, quantized(0.0f));
      break;
    case tflite::ActivationFunctionType::RELU6:
      range.low = std::max(range.low, quantized(0.0f));
      range.high = std::min(range.high, quantized(6.0f));
      break;
    case tflite::ActivationFunctionType::RELU_N1_TO_1:
      range.low = std::max(range.low, quantized(-1.0f));
      range.high = std::min(range.high, quantized(1.0f));
      break;
    default:
      break;
  }
  // A zero point at the far end can leave nothing: then every value is the end that is left.
  range.low = std::min(range.low, range.high);
  return range;
}

FloatRange floatActivationRange(tflite::ActivationFunctionType activation) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  switch (activation) {
    case tflite::ActivationFunctionType::RELU:
      return {0.0f, kInfinity};
    case tflite::ActivationFunctionType::RELU6:
      return {0.0f, 6.0f};
    case tflite::ActivationFunctionType::RELU_N1_TO_1:
      return {-1.0f, 1.0f};
    default:
      return {-kInfinity, kInfinity};
  }
}

Verdict checkFusedActivation(const NodeView& node, tflite::ActivationFunctionType activation) {
  switch (activation) {
    case tflite::ActivationFunctionType::NONE:
    case tflite::ActivationFunctionType::RELU:
    case tflite::ActivationFunctionType::RELU_N1_TO_1:
    case tflite::ActivationFunctionType::RELU6:
      return {};
    default:
      return node.unsupported("fused-activation", "activation {} is not supported",
                              static_cast<int>(activation));
  }
}

}  // namespace primer::inference
