// The pass that leaves out channels which no reader has a weight for: what is computed afterwards,
// and that the bytes are the file's.

#include <algorithm>
#include <random>

#include "inference/model_test.h"

namespace primer::inference {
namespace {

constexpr auto kInt8 = TensorType::INT8;
constexpr std::int32_t kSide = 9;

struct Pruned {
  int channels = 48;
  int read = 20;            // of them
  bool depthwise = true;    // between the two convolutions
  bool is_result = false;   // the image between is an output too
  bool padded = true;       // 3x3 windows; else 1x1
  bool per_channel = true;  // scales
};

// 7 channels -> CONV_2D -> [DEPTHWISE_CONV_2D] -> CONV_2D -> 10 channels.
class PrunedNet {
 public:
  explicit PrunedNet(const Pruned& net) : net_(net) {
    int image = builder_.input("x", kInt8, {1, kSide, kSide, 7}, perTensor(0.1f, -5));
    image = convolution(image, 7, net.channels, net.channels);
    if (net.depthwise) image = depthwise(image);
    if (net.is_result) builder_.output(image);
    builder_.output(convolution(image, net.channels, 10, net.read));
  }

  std::shared_ptr<const Model> model() const { return opened(builder_); }

 private:
  std::vector<std::int8_t> random(std::size_t count) {
    std::vector<std::int8_t> values(count);
    for (auto& value : values) value = static_cast<std::int8_t>(random_() % 255 - 127);
    return values;
  }

  testing::QuantizationSpec scales(int channels, int axis) {
    if (!net_.per_channel) return perTensor(0.01f, 0);
    testing::QuantizationSpec spec;
    for (int c = 0; c < channels; ++c)
      spec.scales.push_back(0.01f + 0.0007f * static_cast<float>(c));
    spec.zero_points.assign(static_cast<std::size_t>(channels), 0);
    spec.dimension = axis;
    return spec;
  }

  int bias(int channels) {
    std::vector<std::int32_t> values;
    for (int c = 0; c < channels; ++c) values.push_back(static_cast<int>(random_() % 4001) - 2000);
    return builder_.constant<std::int32_t>("bias", {channels}, values);
  }

  // Every other channel is read first, then those that are left.
  int convolution(int from, int in, int out, int read) {
    const int side = net_.padded ? 3 : 1;
    auto weights = random(static_cast<std::size_t>(out * side * side * in));
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const int c = static_cast<int>(i) % in;
      if (out == 10 && (c % 2 == 0 ? c / 2 : (in + c) / 2) >= read) weights[i] = 0;
    }
    const int w =
        builder_.constant<std::int8_t>("w", {out, side, side, in}, weights, scales(out, 0));
    const int b = bias(out);
    const int to = image(out);
    tflite::Conv2DOptionsT options;
    options.padding = tflite::Padding::SAME;
    options.stride_h = options.stride_w = 1;
    builder_.add(BuiltinOperator::CONV_2D, {from, w, b}, {to}, options, 3);
    return to;
  }

  int depthwise(int from) {
    const int w = builder_.constant<std::int8_t>(
        "w", {1, 3, 3, net_.channels}, random(static_cast<std::size_t>(9 * net_.channels)),
        scales(net_.channels, 3));
    const int b = bias(net_.channels);
    const int to = image(net_.channels);
    tflite::DepthwiseConv2DOptionsT options;
    options.padding = tflite::Padding::SAME;
    options.stride_h = options.stride_w = 1;
    options.depth_multiplier = 1;
    builder_.add(BuiltinOperator::DEPTHWISE_CONV_2D, {from, w, b}, {to}, options, 3);
    return to;
  }

  int image(int channels) {
    return builder_.tensor("image", kInt8, {1, kSide, kSide, channels}, perTensor(0.4f, 3));
  }

  Pruned net_;
  ModelBuilder builder_;
  std::mt19937 random_{7};
};

// Multiplications of the run as planned, against those of the file's. Expects the same bytes.
std::pair<std::uint64_t, std::uint64_t> costs(const Pruned& net) {
  const auto model = PrunedNet(net).model();
  auto plain = planned(model, {.optimise = false});
  auto changed = planned(model);
  std::mt19937 random(3);
  for (int run = 0; run < 3; ++run) {
    for (auto& byte : plain.inputBytes(0)) byte = static_cast<std::byte>(random());
    std::ranges::copy(plain.inputBytes(0), changed.inputBytes(0).begin());
    EXPECT_TRUE(plain.run() && changed.run());
    for (std::size_t i = 0; i < model->outputCount(); ++i) {
      EXPECT_TRUE(std::ranges::equal(plain.outputBytes(i), changed.outputBytes(i)));
    }
  }
  return {changed.macs(), plain.macs()};
}

constexpr std::uint64_t kPixels = kSide * kSide;

TEST(DropChannels, AllTheWayFromTheConvolutionThatMakesThem) {
  const auto [changed, plain] = costs({});
  EXPECT_EQ(plain, kPixels * 9 * (7 * 48 + 48 + 48 * 10));
  EXPECT_EQ(changed, kPixels * 9 * (7 * 32 + 32 + 32 * 10));  // 20 are read: in sixteens, 32
}

TEST(DropChannels, WithoutDepthwiseOnesAndOfOneScale) {
  EXPECT_EQ(costs({.depthwise = false}).first, kPixels * 9 * (7 * 32 + 32 * 10));
  EXPECT_EQ(costs({.depthwise = false, .padded = false}).first, kPixels * (7 * 32 + 32 * 10));
  EXPECT_EQ(costs({.per_channel = false}).first, kPixels * 9 * (7 * 32 + 32 + 32 * 10));
  EXPECT_EQ(costs({.read = 0}).first, kPixels * 9 * (7 * 16 + 16 + 16 * 10));
}

TEST(DropChannels, NotWhereTheyAreReadOrShown) {
  for (const Pruned& net : {Pruned{.read = 48}, Pruned{.read = 33}, Pruned{.is_result = true}}) {
    const auto [changed, plain] = costs(net);
    EXPECT_EQ(changed, plain);
  }
}

}  // namespace
}  // namespace primer::inference
