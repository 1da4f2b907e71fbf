// Layers over many sizes, strides, dilations and paddings against sums written out naively here:
// nothing is shared with the engine but the two roundings that fixed_point_test holds.

#include <cmath>
#include <random>

#include "inference/model_test.h"
#include "kernels/fixed_point.h"

namespace primer::inference {
namespace {

struct Case {
  int batch, height, width, in, out, kernel_h, kernel_w, stride_h, stride_w, dilation_h, dilation_w;
  bool same;
  int groups;
  bool depthwise;
};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  int range(int low, int high) {  // both included
    return low + static_cast<int>(engine_() % static_cast<unsigned>(high - low + 1));
  }
  std::vector<std::int8_t> bytes(std::size_t count) {
    std::vector<std::int8_t> values(count);
    for (auto& value : values) value = static_cast<std::int8_t>(range(-127, 127));
    return values;
  }

 private:
  std::mt19937 engine_;
};

Case randomCase(Random& random, bool depthwise) {
  Case c{};
  c.depthwise = depthwise;
  c.batch = random.range(1, 2);
  c.kernel_h = random.range(1, 5);
  c.kernel_w = random.range(1, 5);
  c.dilation_h = random.range(1, 3);
  c.dilation_w = random.range(1, 3);
  c.stride_h = random.range(1, 3);
  c.stride_w = random.range(1, 3);
  c.same = random.range(0, 1) == 1;
  // Sometimes smaller than the window, which only SAME allows.
  c.height = c.same ? random.range(1, 9) : (c.kernel_h - 1) * c.dilation_h + random.range(1, 7);
  c.width = c.same ? random.range(1, 9) : (c.kernel_w - 1) * c.dilation_w + random.range(1, 7);
  c.groups = depthwise ? 1 : random.range(1, 3);
  c.in = c.groups * random.range(1, 11);
  c.out = depthwise ? c.in * random.range(1, 3) : c.groups * random.range(1, 9);
  return c;
}

int outSize(int in, int kernel, int stride, int dilation, bool same) {
  return same ? (in + stride - 1) / stride : (in - (kernel - 1) * dilation - 1) / stride + 1;
}
int padBefore(int in, int out, int kernel, int stride, int dilation) {
  return std::max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - in) / 2;
}

constexpr float kInScale = 0.04f;
constexpr float kOutScale = 0.6f;
constexpr int kInZero = 11;
constexpr int kOutZero = -20;

struct Layer {
  Case c;
  std::vector<std::int8_t> weights;
  std::vector<std::int32_t> bias;
  std::vector<float> scales;
  int out_h, out_w;

  // Index of a weight: [out][y][x][in of group] or, depthwise, [y][x][out].
  std::size_t weightAt(int out, int y, int x, int in) const {
    if (c.depthwise) return (static_cast<std::size_t>(y) * c.kernel_w + x) * c.out + out;
    const int depth = c.in / c.groups;
    return ((static_cast<std::size_t>(out) * c.kernel_h + y) * c.kernel_w + x) * depth + in;
  }

  int naive(std::span<const std::int8_t> image, int n, int oy, int ox, int out) const {
    const int top = c.same ? padBefore(c.height, out_h, c.kernel_h, c.stride_h, c.dilation_h) : 0;
    const int left = c.same ? padBefore(c.width, out_w, c.kernel_w, c.stride_w, c.dilation_w) : 0;
    const int depth = c.depthwise ? 1 : c.in / c.groups;
    const int first = c.depthwise ? out / (c.out / c.in) : out / (c.out / c.groups) * depth;
    std::int64_t sum = bias[out];
    for (int ky = 0; ky < c.kernel_h; ++ky) {
      for (int kx = 0; kx < c.kernel_w; ++kx) {
        const int y = oy * c.stride_h - top + ky * c.dilation_h;
        const int x = ox * c.stride_w - left + kx * c.dilation_w;
        if (y < 0 || y >= c.height || x < 0 || x >= c.width) continue;
        for (int i = 0; i < depth; ++i) {
          const auto at = ((static_cast<std::size_t>(n) * c.height + y) * c.width + x) * c.in;
          sum += (image[at + first + i] - kInZero) * weights[weightAt(out, ky, kx, i)];
        }
      }
    }
    const double factor = static_cast<double>(kInScale) * static_cast<double>(scales[out]) /
                          static_cast<double>(kOutScale);
    const int scaled =
        multiplyTwoRoundings(static_cast<std::int32_t>(sum), quantizeMultiplier(factor));
    return std::clamp(scaled + kOutZero, -128, 127);
  }
};

void checkLayer(const Case& c, Random& random) {
  Layer layer{c, {}, {}, {}, 0, 0};
  layer.out_h = outSize(c.height, c.kernel_h, c.stride_h, c.dilation_h, c.same);
  layer.out_w = outSize(c.width, c.kernel_w, c.stride_w, c.dilation_w, c.same);
  const int depth = c.in / c.groups;
  layer.weights = random.bytes(static_cast<std::size_t>(c.kernel_h) * c.kernel_w * c.out *
                               (c.depthwise ? 1 : depth));
  for (int i = 0; i < c.out; ++i) {
    layer.bias.push_back(random.range(-3000, 3000));
    layer.scales.push_back(static_cast<float>(random.range(10, 200)) * 1e-4f);
  }
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::INT8, {c.batch, c.height, c.width, c.in},
                              perTensor(kInScale, kInZero));
  const std::vector<std::int32_t> weights_shape =
      c.depthwise ? std::vector<std::int32_t>{1, c.kernel_h, c.kernel_w, c.out}
                  : std::vector<std::int32_t>{c.out, c.kernel_h, c.kernel_w, depth};
  const int w = builder.constant<std::int8_t>(
      "w", weights_shape, layer.weights,
      {layer.scales, std::vector<std::int64_t>(layer.scales.size(), 0), c.depthwise ? 3 : 0});
  const int b = builder.constant<std::int32_t>("b", {c.out}, layer.bias);
  const int y = builder.tensor("y", TensorType::INT8, {c.batch, layer.out_h, layer.out_w, c.out},
                               perTensor(kOutScale, kOutZero));
  const auto fill = [&](auto options) {
    options.padding = c.same ? tflite::Padding::SAME : tflite::Padding::VALID;
    options.stride_h = c.stride_h;
    options.stride_w = c.stride_w;
    options.dilation_h_factor = c.dilation_h;
    options.dilation_w_factor = c.dilation_w;
    return options;
  };
  if (c.depthwise) {
    builder.add(BuiltinOperator::DEPTHWISE_CONV_2D, {x, w, b}, {y},
                fill(tflite::DepthwiseConv2DOptionsT{}), 3);
  } else {
    builder.add(BuiltinOperator::CONV_2D, {x, w, b}, {y}, fill(tflite::Conv2DOptionsT{}), 3);
  }
  builder.output(y);
  const auto model = Model::fromBytes(builder.build(), "layer");
  ASSERT_TRUE(model) << model.error().message;
  auto session = Session::create(*model);
  ASSERT_TRUE(session) << session.error().message;
  const auto image = random.bytes(session->inputBytes(0).size());
  std::copy(image.begin(), image.end(), session->input<std::int8_t>(0).begin());
  session->run();
  const auto output = session->output<std::int8_t>(0);
  std::size_t at = 0;
  for (int n = 0; n < c.batch; ++n) {
    for (int oy = 0; oy < layer.out_h; ++oy) {
      for (int ox = 0; ox < layer.out_w; ++ox) {
        for (int out = 0; out < c.out; ++out, ++at) {
          ASSERT_EQ(output[at], layer.naive(image, n, oy, ox, out))
              << c.height << "x" << c.width << "x" << c.in << " -> " << c.out << ", window "
              << c.kernel_h << "x" << c.kernel_w << ", stride " << c.stride_h << "x" << c.stride_w
              << ", dilation " << c.dilation_h << "x" << c.dilation_w << ", same " << c.same
              << ", groups " << c.groups << " at " << n << ", " << oy << ", " << ox << ", " << out;
        }
      }
    }
  }
}

TEST(Kernels, ConvolutionsAreTheNaiveSums) {
  Random random(1);
  for (int i = 0; i < 300; ++i) {
    checkLayer(randomCase(random, false), random);
    if (HasFatalFailure()) return;
  }
}

TEST(Kernels, DepthwiseConvolutionsAreTheNaiveSums) {
  Random random(2);
  for (int i = 0; i < 300; ++i) {
    checkLayer(randomCase(random, true), random);
    if (HasFatalFailure()) return;
  }
}

TEST(Kernels, DenseLayersAreTheNaiveSums) {
  Random random(3);
  for (int i = 0; i < 200; ++i) {
    const int rows = random.range(1, 20);
    const int depth = random.range(1, 40);
    const int channels = random.range(1, 13);
    const auto weights = random.bytes(static_cast<std::size_t>(depth) * channels);
    ModelBuilder builder;
    const int x = builder.input("x", TensorType::INT8, {rows, depth}, perTensor(kInScale, kInZero));
    const int w =
        builder.constant<std::int8_t>("w", {channels, depth}, weights, perTensor(0.02f, 0));
    const int y =
        builder.tensor("y", TensorType::INT8, {rows, channels}, perTensor(kOutScale, kOutZero));
    builder.add(BuiltinOperator::FULLY_CONNECTED, {x, w}, {y}, tflite::FullyConnectedOptionsT{}, 4);
    builder.output(y);
    const auto model = Model::fromBytes(builder.build(), "dense");
    ASSERT_TRUE(model) << model.error().message;
    auto session = Session::create(*model);
    ASSERT_TRUE(session) << session.error().message;
    const auto input = random.bytes(session->inputBytes(0).size());
    std::copy(input.begin(), input.end(), session->input<std::int8_t>(0).begin());
    session->run();
    const double factor =
        static_cast<double>(kInScale) * static_cast<double>(0.02f) / static_cast<double>(kOutScale);
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < channels; ++c) {
        double sum = 0;
        for (int k = 0; k < depth; ++k) {
          sum += (input[r * depth + k] - kInZero) * weights[c * depth + k];
        }
        const int expected =
            std::clamp(static_cast<int>(std::round(sum * factor)) + kOutZero, -128, 127);
        ASSERT_EQ(session->output<std::int8_t>(0)[r * channels + c], expected);
      }
    }
  }
}

}  // namespace
}  // namespace primer::inference
