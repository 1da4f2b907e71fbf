#include "src/quantizer/weights.h"

#include <algorithm>
#include <cmath>

namespace primer::toolkit {

namespace {

constexpr float kLeastWeightScale = 1e-9f;

std::size_t dimension(const std::vector<std::int32_t>& shape, std::size_t axis) {
  return axis < shape.size() ? static_cast<std::size_t>(std::max(shape[axis], 1)) : 1;
}

}  // namespace

WeightLayout layoutOf(const std::vector<std::int32_t>& shape, int axis) {
  WeightLayout layout;
  layout.total = elementCount(shape);
  if (axis < 0 || static_cast<std::size_t>(axis) >= shape.size()) {
    layout.inner = std::max<std::size_t>(layout.total, 1);
    return layout;
  }
  layout.channels = dimension(shape, static_cast<std::size_t>(axis));
  for (auto d = static_cast<std::size_t>(axis) + 1; d < shape.size(); ++d) {
    layout.inner *= dimension(shape, d);
  }
  return layout;
}

InputChannels::InputChannels(tflite::BuiltinOperator code, const std::vector<std::int32_t>& weights,
                             std::size_t input_channels) {
  depthwise_ = code == tflite::BuiltinOperator::DEPTHWISE_CONV_2D;
  if (depthwise_) {
    outputs_ = dimension(weights, 3);
    per_group_ = std::max<std::size_t>(1, outputs_ / std::max<std::size_t>(1, input_channels));
    return;
  }
  in_row_ = weights.empty() ? 1 : dimension(weights, weights.size() - 1);
  per_output_ = std::max<std::size_t>(1, elementCount(weights) / dimension(weights, 0));
  const auto groups = std::max<std::size_t>(1, input_channels / in_row_);
  per_group_ = std::max<std::size_t>(1, dimension(weights, 0) / groups);
}

std::size_t InputChannels::of(std::size_t i) const {
  if (depthwise_) return i % outputs_ / per_group_;
  return i / per_output_ / per_group_ * in_row_ + i % in_row_;
}

std::vector<float> weightScales(std::span<const float> weights, const WeightLayout& layout,
                                int limit, std::span<const float> least) {
  std::vector<float> scales(layout.channels);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    auto& greatest = scales[layout.channelOf(i)];
    greatest = std::max(greatest, std::abs(weights[i]));
  }
  for (std::size_t c = 0; c < scales.size(); ++c) {
    scales[c] = std::max(scales[c] / static_cast<float>(limit), kLeastWeightScale);
    if (!least.empty()) scales[c] = std::max(scales[c], least[c]);
  }
  return scales;
}

QuantisedWeights roundToNearest(std::span<const float> weights, const WeightLayout& layout,
                                std::vector<float> scales, int limit) {
  QuantisedWeights quantised{std::vector<std::int8_t>(weights.size()), std::move(scales)};
  const auto most = static_cast<float>(limit);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float level = std::round(weights[i] / quantised.scales[layout.channelOf(i)]);
    quantised.values[i] = static_cast<std::int8_t>(std::clamp(level, -most, most));
  }
  return quantised;
}

std::vector<float> leastScales(std::span<const float> bias, float input_scale) {
  std::vector<float> least;
  for (const float value : bias) least.push_back(std::abs(value) / (input_scale * 0x1p30f));
  return least;
}

std::vector<std::byte> packInt4(std::span<const std::int8_t> values) {
  std::vector<std::byte> packed((values.size() + 1) / 2);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto half = static_cast<unsigned>(values[i]) & 0xfu;
    packed[i / 2] |= static_cast<std::byte>(i % 2 == 0 ? half : half << 4);
  }
  return packed;
}

}  // namespace primer::toolkit
