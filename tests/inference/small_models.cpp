#include "inference/small_models.h"

namespace primer::inference::testing {

namespace {

std::vector<std::int8_t> someBytes(std::size_t count) {
  std::vector<std::int8_t> bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::int8_t>((i * 37) % 255 - 127);
  return bytes;
}

}  // namespace

SmallNet::SmallNet() {
  using tflite::BuiltinOperator;
  constexpr auto kInt8 = tflite::TensorType::INT8;
  image = builder.input("image", kInt8, {1, 6, 6, 2}, perTensor(0.02f, -5));
  conv_weights = builder.constant<std::int8_t>("conv/weights", {3, 3, 3, 2}, someBytes(54),
                                               {{0.01f, 0.02f, 0.015f}, {0, 0, 0}, 0});
  conv_bias = builder.constant<std::int32_t>("conv/bias", {3}, {100, -50, 7});
  conv = builder.tensor("conv", kInt8, {1, 6, 6, 3}, perTensor(0.05f, -128));
  pool = builder.tensor("pool", kInt8, {1, 3, 3, 3}, perTensor(0.05f, -128));
  shape = builder.constant<std::int32_t>("shape", {2}, {1, -1});
  flat = builder.tensor("flat", kInt8, {1, 27}, perTensor(0.05f, -128));
  dense_weights =
      builder.constant<std::int8_t>("dense/weights", {4, 27}, someBytes(108), perTensor(0.008f, 0));
  dense_bias = builder.constant<std::int32_t>("dense/bias", {4}, {1, 2, 3, 4});
  dense = builder.tensor("dense", kInt8, {1, 4}, perTensor(0.1f, 3));
  softmax = builder.tensor("probabilities", kInt8, {1, 4}, perTensor(1.0f / 256.0f, -128));
  builder.output(softmax);

  tflite::Conv2DOptionsT conv_options;
  conv_options.stride_h = conv_options.stride_w = 1;
  conv_options.fused_activation_function = tflite::ActivationFunctionType::RELU;
  builder.add(BuiltinOperator::CONV_2D, {image, conv_weights, conv_bias}, {conv}, conv_options, 3);
  tflite::Pool2DOptionsT pool_options;
  pool_options.stride_h = pool_options.stride_w = 2;
  pool_options.filter_height = pool_options.filter_width = 2;
  pool_options.padding = tflite::Padding::VALID;
  builder.add(BuiltinOperator::MAX_POOL_2D, {conv}, {pool}, pool_options, 2);
  builder.add(BuiltinOperator::RESHAPE, {pool, shape}, {flat}, tflite::ReshapeOptionsT{});
  builder.add(BuiltinOperator::FULLY_CONNECTED, {flat, dense_weights, dense_bias}, {dense},
              tflite::FullyConnectedOptionsT{}, 4);
  tflite::SoftmaxOptionsT softmax_options;
  softmax_options.beta = 1.0f;
  builder.add(BuiltinOperator::SOFTMAX, {dense}, {softmax}, softmax_options, 2);
  builder.metadata("labels", "a b c d");
}

ModelBuilder pointwiseNet(int size, int depth, int channels,
                          const std::vector<std::int8_t>& weights) {
  constexpr auto kInt8 = tflite::TensorType::INT8;
  ModelBuilder builder;
  const int x = builder.input("x", kInt8, {1, size, size, depth}, perTensor(0.05f, 3));
  const int w =
      builder.constant<std::int8_t>("w", {channels, 1, 1, depth}, weights, perTensor(0.01f, 0));
  const int b = builder.constant<std::int32_t>(
      "b", {channels}, std::vector<std::int32_t>(static_cast<std::size_t>(channels), 9));
  const int y = builder.tensor("y", kInt8, {1, size, size, channels}, perTensor(0.1f, -5));
  tflite::Conv2DOptionsT options;
  options.stride_h = options.stride_w = 1;
  builder.add(tflite::BuiltinOperator::CONV_2D, {x, w, b}, {y}, options, 3);
  builder.output(y);
  return builder;
}

}  // namespace primer::inference::testing
