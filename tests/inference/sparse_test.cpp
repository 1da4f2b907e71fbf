// Products that skip weights that are zero: when they do, and the room that they take. That the
// bytes are the same is in levels_test.cpp.

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

#include "inference/model_test.h"
#include "kernels/cpu.h"

namespace primer::inference {
namespace {

// A pointwise convolution; of each ten blocks of one channel's four weights so many are zero.
std::shared_ptr<const Model> pointwise(int size, int depth, int channels, int zero_tenths) {
  std::mt19937 random(3);
  std::vector<std::int8_t> weights(static_cast<std::size_t>(depth) * channels);
  for (std::size_t i = 0; i < weights.size(); i += 4) {
    const bool zero = random() % 10 < static_cast<unsigned>(zero_tenths);
    for (std::size_t k = i; k < i + 4; ++k) {
      weights[k] = static_cast<std::int8_t>(zero ? 0 : 1 + random() % 100);
    }
  }
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::INT8, {1, size, size, depth}, perTensor(0.05f, 3));
  const int w =
      builder.constant<std::int8_t>("w", {channels, 1, 1, depth}, weights, perTensor(0.01f, 0));
  const int b = builder.constant<std::int32_t>(
      "b", {channels}, std::vector<std::int32_t>(static_cast<std::size_t>(channels), 9));
  const int y =
      builder.tensor("y", TensorType::INT8, {1, size, size, channels}, perTensor(0.1f, -5));
  tflite::Conv2DOptionsT options;
  options.stride_h = options.stride_w = 1;
  builder.add(BuiltinOperator::CONV_2D, {x, w, b}, {y}, options, 3);
  builder.output(y);
  return opened(builder);
}

std::size_t packedBytes(const std::shared_ptr<const Model>& model) {
  return planned(model).packedBytes();
}

TEST(Sparse, BlocksTakeTheRoomOfWhatIsNotZero) {
  if (usableCpuLevels().size() < 2) GTEST_SKIP() << "this CPU has the scalar level only";
  const std::size_t all = packedBytes(pointwise(28, 256, 256, 0));
  const std::size_t some = packedBytes(pointwise(28, 256, 256, 9));
  EXPECT_GE(all, 256u * 256u);
  EXPECT_LT(some, all / 2);  // a block is 8 bytes and stands for 4
}

TEST(Sparse, AFewZerosAreMultipliedLikeOthers) {
  if (usableCpuLevels().size() < 2) GTEST_SKIP() << "this CPU has the scalar level only";
  EXPECT_EQ(packedBytes(pointwise(28, 256, 256, 1)), packedBytes(pointwise(28, 256, 256, 0)));
}

TEST(Sparse, ASingleRowHasNothingToShareABlockWith) {
  if (usableCpuLevels().size() < 2) GTEST_SKIP() << "this CPU has the scalar level only";
  EXPECT_EQ(packedBytes(pointwise(1, 256, 256, 5)), packedBytes(pointwise(1, 256, 256, 0)));
}

}  // namespace
}  // namespace primer::inference
