#include "inference/layer_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace primer::inference::testing {
namespace {

constexpr auto kInt8 = TensorType::INT8;

}  // namespace

void LayerMaker::conv(bool depthwise) {
  const bool pointwise = random.chance(30);
  Sides sides{};
  sides.kernel_h = pointwise ? 1 : random.range(1, 5);
  sides.kernel_w = pointwise ? 1 : random.range(1, 6);
  sides.stride_h = random.range(1, 3);
  sides.stride_w = random.range(1, 3);
  sides.dilation_h = random.chance(70) ? 1 : random.range(2, 4);
  sides.dilation_w = random.chance(70) ? 1 : random.range(2, 4);
  sides.same = random.chance(50);
  const auto side = [&](int kernel, int dilation) {
    return sides.same ? random.range(1, 13) : (kernel - 1) * dilation + random.range(1, 11);
  };
  sides.height = side(sides.kernel_h, sides.dilation_h);
  sides.width = side(sides.kernel_w, sides.dilation_w);
  sides.batch = random.chance(80) ? 1 : 2;
  const int groups = depthwise || random.chance(95) ? 1 : 2;
  const int in = groups * (random.chance(30) ? 4 * random.range(1, 24) : random.range(1, 40));
  const int multiplier = random.chance(70) ? 1 : random.range(2, 9);
  const int out = depthwise ? in * (in == 1 ? random.range(1, 70) : multiplier)
                            : groups * random.range(1, random.chance(30) ? 150 : 40);
  addConvolution(depthwise, sides, in, out, groups);
}

void LayerMaker::wideDepthwise() {
  Sides sides{};
  sides.kernel_h = random.range(2, 5);
  sides.kernel_w = random.range(1, 5);
  sides.stride_h = random.range(1, 2);
  sides.stride_w = random.range(1, 3);
  sides.dilation_h = random.chance(80) ? 1 : 2;
  sides.dilation_w = random.chance(80) ? 1 : random.range(2, 9);
  sides.same = random.chance(60);
  sides.batch = random.chance(90) ? 1 : 2;
  sides.height = sides.kernel_h * sides.dilation_h + random.range(0, 4);
  sides.width = sides.kernel_w * sides.dilation_w + random.range(20, 90);
  const int channels = 16 * random.range(1, 20);
  addConvolution(true, sides, channels, channels, 1);
}

void LayerMaker::addConvolution(bool depthwise, const Sides& sides, int in, int out, int groups) {
  builder = ModelBuilder();
  const auto& [kernel_h, kernel_w, stride_h, stride_w, dilation_h, dilation_w, same, batch, height,
               width] = sides;
  const auto size = [&](int length, int kernel, int stride, int dilation) {
    return sides.same ? (length + stride - 1) / stride
                      : (length - (kernel - 1) * dilation - 1) / stride + 1;
  };
  const int out_h = size(height, kernel_h, stride_h, dilation_h);
  const int out_w = size(width, kernel_w, stride_w, dilation_w);
  const int x = input({batch, height, width, in});
  const std::vector<std::int32_t> shape =
      depthwise ? std::vector<std::int32_t>{1, kernel_h, kernel_w, out}
                : std::vector<std::int32_t>{out, kernel_h, kernel_w, in / groups};
  const auto [w, b] = weights(shape, out, depthwise ? 3 : 0, kernel_h * kernel_w * in);
  const int y = output({batch, out_h, out_w, out});
  what = fmt::format(
      "{} {}x{}x{}x{} -> {}, window {}x{}, stride {}x{}, dilation {}x{}, same {}, groups {}",
      depthwise ? "depthwise" : "conv", batch, height, width, in, out, kernel_h, kernel_w, stride_h,
      stride_w, dilation_h, dilation_w, same, groups);
  const auto fill = [&](auto options) {
    options.padding = sides.same ? tflite::Padding::SAME : tflite::Padding::VALID;
    options.stride_h = sides.stride_h;
    options.stride_w = sides.stride_w;
    options.dilation_h_factor = sides.dilation_h;
    options.dilation_w_factor = sides.dilation_w;
    options.fused_activation_function = random.activation();
    return options;
  };
  if (depthwise) {
    auto options = fill(tflite::DepthwiseConv2DOptionsT{});
    options.depth_multiplier = out / in;
    builder.add(BuiltinOperator::DEPTHWISE_CONV_2D, {x, w, b}, {y}, options, 3);
  } else {
    builder.add(BuiltinOperator::CONV_2D, {x, w, b}, {y}, fill(tflite::Conv2DOptionsT{}), 3);
  }
  builder.output(y);
}

void LayerMaker::dense() {
  builder = ModelBuilder();
  const int rows = random.chance(50) ? 1 : random.range(2, 30);
  const int depth = random.range(1, random.chance(20) ? 700 : 90);
  const int channels = random.range(1, random.chance(30) ? 200 : random.chance(50) ? 20 : 5);
  const int x = input({rows, depth});
  const auto [w, b] = weights({channels, depth}, channels, 0, depth);
  const int y = output({rows, channels});
  what = fmt::format("dense {}x{} -> {}", rows, depth, channels);
  tflite::FullyConnectedOptionsT options;
  options.fused_activation_function = random.activation();
  builder.add(BuiltinOperator::FULLY_CONNECTED, {x, w, b}, {y}, options, 5);
  builder.output(y);
}

void LayerMaker::sum() {
  builder = ModelBuilder();
  const int count = random.range(1, 700);
  const float scale = random.scale(-4, 1);
  const auto operand = [&](const char* name) {
    const float own = random.chance(30) ? scale : scale * random.scale(-2, 2);
    return builder.input(name, kInt8, {1, count}, perTensor(own, random.zeroPoint()));
  };
  const int a = operand("a");
  const int b = operand("b");
  const float out = random.chance(30) ? scale : scale * random.scale(-2, 2);
  const int y = builder.tensor("y", kInt8, {1, count}, perTensor(out, random.zeroPoint()));
  const bool add = random.chance(60);
  what = fmt::format("{} of {}", add ? "sum" : "difference", count);
  if (add) {
    tflite::AddOptionsT options;
    options.fused_activation_function = random.activation();
    builder.add(BuiltinOperator::ADD, {a, b}, {y}, options, 2);
  } else {
    tflite::SubOptionsT options;
    options.fused_activation_function = random.activation();
    builder.add(BuiltinOperator::SUB, {a, b}, {y}, options, 2);
  }
  builder.output(y);
}

void LayerMaker::quantize() {
  builder = ModelBuilder();
  const int count = random.range(1, 300);
  const int x = builder.input("x", TensorType::FLOAT32, {1, count});
  const int y =
      builder.tensor("y", kInt8, {1, count},
                     perTensor(random.chance(50) ? 0.5f : random.scale(-3, 1), random.zeroPoint()));
  what = fmt::format("quantize {}", count);
  builder.add(BuiltinOperator::QUANTIZE, {x}, {y}, tflite::QuantizeOptionsT{}, 1);
  builder.output(y);
}

std::vector<std::byte> LayerMaker::realsFor(const Model& model) {
  std::vector<float> reals(model.input(0).bytes / sizeof(float));
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const float strange[] = {kInfinity, -kInfinity, std::nanf(""), 3e38f, -3e38f, -0.0f, 0.24999999f};
  const float scale = model.output(0).quantization.scale();
  const bool close = random.chance(50);  // else whole vectors stay clear of middles
  for (auto& real : reals) {
    real = static_cast<float>(random.range(-600, 600)) / 8.0f;
    if (random.chance(5)) real = strange[random.range(0, 6)];
    if (close && random.chance(30)) {
      const float middle = (static_cast<float>(random.range(-200, 200)) + 0.5f) * scale;
      real = std::nextafter(middle, random.chance(50) ? kInfinity : -kInfinity);
    }
  }
  const auto* first = reinterpret_cast<const std::byte*>(reals.data());
  return {first, first + reals.size() * sizeof(float)};
}

void LayerMaker::pool() {
  builder = ModelBuilder();
  const int height = random.range(1, 12);
  const int width = random.range(1, 12);
  const int channels = random.range(1, 150);
  tflite::Pool2DOptionsT options;
  options.filter_height = random.range(1, 6);
  options.filter_width = random.range(1, 6);
  options.stride_h = random.range(1, 3);
  options.stride_w = random.range(1, 3);
  options.padding = tflite::Padding::SAME;
  options.fused_activation_function = random.activation();
  const auto quantization = perTensor(random.scale(-3, 0), random.zeroPoint());
  const int x = builder.input("x", kInt8, {1, height, width, channels}, quantization);
  const auto out = [](int size, int stride) { return (size + stride - 1) / stride; };
  const int y = builder.tensor(
      "y", kInt8, {1, out(height, options.stride_h), out(width, options.stride_w), channels},
      quantization);
  const bool average = random.chance(50);
  what =
      fmt::format("{} pool of {}x{}x{}, window {}x{}, stride {}x{}",
                  average ? "average" : "greatest", height, width, channels, options.filter_height,
                  options.filter_width, options.stride_h, options.stride_w);
  builder.add(average ? BuiltinOperator::AVERAGE_POOL_2D : BuiltinOperator::MAX_POOL_2D, {x}, {y},
              options, 2);
  builder.output(y);
}

std::vector<std::byte> LayerMaker::bytesFor(const Model& model) {
  std::vector<std::byte> all;
  for (std::size_t i = 0; i < model.inputCount(); ++i) {
    const auto bytes = random.bytes(model.input(i).bytes);
    const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
    all.insert(all.end(), first, first + bytes.size());
  }
  return all;
}

int LayerMaker::input(const std::vector<std::int32_t>& shape) {
  in_scale_ = random.scale(-3, 0);
  return builder.input("x", kInt8, shape, perTensor(in_scale_, random.zeroPoint()));
}

std::pair<int, int> LayerMaker::weights(const std::vector<std::int32_t>& shape, int channels,
                                        int dimension, int depth) {
  std::size_t count = 1;
  for (const int size : shape) count *= static_cast<std::size_t>(size);
  const bool per_channel = random.chance(70);
  const bool wild = random.chance(15);
  std::vector<float> scales(per_channel ? static_cast<std::size_t>(channels) : 1);
  for (auto& scale : scales) scale = wild ? random.scale(-9, 2) : random.scale(-3, -1);
  weight_scale_ = scales[0];
  depth_ = depth;
  std::vector<std::int32_t> bias(static_cast<std::size_t>(channels));
  const bool huge = random.chance(5);
  for (auto& value : bias) {
    value = huge ? random.range(-2000000000, 2000000000) : random.range(-9000, 9000);
  }
  // -128 is no weight of a sound writer's, and still one that a file may hold.
  auto values = random.bytes(count, random.chance(10) ? -128 : -127);
  // Weights of some output channels are all zero, as pruning leaves them.
  const bool pruned = random.chance(20);
  const std::size_t inner = dimension == 0 ? count / static_cast<std::size_t>(channels) : 1;
  for (int c = 0; pruned && c < channels; ++c) {
    if (random.chance(50)) continue;
    bias[static_cast<std::size_t>(c)] = random.range(-2000000000, 2000000000);
    const std::size_t step = dimension == 0 ? 1 : static_cast<std::size_t>(channels);
    for (std::size_t i = 0; i < count / static_cast<std::size_t>(channels); ++i) {
      values[static_cast<std::size_t>(c) * inner + i * step] = random.chance(2) ? 1 : 0;
    }
  }
  if (random.chance(sparse_)) dropBlocks(values);
  const int w = builder.constant<std::int8_t>(
      "w", shape, values,
      {scales, std::vector<std::int64_t>(scales.size(), 0), per_channel ? dimension : 0});
  return {w, builder.constant<std::int32_t>("b", {channels}, bias)};
}

void LayerMaker::dropBlocks(std::vector<std::int8_t>& values) {
  const int share = random.range(50, 100);
  for (std::size_t i = 0; i < values.size(); i += 4) {
    if (!random.chance(share)) continue;
    for (std::size_t k = i; k < std::min(i + 4, values.size()); ++k) values[k] = 0;
  }
}

int LayerMaker::output(const std::vector<std::int32_t>& shape) {
  const float spread = 60.0f * std::sqrt(static_cast<float>(depth_));
  const float scale = random.chance(80) ? in_scale_ * weight_scale_ * spread * random.scale(-1, 1)
                                        : random.scale(-3, 1);
  return builder.tensor("y", kInt8, shape, perTensor(scale, random.zeroPoint()));
}

}  // namespace primer::inference::testing
