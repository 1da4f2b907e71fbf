#include "ops/window.h"

#include <fmt/format.h>

#include <algorithm>

#include "ops/operators.h"
#include "ops/weights.h"

namespace primer::inference {
namespace {

// Bytes and words that an int32 sum is sure to hold.
constexpr std::int64_t kMaxPoolTaps = 1 << 23;
constexpr std::int64_t kMaxWordPoolTaps = 1 << 15;

struct Axis {
  std::int32_t out = 0;
  std::int32_t pad = 0;
};

// Size after the window has slid along one axis of `size` elements, with `before` and `after` more
// that a PAD would have added, and what is padded before it in all.
Checked<Axis> slide(const NodeView& node, const char* name, std::int64_t size, std::int64_t before,
                    std::int64_t after, std::int64_t kernel, std::int64_t stride,
                    std::int64_t dilation, tflite::Padding padding) {
  const std::int64_t in = before + size + after;
  if (stride < 1) return node.damaged("stride", "{} stride {}", name, stride);
  if (dilation < 1) {
    return node.damaged("dilation", "{} dilation {}", name, dilation);
  }
  if (kernel < 1) return node.damaged("window", "{} window {}", name, kernel);
  if (in < 1) return node.damaged("image", "{} {}", name, in);
  const std::int64_t reach = (kernel - 1) * dilation + 1;
  Axis axis;
  switch (padding) {
    case tflite::Padding::SAME: {
      const std::int64_t out = (in + stride - 1) / stride;
      const std::int64_t missing = (out - 1) * stride + reach - in;
      axis.out = static_cast<std::int32_t>(out);
      axis.pad = static_cast<std::int32_t>(before + std::max<std::int64_t>(missing, 0) / 2);
      return axis;
    }
    case tflite::Padding::VALID:
      if (reach > in) {
        return node.damaged("window-fits", "{} window reaches over {} of {}", name, reach, in);
      }
      axis.out = static_cast<std::int32_t>((in - reach) / stride + 1);
      axis.pad = static_cast<std::int32_t>(before);
      return axis;
  }
  return node.damaged("padding", "{}", static_cast<int>(padding));
}

Verdict slideBoth(const NodeView& node, Window& window, const tflite::Padding padding) {
  const auto& joined = node.node().joined.padding;
  PRIMER_ASSIGN(const Axis rows,
                slide(node, "height", window.in_height, joined.top, joined.bottom,
                      window.kernel_height, window.stride_height, window.dilation_height, padding));
  PRIMER_ASSIGN(const Axis columns,
                slide(node, "width", window.in_width, joined.left, joined.right,
                      window.kernel_width, window.stride_width, window.dilation_width, padding));
  window.out_height = rows.out;
  window.pad_top = rows.pad;
  window.out_width = columns.out;
  window.pad_left = columns.pad;
  return {};
}

Verdict readImage(const NodeView& node, Window& window) {
  const auto& image = node.input(0);
  PRIMER_TRY(node.expectRank(image, "input", 4, 4));
  window.batch = image.dim(0);
  window.in_height = image.dim(1);
  window.in_width = image.dim(2);
  window.in_channels = image.dim(3);
  if (window.in_channels < 1) return node.damaged("image", "input has no channels");
  return {};
}

template <typename Options>
void readDilation(const Options& options, Window& window) {
  window.dilation_height = options.dilation_h_factor();
  window.dilation_width = options.dilation_w_factor();
}

template <typename Options>
void readStride(const NodeView& node, const Options& options, Window& window) {
  window.stride_height = options.stride_h();
  window.stride_width = options.stride_w();
  window.activation = node.activationOr(options.fused_activation_function());
}

}  // namespace

Checked<Window> conv2dWindow(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 3, 1));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::Conv2DOptions>());
  Window window;
  PRIMER_TRY(readImage(node, window));
  const auto& weights = node.input(1);
  PRIMER_TRY(node.expectRank(weights, "weights", 4, 4));
  window.out_channels = weights.dim(0);
  window.kernel_height = weights.dim(1);
  window.kernel_width = weights.dim(2);
  const std::int32_t depth = weights.dim(3);
  if (depth < 1 || window.in_channels % depth != 0) {
    return node.damaged("weights-depth", "weights {} on input {}", shapeText(weights.shape),
                        shapeText(node.input(0).shape));
  }
  window.groups = window.in_channels / depth;
  if (window.out_channels < 1 || window.out_channels % window.groups != 0) {
    return node.damaged("groups", "{} outputs in {} groups", window.out_channels, window.groups);
  }
  readStride(node, *options, window);
  readDilation(*options, window);
  PRIMER_TRY(slideBoth(node, window, options->padding()));
  PRIMER_TRY(checkFusedActivation(node, window.activation));
  const auto taps = static_cast<std::uint64_t>(window.kernel_height) * window.kernel_width * depth;
  PRIMER_TRY(checkWeights(node, window.out_channels, 0, taps));
  return window;
}

Checked<Window> depthwiseWindow(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(2, 3, 1));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::DepthwiseConv2DOptions>());
  Window window;
  PRIMER_TRY(readImage(node, window));
  const auto& weights = node.input(1);
  PRIMER_TRY(node.expectRank(weights, "weights", 4, 4));
  if (weights.dim(0) != 1) {
    return node.damaged("weights-depth", "weights {}", shapeText(weights.shape));
  }
  window.kernel_height = weights.dim(1);
  window.kernel_width = weights.dim(2);
  window.out_channels = weights.dim(3);
  if (window.out_channels < 1 || window.out_channels % window.in_channels != 0) {
    return node.damaged("channel-multiplier", "{} outputs of {} channels", window.out_channels,
                        window.in_channels);
  }
  readStride(node, *options, window);
  readDilation(*options, window);
  PRIMER_TRY(slideBoth(node, window, options->padding()));
  PRIMER_TRY(checkFusedActivation(node, window.activation));
  const auto taps = static_cast<std::uint64_t>(window.kernel_height) * window.kernel_width;
  PRIMER_TRY(checkWeights(node, window.out_channels, 3, taps));
  return window;
}

Checked<Window> pool2dWindow(const NodeView& node) {
  PRIMER_TRY(node.expectCounts(1, 1, 1));
  PRIMER_ASSIGN(const auto* options, node.requiredOptions<tflite::Pool2DOptions>());
  Window window;
  PRIMER_TRY(readImage(node, window));
  window.out_channels = window.in_channels;
  window.kernel_height = options->filter_height();
  window.kernel_width = options->filter_width();
  readStride(node, *options, window);
  PRIMER_TRY(slideBoth(node, window, options->padding()));
  const auto taps = static_cast<std::int64_t>(std::min(window.kernel_height, window.in_height)) *
                    std::min(window.kernel_width, window.in_width);
  const bool words = node.input(0).info.type == ElementType::kInt16;
  if (taps > (words ? kMaxWordPoolTaps : kMaxPoolTaps)) {
    return node.damaged("accumulation-depth", "{} values in a sum", taps);
  }
  PRIMER_TRY(checkFusedActivation(node, window.activation));
  PRIMER_TRY(node.expectSameType(node.input(0), node.output(0), "input and output"));
  PRIMER_TRY(node.expectPerTensor(node.input(0), "input"));
  PRIMER_TRY(node.expectPerTensor(node.output(0), "output"));
  if (isQuantized(node.input(0).info.type)) {
    PRIMER_TRY(node.expectSameQuantization(node.input(0), node.output(0)));
  }
  return window;
}

namespace {
Checked<std::vector<Shape>> outputOf(const Checked<Window>& window) {
  if (!window) return fail(window.error());
  return oneShape(window->outputShape());
}
}  // namespace

Checked<std::vector<Shape>> checkConv2d(const NodeView& node) {
  return outputOf(conv2dWindow(node));
}

Checked<std::vector<Shape>> checkDepthwiseConv2d(const NodeView& node) {
  return outputOf(depthwiseWindow(node));
}

Checked<std::vector<Shape>> checkPool2d(const NodeView& node) {
  return outputOf(pool2dWindow(node));
}

}  // namespace primer::inference
