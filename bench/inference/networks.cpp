#include "networks.h"

#include <random>

#include "inference/model_builder.h"

namespace primer::bench {
namespace {

using inference::testing::ModelBuilder;
using inference::testing::perTensor;
using inference::testing::QuantizationSpec;
using tflite::BuiltinOperator;
using tflite::TensorType;

constexpr float kActivationScale = 0.05f;
constexpr float kWeightScale = 0.01f;

class Layers {
 public:
  Layers(int height, int width, int channels)
      : height_(height), width_(width), channels_(channels) {
    last_ = builder_.input("image", TensorType::INT8, {1, height, width, channels},
                           perTensor(kActivationScale, -3));
  }

  void conv(int outputs, int kernel, int stride) {
    const int weights = builder_.constant<std::int8_t>(
        "weights", {outputs, kernel, kernel, channels_},
        randomBytes(outputs * kernel * kernel * channels_), perChannel(outputs, 0));
    const int bias =
        builder_.constant<std::int32_t>("bias", {outputs}, std::vector<std::int32_t>(outputs, 100));
    tflite::Conv2DOptionsT options;
    options.stride_h = options.stride_w = stride;
    options.fused_activation_function = tflite::ActivationFunctionType::RELU;
    channels_ = outputs;
    shrink(stride);
    const int inputs[] = {last_, weights, bias};
    last_ = image();
    builder_.add(BuiltinOperator::CONV_2D, {inputs[0], inputs[1], inputs[2]}, {last_}, options, 3);
  }

  void depthwise(int kernel, int stride) {
    const int weights = builder_.constant<std::int8_t>("weights", {1, kernel, kernel, channels_},
                                                       randomBytes(kernel * kernel * channels_),
                                                       perChannel(channels_, 3));
    const int bias = builder_.constant<std::int32_t>("bias", {channels_},
                                                     std::vector<std::int32_t>(channels_, 100));
    tflite::DepthwiseConv2DOptionsT options;
    options.stride_h = options.stride_w = stride;
    options.depth_multiplier = 1;
    shrink(stride);
    const int from = last_;
    last_ = image();
    builder_.add(BuiltinOperator::DEPTHWISE_CONV_2D, {from, weights, bias}, {last_}, options, 3);
  }

  void dense(int outputs) {
    const int depth = height_ * width_ * channels_;
    const int weights = builder_.constant<std::int8_t>(
        "weights", {outputs, depth}, randomBytes(outputs * depth), perTensor(kWeightScale, 0));
    const int bias =
        builder_.constant<std::int32_t>("bias", {outputs}, std::vector<std::int32_t>(outputs, 100));
    height_ = width_ = 1;
    channels_ = outputs;
    const int from = last_;
    last_ =
        builder_.tensor("dense", TensorType::INT8, {1, outputs}, perTensor(kActivationScale, 0));
    builder_.add(BuiltinOperator::FULLY_CONNECTED, {from, weights, bias}, {last_},
                 tflite::FullyConnectedOptionsT{}, 4);
  }

  void softmax(int classes) {
    const int from = last_;
    last_ = builder_.tensor("p", TensorType::INT8, {1, classes}, perTensor(1.0f / 256.0f, -128));
    tflite::SoftmaxOptionsT options;
    options.beta = 1.0f;
    builder_.add(BuiltinOperator::SOFTMAX, {from}, {last_}, options, 2);
  }

  std::vector<std::byte> finish() {
    builder_.output(last_);
    return builder_.build();
  }

 private:
  int image() {
    return builder_.tensor("image", TensorType::INT8, {1, height_, width_, channels_},
                           perTensor(kActivationScale, -3));
  }
  void shrink(int stride) {
    height_ = (height_ + stride - 1) / stride;
    width_ = (width_ + stride - 1) / stride;
  }
  static QuantizationSpec perChannel(int channels, int dimension) {
    return {std::vector<float>(channels, kWeightScale), std::vector<std::int64_t>(channels, 0),
            dimension};
  }
  std::vector<std::int8_t> randomBytes(int count) {
    std::vector<std::int8_t> bytes(count);
    for (auto& byte : bytes)
      byte = static_cast<std::int8_t>(static_cast<int>(random_() % 255) - 127);
    return bytes;
  }

  ModelBuilder builder_;
  std::mt19937 random_{1};
  int height_, width_, channels_;
  int last_ = 0;
};

std::vector<std::byte> digits() {
  Layers net(28, 28, 8);  // direction maps of a digit's ink
  net.conv(16, 3, 1);
  net.conv(32, 3, 2);
  net.conv(32, 3, 2);
  net.dense(64);
  net.dense(11);
  net.softmax(11);
  return net.finish();
}

std::vector<std::byte> oneConv(int size, int channels, int outputs, int kernel) {
  Layers net(size, size, channels);
  net.conv(outputs, kernel, 1);
  return net.finish();
}

std::vector<std::byte> oneDepthwise(int size, int channels) {
  Layers net(size, size, channels);
  net.depthwise(3, 1);
  return net.finish();
}

std::vector<std::byte> oneDense(int depth, int outputs) {
  Layers net(1, 1, depth);
  net.dense(outputs);
  return net.finish();
}

}  // namespace

std::vector<Network> syntheticNetworks() {
  return {
      {"digits 28x28x8", digits()},
      {"conv 3x3 32x32x32 -> 32", oneConv(32, 32, 32, 3)},
      {"conv 3x3 16x16x64 -> 64", oneConv(16, 64, 64, 3)},
      {"conv 1x1 32x32x64 -> 64", oneConv(32, 64, 64, 1)},
      {"conv 5x5 28x28x1 -> 16", oneConv(28, 1, 16, 5)},
      {"depthwise 3x3 48x48x32", oneDepthwise(48, 32)},
      {"depthwise 3x3 24x24x128", oneDepthwise(24, 128)},
      {"dense 1024 -> 256", oneDense(1024, 256)},
  };
}

}  // namespace primer::bench
