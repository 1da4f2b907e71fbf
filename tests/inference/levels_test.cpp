// Every level of CPU that this machine has gives the bytes of the reference, to the last one:
// layers of odd sizes, strides, dilations, paddings, zero points and factors at their extremes, the
// recorded operators and the shared models.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "inference/layer_maker.h"
#include "inference/model_test.h"
#include "inference/recording_file.h"
#include "inference/shared_models.h"
#include "kernels/cpu.h"

namespace primer::inference {
namespace {

using testing::LayerMaker;
using testing::Random;

constexpr auto kInt8 = TensorType::INT8;

class AtLevel {
 public:
  explicit AtLevel(CpuLevel level) {
    setenv("PRIMER_CPU", std::string(cpuLevelName(level)).c_str(), 1);
  }
  ~AtLevel() { unsetenv("PRIMER_CPU"); }
};

// The outputs of a model at a level, of some runs on the inputs that lie one after another; nothing
// where a run ends early.
std::vector<std::byte> outputsAt(CpuLevel level, const std::shared_ptr<const Model>& model,
                                 std::span<const std::byte> inputs, int runs) {
  const AtLevel at(level);
  auto session = planned(model);
  EXPECT_EQ(session.cpuLevel(), cpuLevelName(level));
  std::vector<std::byte> outputs;
  for (int run = 0; run < runs; ++run) {
    inputs = testing::giveInputs(session, inputs);
    if (!session.run()) return {};
    for (std::size_t i = 0; i < model->outputCount(); ++i) {
      const auto bytes = session.outputBytes(i);
      outputs.insert(outputs.end(), bytes.begin(), bytes.end());
    }
  }
  return outputs;
}

void expectSameAtAllLevels(const std::shared_ptr<const Model>& model,
                           std::span<const std::byte> inputs, const std::string& what,
                           int runs = 1) {
  const auto expected = outputsAt(CpuLevel::kScalar, model, inputs, runs);
  for (const auto level : usableCpuLevels().subspan(1)) {
    const auto outputs = outputsAt(level, model, inputs, runs);
    ASSERT_EQ(outputs.size(), expected.size());
    const auto differs = std::mismatch(outputs.begin(), outputs.end(), expected.begin());
    ASSERT_EQ(differs.first, outputs.end())
        << cpuLevelName(level) << ": " << what << " differs at byte "
        << differs.first - outputs.begin() << " of " << outputs.size() << ": "
        << static_cast<int>(*differs.first) << ", not " << static_cast<int>(*differs.second);
  }
}

void expectSameLayers(unsigned seed, int count, void (*make)(LayerMaker&), int sparse = 10) {
  if (usableCpuLevels().size() < 2) GTEST_SKIP() << "this CPU has the scalar level only";
  LayerMaker maker(seed, sparse);
  for (int i = 0; i < count; ++i) {
    make(maker);
    const auto model = opened(maker.builder);
    expectSameAtAllLevels(model, maker.bytesFor(*model), maker.what);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(Levels, ConvolutionsGiveTheBytesOfTheReference) {
  expectSameLayers(11, 400, [](LayerMaker& maker) { maker.conv(false); });
}

TEST(Levels, DepthwiseConvolutionsGiveTheBytesOfTheReference) {
  expectSameLayers(12, 400, [](LayerMaker& maker) { maker.conv(true); });
}

TEST(Levels, DepthwiseConvolutionsInStripsGiveTheBytesOfTheReference) {
  expectSameLayers(20, 150, [](LayerMaker& maker) { maker.wideDepthwise(); });
}

TEST(Levels, DenseLayersGiveTheBytesOfTheReference) {
  expectSameLayers(13, 300, [](LayerMaker& maker) { maker.dense(); });
}

TEST(Levels, SparseConvolutionsGiveTheBytesOfTheReference) {
  expectSameLayers(
      18, 200, [](LayerMaker& maker) { maker.conv(false); }, 100);
}

TEST(Levels, SparseDenseLayersGiveTheBytesOfTheReference) {
  expectSameLayers(
      19, 200, [](LayerMaker& maker) { maker.dense(); }, 100);
}

TEST(Levels, SumsGiveTheBytesOfTheReference) {
  expectSameLayers(14, 1500, [](LayerMaker& maker) { maker.sum(); });
}

// Every pair of bytes, which is where sums beside a middle are.
TEST(Levels, SumsOfAllPairsGiveTheBytesOfTheReference) {
  if (usableCpuLevels().size() < 2) GTEST_SKIP() << "this CPU has the scalar level only";
  std::vector<std::byte> pairs(2 * 65536);
  for (std::size_t i = 0; i < 65536; ++i) {
    pairs[i] = static_cast<std::byte>(i % 256);
    pairs[65536 + i] = static_cast<std::byte>(i / 256);
  }
  Random random(15);
  for (int trial = 0; trial < 40; ++trial) {
    ModelBuilder builder;
    const float scale = random.scale(-3, 0);
    // Scales that are equal or whole multiples put many sums on middles.
    const float ratio =
        trial % 2 == 0 ? 1.0f / static_cast<float>(1 + trial % 7) : random.scale(-1, 1);
    const int a = builder.input("a", kInt8, {1, 65536}, perTensor(scale, random.zeroPoint()));
    const int b =
        builder.input("b", kInt8, {1, 65536}, perTensor(scale * ratio, random.zeroPoint()));
    const int y = builder.tensor(
        "y", kInt8, {1, 65536},
        perTensor(trial % 3 == 0 ? 2 * scale : scale * random.scale(-1, 1), random.zeroPoint()));
    builder.add(BuiltinOperator::ADD, {a, b}, {y}, tflite::AddOptionsT{}, 2);
    builder.output(y);
    const auto model = opened(builder);
    expectSameAtAllLevels(model, pairs, fmt::format("trial {}", trial));
    if (HasFatalFailure()) return;
  }
}

TEST(Levels, PoolsGiveTheBytesOfTheReference) {
  expectSameLayers(16, 400, [](LayerMaker& maker) { maker.pool(); });
}

TEST(Levels, QuantizedRealsAreTheBytesOfTheReference) {
  if (usableCpuLevels().size() < 2) GTEST_SKIP() << "this CPU has the scalar level only";
  LayerMaker maker(17);
  for (int i = 0; i < 400; ++i) {
    maker.quantize();
    const auto model = opened(maker.builder);
    expectSameAtAllLevels(model, maker.realsFor(*model), maker.what);
    if (HasFatalFailure()) return;
  }
}

TEST(Levels, RecordedOperatorsGiveTheBytesOfTheReference) {
  for (const auto& recording : testing::recordings()) {
    const auto model = Model::fromBytes(recording.model, recording.name);
    ASSERT_TRUE(model) << model.error().message;
    expectSameAtAllLevels(*model, recording.inputs, recording.name);
    if (HasFatalFailure()) return;
  }
}

TEST(Levels, SharedModelsGiveTheBytesOfTheReference) {
  const auto models = testing::sharedModels();
  if (models.empty()) GTEST_SKIP() << "PRIMER_DATA is not set";
  for (const auto& path : models) {
    const auto model = Model::open(path);
    if (model) expectSameAtAllLevels(*model, testing::sharedInputs(path), path.stem().string(), 2);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace primer::inference
