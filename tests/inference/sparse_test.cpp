// Products that skip weights that are zero: when they do, and the room that they take. That the
// bytes are the same is in levels_test.cpp.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "inference/model_test.h"
#include "inference/small_models.h"
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
  return opened(testing::pointwiseNet(size, depth, channels, weights));
}

std::size_t packedBytes(const std::shared_ptr<const Model>& model) {
  return planned(model).packedBytes();
}

// At every level but those with tiles, which multiply zeros in less time than others skip them.
TEST(Sparse, BlocksTakeTheRoomOfWhatIsNotZero) {
  if (usableCpuLevels().size() < 2) GTEST_SKIP() << "this CPU has the scalar level only";
  setenv("PRIMER_CPU", std::string(cpuLevelName(usableCpuLevels()[1])).c_str(), 1);
  const std::size_t all = packedBytes(pointwise(28, 256, 256, 0));
  const std::size_t some = packedBytes(pointwise(28, 256, 256, 9));
  EXPECT_GE(all, 256u * 256u);
  EXPECT_LT(some, all / 2);  // a block is 8 bytes and stands for 4
  unsetenv("PRIMER_CPU");
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
