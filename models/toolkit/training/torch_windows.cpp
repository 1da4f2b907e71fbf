// Convolutions and pools.

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>

#include "training/torch_layer.h"

namespace primer::toolkit {

namespace {

using torch::Tensor;

// What is added before and after one dimension under a window.
struct Margin {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

Margin marginOf(std::int64_t length, std::int64_t kernel, std::int64_t stride,
                std::int64_t dilation, tflite::Padding padding) {
  if (padding == tflite::Padding::VALID) return {};
  const auto out = (length + stride - 1) / stride;
  const auto total =
      std::max<std::int64_t>(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - length);
  return {total / 2, total - total / 2};
}

Tensor padded(const Tensor& x, const Margin& height, const Margin& width, double value = 0) {
  return at::constant_pad_nd(x, {0, 0, width.before, width.after, height.before, height.after},
                             value);
}

// `weights` are (outputs, inputs of a group, height, width).
template <typename Options>
Tensor convolved(Tensor x, const Tensor& weights, const Tensor& bias, const Options& o,
                 std::int64_t groups) {
  const std::int64_t dilation[] = {o.dilation_h_factor, o.dilation_w_factor};
  const std::int64_t stride[] = {o.stride_h, o.stride_w};
  const auto height = marginOf(x.size(1), weights.size(2), stride[0], dilation[0], o.padding);
  const auto width = marginOf(x.size(2), weights.size(3), stride[1], dilation[1], o.padding);
  std::vector<std::int64_t> even = {height.before, width.before};
  if (height.before != height.after || width.before != width.after) {
    x = padded(x, height, width);
    even = {0, 0};
  }
  return asChannelsLast(
      at::conv2d(asChannelsFirst(x), weights, bias, stride, even, dilation, groups));
}

Tensor optional(const Tensors& inputs, std::size_t position) {
  return position < inputs.size() ? inputs[position] : Tensor();
}

struct PoolPlace {
  Margin height, width;
  std::vector<std::int64_t> kernel, stride;

  PoolPlace(const Tensor& x, const tflite::Pool2DOptionsT& o)
      : height(marginOf(x.size(1), o.filter_height, o.stride_h, 1, o.padding)),
        width(marginOf(x.size(2), o.filter_width, o.stride_w, 1, o.padding)),
        kernel{o.filter_height, o.filter_width},
        stride{o.stride_h, o.stride_w} {}

  bool hasMargin() const { return height.before + height.after + width.before + width.after > 0; }
};

}  // namespace

Tensors runConv2d(const TorchLayer& layer, const Tensors& inputs) {
  const auto weights = asChannelsFirst(inputs[1]);
  const auto groups = std::max<std::int64_t>(1, inputs[0].size(3) / weights.size(1));
  return {convolved(inputs[0], weights, optional(inputs, 2),
                    *layer.op->builtin_options.AsConv2DOptions(), groups)};
}

Tensors runDepthwise(const TorchLayer& layer, const Tensors& inputs) {
  return {convolved(inputs[0], inputs[1].permute({3, 0, 1, 2}), optional(inputs, 2),
                    *layer.op->builtin_options.AsDepthwiseConv2DOptions(), inputs[0].size(3))};
}

Tensors runMaxPool(const TorchLayer& layer, const Tensors& inputs) {
  const PoolPlace place(inputs[0], *layer.op->builtin_options.AsPool2DOptions());
  constexpr double kLeast = -std::numeric_limits<float>::infinity();
  const auto x =
      place.hasMargin() ? padded(inputs[0], place.height, place.width, kLeast) : inputs[0];
  return {asChannelsLast(at::max_pool2d(asChannelsFirst(x), place.kernel, place.stride))};
}

Tensors runAveragePool(const TorchLayer& layer, const Tensors& inputs) {
  const auto& x = inputs[0];
  const PoolPlace place(x, *layer.op->builtin_options.AsPool2DOptions());
  const auto mean = [&](const Tensor& in) {
    return asChannelsLast(at::avg_pool2d(asChannelsFirst(in), place.kernel, place.stride));
  };
  if (!place.hasMargin()) return {mean(x)};
  // Only what lies in the image counts: divide by the share of the window that does.
  const auto inside = padded(at::ones({1, x.size(1), x.size(2), 1}), place.height, place.width);
  return {mean(padded(x, place.height, place.width)) / mean(inside)};
}

}  // namespace primer::toolkit
