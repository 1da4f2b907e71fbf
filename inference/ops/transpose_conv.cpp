#include "ops/transpose_conv.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "ops/operators.h"
#include "ops/weights.h"
#include "src/list_text.h"

namespace primer::inference {
namespace {

// What is padded before an axis whose convolution would give back the smaller image.
Checked<std::int32_t> padBefore(const NodeView& node, std::int64_t in, std::int64_t out,
                                std::int64_t kernel, std::int64_t stride, tflite::Padding padding) {
  const bool same = padding == tflite::Padding::SAME;
  const std::int64_t expected = same ? (out + stride - 1) / stride : (out - kernel) / stride + 1;
  if (stride < 1 || kernel < 1 || out < 1 || in < 1 || (!same && out < kernel) || expected != in) {
    return node.damaged("transposed-size", "{} to {} by a window of {} and a stride of {}", in, out,
                        kernel, stride);
  }
  return static_cast<std::int32_t>(std::max<std::int64_t>((in - 1) * stride + kernel - out, 0) / 2);
}

}  // namespace

Checked<TransposeConvLayer> transposeConvLayer(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(3, 4, 1));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::TransposeConvOptions>());
  PRIMER_ASSIGN(const auto shape, node.constantIntegers(0, "output shape"));
  const auto& weights = node.input(1);
  const auto& image = node.input(2);
  PRIMER_TRY(node.expectRank(weights, "weights", 4, 4));
  PRIMER_TRY(node.expectRank(image, "input", 4, 4));
  TransposeConvLayer layer;
  auto& window = layer.window;
  window.batch = image.dim(0);
  window.in_height = image.dim(1);
  window.in_width = image.dim(2);
  window.in_channels = image.dim(3);
  window.out_channels = weights.dim(0);
  window.kernel_height = weights.dim(1);
  window.kernel_width = weights.dim(2);
  window.stride_height = options->stride_h();
  window.stride_width = options->stride_w();
  window.activation = options->fused_activation_function();
  PRIMER_TRY(checkFusedActivation(node, window.activation));
  if (weights.dim(3) != window.in_channels || window.in_channels < 1 || window.out_channels < 1) {
    return node.damaged("weights-depth", "weights {} on input {}", shapeText(weights.shape),
                        shapeText(image.shape));
  }
  constexpr std::int64_t kMost = 1 << 24;
  if (shape.size() != 4 || shape[0] != window.batch || shape[3] != window.out_channels ||
      shape[1] < 1 || shape[2] < 1 || shape[1] > kMost || shape[2] > kMost) {
    return node.damaged("transposed-size", "[{}]", listText(shape));
  }
  if (window.stride_height < 1 || window.stride_width < 1) {
    return node.damaged("stride", "a stride below 1");
  }
  window.out_height = static_cast<std::int32_t>(shape[1]);
  window.out_width = static_cast<std::int32_t>(shape[2]);
  PRIMER_ASSIGN(window.pad_top,
                padBefore(node, window.in_height, window.out_height, window.kernel_height,
                          window.stride_height, options->padding()));
  PRIMER_ASSIGN(window.pad_left,
                padBefore(node, window.in_width, window.out_width, window.kernel_width,
                          window.stride_width, options->padding()));
  layer.inputs = node.node();
  const auto& given = node.node().inputs;
  layer.inputs.inputs = {given[2], given[1], given.size() > 3 ? given[3] : kNoTensor};
  layer.depth =
      static_cast<std::int64_t>(window.kernel_height) * window.kernel_width * window.in_channels;
  PRIMER_TRY(checkWeights(NodeView(node, layer.inputs), window.out_channels, 0,
                          static_cast<std::uint64_t>(layer.depth)));
  return layer;
}

Checked<std::vector<Shape>> checkTransposeConv(const NodeView& node) {
  PRIMER_ASSIGN(const auto layer, transposeConvLayer(node));
  return oneShape(layer.window.outputShape());
}

}  // namespace primer::inference
