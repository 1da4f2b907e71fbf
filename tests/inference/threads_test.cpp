// Runs that several threads share: the same bytes, every part once, and what is said where two
// threads want one session.

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <random>
#include <thread>

#include "inference/model_test.h"
#include "inference/shared_models.h"
#include "inference/small_models.h"
#include "kernels/kernel.h"
#include "src/aligned_block.h"
#include "src/model_impl.h"
#include "src/thread_pool.h"

namespace primer::inference {
namespace {

constexpr auto kInt8 = TensorType::INT8;

TEST(ThreadPools, RunEveryPartOnceAndReturnWhenAllAreDone) {
  for (const int threads : {1, 2, 3, 7}) {  // more than the machine may have CPUs
    ThreadPool pool(threads);
    ASSERT_EQ(pool.threads(), threads);
    std::array<std::atomic<int>, 7> turns{};
    constexpr int kTurns = 300;
    for (int turn = 1; turn <= kTurns; ++turn) {
      pool.run(
          [](const void* context, int index) noexcept {
            auto* all = static_cast<std::atomic<int>*>(const_cast<void*>(context));
            all[index].fetch_add(1, std::memory_order_relaxed);
          },
          turns.data());
      for (int i = 0; i < threads; ++i) ASSERT_EQ(turns[static_cast<std::size_t>(i)], turn);
    }
    for (std::size_t i = static_cast<std::size_t>(threads); i < turns.size(); ++i) {
      EXPECT_EQ(turns[i], 0);
    }
  }
}

TEST(ThreadPools, PartsFollowEachOtherAndLeaveNothingOut) {
  for (std::int64_t count = 0; count < 40; ++count) {
    for (std::int64_t unit = 1; unit <= 7; ++unit) {
      for (std::int64_t shares = 1; shares <= 9; ++shares) {
        std::int64_t next = 0;
        for (std::int64_t i = 0; i < shares; ++i) {
          const Part part(count, unit, {i, shares});
          EXPECT_EQ(part.begin, next);
          EXPECT_LE(part.begin, part.end);
          EXPECT_TRUE(part.end % unit == 0 || part.end == count);
          next = part.end;
        }
        EXPECT_EQ(next, count);
      }
    }
  }
}

int cpus() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

TEST(Threads, AreAtMostAsManyAsCpus) {
  const auto model = opened(testing::SmallNet().builder);
  for (const int wish : {-3, 0, 1, 2, 1000}) {
    EXPECT_EQ(planned(model, {.threads = wish}).threads(), std::clamp(wish, 1, cpus())) << wish;
  }
}

void expectSameOnThreads(const std::shared_ptr<const Model>& model,
                         std::span<const std::byte> inputs, const std::string& what) {
  auto alone = planned(model);
  auto shared = planned(model, {.threads = cpus()});
  for (int run = 0; run < 2; ++run) {
    const auto rest = testing::giveInputs(alone, inputs);
    testing::giveInputs(shared, inputs);
    if (!alone.run()) return;  // a loop without an end
    ASSERT_TRUE(shared.run());
    for (std::size_t i = 0; i < model->outputCount(); ++i) {
      const auto expected = alone.outputBytes(i);
      const auto given = shared.outputBytes(i);
      EXPECT_TRUE(std::equal(expected.begin(), expected.end(), given.begin())) << what;
    }
    inputs = rest;
  }
}

// Layers that are large enough to be shared, with heights that halves do not divide.
TEST(Threads, GiveTheSameBytesInLayersOfOddSizes) {
  if (cpus() < 2) GTEST_SKIP() << "one CPU";
  std::mt19937 random(5);
  const auto pick = [&](int low, int high) {
    return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
  };
  for (int trial = 0; trial < 40; ++trial) {
    const bool depthwise = trial % 2 == 0;
    const int side = pick(1, 3) * 2 - 1;
    const int stride = pick(1, 2);
    const int batch = pick(1, 2);
    const int height = pick(19, 37);
    const int width = pick(19, 37);
    const int in = pick(24, 50);
    const int out = depthwise ? in : pick(20, 70);
    const auto size = [&](int length) { return (length + stride - 1) / stride; };
    ModelBuilder builder;
    const int x = builder.input("x", kInt8, {batch, height, width, in}, perTensor(0.05f, -3));
    std::vector<std::int8_t> weights(
        static_cast<std::size_t>(side * side * in * (depthwise ? 1 : out)));
    for (auto& weight : weights) weight = static_cast<std::int8_t>(pick(-127, 127));
    const std::vector<std::int32_t> shape = depthwise
                                                ? std::vector<std::int32_t>{1, side, side, out}
                                                : std::vector<std::int32_t>{out, side, side, in};
    const int w = builder.constant<std::int8_t>("w", shape, weights, perTensor(0.02f, 0));
    const int y =
        builder.tensor("y", kInt8, {batch, size(height), size(width), out}, perTensor(0.4f, 5));
    const auto fill = [&](auto options) {
      options.padding = tflite::Padding::SAME;
      options.stride_h = options.stride_w = stride;
      return options;
    };
    if (depthwise) {
      auto options = fill(tflite::DepthwiseConv2DOptionsT{});
      options.depth_multiplier = 1;
      builder.add(BuiltinOperator::DEPTHWISE_CONV_2D, {x, w}, {y}, options, 3);
    } else {
      builder.add(BuiltinOperator::CONV_2D, {x, w}, {y}, fill(tflite::Conv2DOptionsT{}), 3);
    }
    builder.output(y);
    std::vector<std::byte> inputs(2 * static_cast<std::size_t>(batch * height * width * in));
    for (auto& byte : inputs) byte = static_cast<std::byte>(random());
    expectSameOnThreads(
        opened(builder), inputs,
        fmt::format("{} {}x{}x{}x{} to {}, window {}, stride {}", depthwise ? "depthwise" : "conv",
                    batch, height, width, in, out, side, stride));
    if (HasFailure()) return;
  }
}

// What one operator writes when so many threads share it, one after another here.
std::vector<std::byte> inShares(const PreparedNode& node, std::span<const std::byte> input,
                                std::size_t output_bytes, std::int64_t count) {
  AlignedBlock scratch(node.scratch_bytes);
  std::vector<std::byte> output(output_bytes, std::byte{0x55});
  const std::array<const std::byte*, 1> inputs = {input.data()};
  const std::array<std::byte*, 1> outputs = {output.data()};
  for (std::int64_t i = 0; i < count; ++i) {
    node.run_share(node.params.get(), {inputs.data(), outputs.data(), scratch.data()}, {i, count});
  }
  return output;
}

// Few rows and many channels: threads cut such layers by channels.
TEST(Threads, GiveTheSameBytesWhereTheyShareChannels) {
  std::mt19937 random(8);
  for (const auto [size, depth, channels] :
       {std::array{1, 70, 130}, {1, 256, 1000}, {3, 33, 200}, {4, 64, 512}, {7, 160, 960}}) {
    for (const bool is_dense : {false, true}) {
      std::vector<std::int8_t> weights(static_cast<std::size_t>(depth) * channels);
      for (auto& weight : weights) weight = static_cast<std::int8_t>(random() % 255 - 127);
      ModelBuilder builder = testing::pointwiseNet(size, depth, channels, weights);
      if (is_dense) {
        builder = ModelBuilder();
        const int x = builder.input("x", kInt8, {size, depth}, perTensor(0.05f, -3));
        const int w =
            builder.constant<std::int8_t>("w", {channels, depth}, weights, perTensor(0.02f, 0));
        const int y = builder.tensor("y", kInt8, {size, channels}, perTensor(0.4f, 5));
        builder.add(BuiltinOperator::FULLY_CONNECTED, {x, w}, {y},
                    tflite::FullyConnectedOptionsT{});
        builder.output(y);
      }
      const auto model = opened(builder);
      std::vector<std::byte> input(model->input(0).bytes);
      for (auto& byte : input) byte = static_cast<std::byte>(random());
      for (const auto level : usableCpuLevels()) {
        PlanOptions options;
        options.level = level;
        const auto plan = model->impl().planned(options).value();
        plan->pack();
        const auto& node = *plan->prepared(0);
        EXPECT_EQ(node.run_share != nullptr, level != CpuLevel::kScalar);
        if (node.run_share == nullptr) continue;
        const auto alone = inShares(node, input, model->output(0).bytes, 1);
        for (const std::int64_t count : {2, 3, 5, 8}) {
          EXPECT_EQ(inShares(node, input, alone.size(), count), alone)
              << size << " " << depth << " " << channels << (is_dense ? " dense " : " conv ")
              << cpuLevelName(level) << " " << count;
        }
      }
    }
  }
}

TEST(Threads, GiveTheSameBytesInSharedModels) {
  const auto models = testing::sharedModels("whole");
  if (models.empty()) GTEST_SKIP() << "PRIMER_DATA is not set";
  for (const auto& path : models) {
    const auto model = Model::open(path);
    if (model) expectSameOnThreads(*model, testing::sharedInputs(path), path.stem().string());
  }
}

// The observer is called amid a run: another one then is what a second thread would ask for.
TEST(Threads, ASecondRunAtTheSameTimeIsRefusedAndChangesNothing) {
  auto session = planned(opened(testing::SmallNet().builder));
  auto undisturbed = planned(opened(testing::SmallNet().builder));
  ASSERT_TRUE(undisturbed.run());
  int refused = 0;
  const auto status = session.run([&](const OperatorEvent&) {
    const auto second = session.run();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::kInvalidArgument);
    EXPECT_THAT(second.error().message, HasSubstr("another thread runs this session"));
    ++refused;
  });
  EXPECT_TRUE(status);
  EXPECT_GT(refused, 0);
  const auto expected = undisturbed.output<std::int8_t>(0);
  const auto given = session.output<std::int8_t>(0);
  EXPECT_TRUE(std::equal(expected.begin(), expected.end(), given.begin()));
  EXPECT_TRUE(session.run());  // the first has ended
}

}  // namespace
}  // namespace primer::inference
