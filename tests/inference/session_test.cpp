// Sessions: order, folding, memory, observers, threads.

#include <algorithm>
#include <barrier>
#include <cstdlib>
#include <numeric>
#include <thread>

#include "inference/allocation_count.h"
#include "inference/model_test.h"
#include "inference/small_models.h"
#include "kernels/cpu.h"
#include "src/model_impl.h"

namespace primer::inference {
namespace {

using testing::SmallNet;

void fillInput(Session& session, int seed) {
  auto input = session.input<std::int8_t>(0);
  for (std::size_t i = 0; i < input.size(); ++i) {
    input[i] = static_cast<std::int8_t>((i * 31 + static_cast<std::size_t>(seed) * 17) % 256 - 128);
  }
}

std::vector<std::int8_t> outputOf(const Session& session) {
  const auto output = session.output<std::int8_t>(0);
  return {output.begin(), output.end()};
}

TEST(Session, ViewsHaveTheirTypeOnly) {
  auto session = planned(opened(SmallNet().builder));
  EXPECT_EQ(session.input<std::int8_t>(0).size(), 72u);
  EXPECT_TRUE(session.input<float>(0).empty());
  EXPECT_EQ(session.output<std::int8_t>(0).size(), 4u);
  EXPECT_TRUE(session.output<std::uint8_t>(0).empty());
  EXPECT_EQ(session.cpuLevel(), cpuLevelName(usableCpuLevels().back()));
}

TEST(Session, ProbabilitiesAddUpToOne) {
  auto session = planned(opened(SmallNet().builder));
  for (int seed = 0; seed < 20; ++seed) {
    fillInput(session, seed);
    session.run();
    const auto output = outputOf(session);
    const int sum = std::accumulate(output.begin(), output.end(), 4 * 128);
    EXPECT_NEAR(sum, 256, 2);
  }
}

TEST(Session, RunAllocatesNothing) {
  auto session = planned(opened(SmallNet().builder));
  fillInput(session, 1);
  const auto before = testing::allocationCount();
  session.run();
  session.run();
  EXPECT_EQ(testing::allocationCount(), before);
  const auto* proof = new int(1);  // the counter counts
  EXPECT_GT(testing::allocationCount(), before);
  delete proof;
}

TEST(Session, GivesTheSameAnswerEveryTime) {
  const auto model = opened(SmallNet().builder);
  auto session = planned(model);
  fillInput(session, 3);
  session.run();
  const auto first = outputOf(session);
  fillInput(session, 4);
  EXPECT_EQ(outputOf(session), first) << "writing the next inputs must not touch the last outputs";
  session.run();
  EXPECT_NE(outputOf(session), first);
  fillInput(session, 3);
  session.run();
  EXPECT_EQ(outputOf(session), first);
}

TEST(Session, SessionsOfOneModelRunAtOnce) {
  const auto model = opened(SmallNet().builder);
  auto reference = planned(model);
  std::vector<std::vector<std::int8_t>> expected;
  for (int seed = 0; seed < 8; ++seed) {
    fillInput(reference, seed);
    reference.run();
    expected.push_back(outputOf(reference));
  }
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      auto session = planned(model);
      for (int round = 0; round < 50; ++round) {
        fillInput(session, round % 8);
        session.run();
        if (outputOf(session) != expected[round % 8]) ++wrong[t];
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(wrong, ::testing::Each(0));
}

std::vector<std::byte> manyWeights() {
  constexpr int kDepth = 512;
  std::vector<std::int8_t> weights(std::size_t{kDepth} * kDepth);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] = static_cast<std::int8_t>(i * i % 251 - 125);
  }
  return testing::pointwiseNet(2, kDepth, kDepth, weights).build();
}

TEST(Session, TheFirstRunPacksForAllOthers) {
  auto model = Model::fromBytes(manyWeights(), "many").value();
  PlanOptions options;
  options.level = chooseCpuLevel(std::getenv("PRIMER_CPU")).value();
  auto session = planned(model);
  const auto plan = model->impl().planned(options).value();
  const bool leaves_work =
      std::any_of(plan->graph().nodes.begin(), plan->graph().nodes.end(),
                  [&](const Node& node) { return plan->prepared(node.index)->pack != nullptr; });
  EXPECT_EQ(leaves_work, options.level != CpuLevel::kScalar);  // which packs nothing
  session.run();
  EXPECT_FALSE(plan->pack());  // it has been done
}

TEST(Session, SessionsThatBeginTogetherWaitUntilWeightsArePacked) {
  const auto bytes = manyWeights();
  auto alone = planned(Model::fromBytes(bytes, "many").value());
  fillInput(alone, 1);
  alone.run();
  constexpr int kThreads = 4;
  for (int round = 0; round < 20; ++round) {
    const auto model = Model::fromBytes(bytes, "many").value();
    std::barrier begin(kThreads);
    std::vector<std::thread> threads;
    std::vector<int> wrong(kThreads, 0);
    for (std::size_t t = 0; t < wrong.size(); ++t) {
      threads.emplace_back([&, t] {
        auto session = planned(model);
        fillInput(session, 1);
        begin.arrive_and_wait();
        session.run();
        if (outputOf(session) != outputOf(alone)) ++wrong[t];
      });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_THAT(wrong, ::testing::Each(0));
  }
}

TEST(Session, ObserverSeesEveryOperatorInOrder) {
  auto session = planned(opened(SmallNet().builder), {.optimise = false});
  fillInput(session, 5);
  std::vector<std::string> ops;
  std::uint64_t macs = 0;
  session.run([&](const OperatorEvent& event) {
    ops.emplace_back(event.op);
    macs += event.macs;
    EXPECT_GE(event.nanoseconds, 0);
    ASSERT_EQ(event.outputs.size(), 1u);
    EXPECT_EQ(event.outputs[0].bytes.size(), event.outputs[0].info.bytes);
  });
  EXPECT_THAT(ops, ElementsAre("CONV_2D", "MAX_POOL_2D", "RESHAPE", "FULLY_CONNECTED", "SOFTMAX"));
  EXPECT_EQ(macs, session.macs());
  EXPECT_EQ(macs, 6u * 6 * 3 * 18 + 4u * 27);
}

TEST(Session, KeepsIntermediatesWhenAsked) {
  const auto model = opened(SmallNet().builder);
  auto session = planned(model, {.keep_intermediates = true});
  fillInput(session, 6);
  std::vector<std::span<const std::byte>> views;
  std::vector<std::vector<std::byte>> copies;
  session.run([&](const OperatorEvent& event) {
    const auto bytes = event.outputs[0].bytes;
    views.push_back(bytes);
    copies.emplace_back(bytes.begin(), bytes.end());
  });
  ASSERT_EQ(views.size(), 5u);
  for (std::size_t i = 0; i < views.size(); ++i) {
    EXPECT_TRUE(std::equal(views[i].begin(), views[i].end(), copies[i].begin())) << i;
  }
}

TEST(Session, RunsOperatorsInTheOrderTheyNeed) {
  SmallNet net;
  auto& operators = net.builder.graph().operators;
  std::reverse(operators.begin(), operators.end());
  auto straight = planned(opened(SmallNet().builder));
  auto reversed = planned(opened(net.builder));
  fillInput(straight, 7);
  fillInput(reversed, 7);
  straight.run();
  reversed.run();
  EXPECT_EQ(outputOf(straight), outputOf(reversed));
}

TEST(Session, FoldsWhatDependsOnConstantsOnly) {
  ModelBuilder builder;
  const int image = builder.input("x", TensorType::FLOAT32, {1, 2});
  const int half =
      builder.constant<std::int8_t>("w", {3, 2}, {1, 2, 3, 4, 5, 6}, perTensor(0.5f, 1));
  const int weights = builder.tensor("w float", TensorType::FLOAT32, {3, 2});
  const int y = builder.tensor("y", TensorType::FLOAT32, {1, 3});
  builder.add(BuiltinOperator::DEQUANTIZE, {half}, {weights}, tflite::DequantizeOptionsT{}, 2);
  builder.add(BuiltinOperator::FULLY_CONNECTED, {image, weights}, {y},
              tflite::FullyConnectedOptionsT{});
  builder.output(y);
  auto session = planned(opened(builder));
  session.input<float>(0)[0] = 2.0f;
  session.input<float>(0)[1] = 1.0f;
  std::vector<std::string> ops;
  session.run([&](const OperatorEvent& event) { ops.emplace_back(event.op); });
  EXPECT_THAT(ops, ElementsAre("FULLY_CONNECTED"));
  EXPECT_THAT(session.output<float>(0), ElementsAre(0.5f, 3.5f, 6.5f));
}

TEST(Session, AnOutputMayBeAnInputOrAConstant) {
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::FLOAT32, {2});
  const int c = builder.constant<float>("c", {2}, {3.0f, 4.0f});
  const int y = builder.tensor("y", TensorType::FLOAT32, {2});
  builder.add(BuiltinOperator::ADD, {x, c}, {y}, tflite::AddOptionsT{});
  for (const int output : {x, c, y}) builder.output(output);
  auto session = planned(opened(builder));
  session.input<float>(0)[0] = 1.0f;
  session.input<float>(0)[1] = 2.0f;
  session.run();
  EXPECT_THAT(session.output<float>(0), ElementsAre(1.0f, 2.0f));
  EXPECT_THAT(session.output<float>(1), ElementsAre(3.0f, 4.0f));
  EXPECT_THAT(session.output<float>(2), ElementsAre(4.0f, 6.0f));
}

TEST(Session, AnEmptyModelRuns) {
  ModelBuilder builder;
  auto session = planned(opened(builder));
  session.run();
  EXPECT_EQ(session.arenaBytes(), 0u);
}

class CpuLevelTest : public ::testing::Test {
 protected:
  void TearDown() override { unsetenv("PRIMER_CPU"); }
  static Result<Session> createWith(const char* level) {
    setenv("PRIMER_CPU", level, 1);
    return Session::create(opened(SmallNet().builder));
  }
};

TEST_F(CpuLevelTest, EveryUsableLevelIsTaken) {
  for (const auto level : usableCpuLevels()) {
    const std::string name(cpuLevelName(level));
    const auto session = createWith(name.c_str());
    ASSERT_TRUE(session) << session.error().message;
    EXPECT_EQ(session->cpuLevel(), name);
  }
}

TEST_F(CpuLevelTest, LevelsThatAreNotThereAreRefused) {
  // No machine has both of them.
  for (const char* level : {"neon", "avx2"}) {
    const auto usable = usableCpuLevels();
    if (std::any_of(usable.begin(), usable.end(),
                    [&](CpuLevel has) { return cpuLevelName(has) == level; })) {
      continue;
    }
    const auto lacking = createWith(level);
    ASSERT_FALSE(lacking);
    EXPECT_EQ(lacking.error().code, ErrorCode::kUnsupported);
    EXPECT_THAT(lacking.error().message, HasSubstr(std::string("PRIMER_CPU=") + level));
    EXPECT_THAT(lacking.error().message, HasSubstr("scalar"));
  }
  const auto nonsense = createWith("fast");
  ASSERT_FALSE(nonsense);
  EXPECT_EQ(nonsense.error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace primer::inference
