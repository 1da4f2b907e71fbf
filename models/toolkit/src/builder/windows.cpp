// Layers that move a window over an image or a sequence: convolutions and pools.

#include <algorithm>
#include <limits>

#include "src/builder/graph_parts.h"

namespace primer::toolkit {

namespace {

using tflite::BuiltinOperator;

tflite::Padding paddingCode(Padding padding) {
  return padding == Padding::kSame ? tflite::Padding::SAME : tflite::Padding::VALID;
}

bool positive(const std::array<int, 2>& pair) { return pair[0] > 0 && pair[1] > 0; }

struct Window {
  std::array<int, 2> kernel, stride, dilation;
  Padding padding;

  template <typename Options>
  static Window of(const Options& o) {
    return {o.kernel, o.stride, o.dilation, o.padding};
  }
  static Window of(const Pool& o) { return {o.kernel, o.stride, {1, 1}, o.padding}; }

  // How many places it has along a dimension; 0 or less where it does not fit.
  int placesAlong(std::size_t dimension, int length) const {
    const int step = stride[dimension];
    const int reach = (kernel[dimension] - 1) * dilation[dimension] + 1;
    return padding == Padding::kSame ? (length + step - 1) / step : (length - reach + step) / step;
  }

  template <typename Options>
  void fillIn(Options& o) const {
    o.padding = paddingCode(padding);
    o.stride_h = stride[0];
    o.stride_w = stride[1];
    if constexpr (requires { o.dilation_h_factor; }) {
      o.dilation_h_factor = dilation[0];
      o.dilation_w_factor = dilation[1];
    }
  }

  // What is wrong with it over an image, or nothing.
  std::string problem(const GraphShape& in) const {
    if (in.size() != 3) return "its input must be an image";
    if (!positive(kernel) || !positive(stride) || !positive(dilation)) {
      return "kernel, stride and dilation must be positive";
    }
    if (padding == Padding::kCausal) return "causal padding is for sequences: conv1d()";
    if (placesAlong(0, in[0]) < 1 || placesAlong(1, in[1]) < 1) {
      return "the kernel does not fit its input of " + shapeText(in);
    }
    return {};
  }

  GraphShape output(const GraphShape& in, int channels) const {
    return {placesAlong(0, in[0]), placesAlong(1, in[1]), channels};
  }
};

template <typename TwoD, typename OneD>
TwoD overSteps(const OneD& o) {
  TwoD wide;
  wide.kernel = {1, o.kernel};
  wide.stride = {1, o.stride};
  wide.dilation = {1, o.dilation};
  wide.padding = o.padding == Padding::kSame ? Padding::kSame : Padding::kValid;
  wide.activation = o.activation;
  wide.name = o.name;
  return wide;
}

}  // namespace

Node GraphBuilder::conv2d(Node x, const Conv2d& options) {
  const auto name = impl_->layerName(options.name, "conv");
  const auto in = impl_->shapeOf(x);
  const auto window = Window::of(options);
  if (const auto problem = window.problem(in); !problem.empty()) {
    return impl_->complain(name, problem);
  }
  if (options.channels < 1) return impl_->complain(name, "channels must be positive");
  const auto [height, width] = options.kernel;
  auto inputs = impl_->addWeights(name, {options.channels, height, width, in[2]},
                                  height * width * in[2], options.channels, options.activation);
  inputs.insert(inputs.begin(), x.tensor);
  tflite::Conv2DOptionsT o;
  window.fillIn(o);
  o.fused_activation_function = fusedCode(options.activation);
  return impl_->addOperator(BuiltinOperator::CONV_2D, 1, inputs, name,
                            window.output(in, options.channels), std::move(o));
}

Node GraphBuilder::depthwiseConv2d(Node x, const DepthwiseConv2d& options) {
  const auto name = impl_->layerName(options.name, "depthwise");
  const auto in = impl_->shapeOf(x);
  const auto window = Window::of(options);
  if (const auto problem = window.problem(in); !problem.empty()) {
    return impl_->complain(name, problem);
  }
  if (options.multiplier < 1) return impl_->complain(name, "multiplier must be positive");
  const int channels = in[2] * options.multiplier;
  const auto [height, width] = options.kernel;
  auto inputs = impl_->addWeights(name, {1, height, width, channels}, height * width, channels,
                                  options.activation);
  inputs.insert(inputs.begin(), x.tensor);
  tflite::DepthwiseConv2DOptionsT o;
  window.fillIn(o);
  o.depth_multiplier = options.multiplier;
  o.fused_activation_function = fusedCode(options.activation);
  return impl_->addOperator(BuiltinOperator::DEPTHWISE_CONV_2D, 1, inputs, name,
                            window.output(in, channels), std::move(o));
}

// A sequence with room for the steps before its first, where the padding asks for them.
Node GraphBuilder::beforeWindow(Node x, Padding padding, int kernel, int dilation,
                                const std::string& kind) {
  const auto in = impl_->shapeOf(x);
  if (in.size() != 3 || in[0] != 1) {
    return impl_->complain(
        kind, "its input must be a sequence (1 x steps x channels), not " + shapeText(in));
  }
  const bool causal = padding == Padding::kCausal && kernel > 1 && dilation > 0;
  return causal ? pad(x, {0, 0, (kernel - 1) * dilation, 0}) : x;
}

Node GraphBuilder::conv1d(Node x, const Conv1d& options) {
  x = beforeWindow(x, options.padding, options.kernel, options.dilation, "conv1d");
  auto wide = overSteps<Conv2d>(options);
  wide.channels = options.channels;
  return conv2d(x, wide);
}

Node GraphBuilder::depthwiseConv1d(Node x, const DepthwiseConv1d& options) {
  x = beforeWindow(x, options.padding, options.kernel, options.dilation, "depthwiseConv1d");
  auto wide = overSteps<DepthwiseConv2d>(options);
  wide.multiplier = options.multiplier;
  return depthwiseConv2d(x, wide);
}

Node GraphBuilder::pool(Node x, const Pool& options, bool average) {
  const auto name = impl_->layerName(options.name, average ? "average_pool" : "max_pool");
  const auto in = impl_->shapeOf(x);
  const auto window = Window::of(options);
  if (const auto problem = window.problem(in); !problem.empty()) {
    return impl_->complain(name, problem);
  }
  tflite::Pool2DOptionsT o;
  window.fillIn(o);
  o.filter_height = options.kernel[0];
  o.filter_width = options.kernel[1];
  o.fused_activation_function = fusedCode(options.activation);
  const auto code = average ? BuiltinOperator::AVERAGE_POOL_2D : BuiltinOperator::MAX_POOL_2D;
  return impl_->addOperator(code, 1, {x.tensor}, name, window.output(in, in[2]), std::move(o));
}

Node GraphBuilder::maxPool(Node x, const Pool& options) { return pool(x, options, false); }
Node GraphBuilder::averagePool(Node x, const Pool& options) { return pool(x, options, true); }

Node GraphBuilder::globalMaxPool(Node x) {
  const auto in = impl_->shapeOf(x);
  if (in.size() != 3) return impl_->complain("globalMaxPool", "its input must be an image");
  return flatten(maxPool(x, {.kernel = {in[0], in[1]}, .stride = {1, 1}}));
}

Node GraphBuilder::mean(Node x) {
  const auto name = impl_->layerName({}, "mean");
  const auto in = impl_->shapeOf(x);
  if (in.size() != 3) return impl_->complain(name, "its input must be an image");
  const int axes = impl_->addNumbers(name + "/axes", {1, 2});
  return impl_->addOperator(BuiltinOperator::MEAN, 1, {x.tensor, axes}, name, GraphShape{in[2]},
                            tflite::ReducerOptionsT());
}

}  // namespace primer::toolkit
