// Operators that a program brings: run like the engine's own, held to the same rules, refused by
// name where they are missing.

#include "primer/inference/custom_operator.h"

#include <stdexcept>

#include "inference/allocation_count.h"
#include "inference/model_test.h"
#include "inference/small_models.h"
#include "primer/inference/inference.h"

namespace primer::inference {
namespace {

// Running sums along the last dimension, times the one byte of its options; the second input, where
// there is one, is added at the start of each row.
Result<std::vector<Shape>> checkRunningSum(const CustomNode& node) {
  if (node.inputCount() < 1 || node.inputCount() > 2 || !node.hasInput(0)) {
    return CustomNode::damaged("input-count", "needs one or two inputs");
  }
  for (std::size_t i = 0; i < node.inputCount(); ++i) {
    if (node.hasInput(i) && node.input(i).type != ElementType::kFloat32) {
      return CustomNode::unsupported("operator-types", "float32 only");
    }
  }
  if (node.options().size() != 1) return CustomNode::damaged("options", "one byte: the factor");
  if (node.input(0).shape.empty()) return CustomNode::damaged("rank", "a scalar has no rows");
  return std::vector<Shape>{{node.input(0).shape.begin(), node.input(0).shape.end()}};
}

Result<CustomKernel> prepareRunningSum(const CustomNode& node) {
  const auto factor = static_cast<float>(std::to_integer<int>(node.options()[0]));
  const auto length = static_cast<std::size_t>(node.input(0).shape.back());
  const auto count = node.output(0).elements();
  CustomKernel kernel;
  kernel.macs = count;
  kernel.scratch_bytes = sizeof(float);
  kernel.run = [=](const KernelIo& io) {
    auto& sum = *io.scratchAs<float>();
    for (std::size_t i = 0; i < count; ++i) {
      if (i % length == 0) sum = io.inputs[1] == nullptr ? 0.0f : *io.in<float>(1);
      sum += factor * io.in<float>(0)[i];
      io.out<float>(0)[i] = sum;
    }
  };
  return kernel;
}

CustomOperator runningSum() {
  CustomOperator op;
  op.name = "RunningSum";
  op.newest_version = 2;
  op.check = checkRunningSum;
  op.prepare = prepareRunningSum;
  return op;
}

std::shared_ptr<const CustomOperators> registryOf(CustomOperator op) {
  auto registry = std::make_shared<CustomOperators>();
  EXPECT_TRUE(registry->add(std::move(op)));
  return registry;
}

// x -> RunningSum -> ABS -> y
struct SumModel {
  ModelBuilder builder;
  tflite::OperatorT* node = nullptr;

  explicit SumModel(int version = 1) {
    const int x = builder.input("x", TensorType::FLOAT32, {2, 3});
    const int sums = builder.tensor("sums", TensorType::FLOAT32, {2, 3});
    const int y = builder.tensor("y", TensorType::FLOAT32, {2, 3});
    node = &builder.addCustom("RunningSum", {x, -1}, {sums}, {2}, version);
    builder.add(BuiltinOperator::ABS, {sums}, {y}, tflite::AbsOptionsT{});
    builder.output(y);
  }

  Result<std::shared_ptr<const Model>> open(std::shared_ptr<const CustomOperators> custom,
                                            const Limits& limits = {}) const {
    return Model::fromBytes(builder.build(), "sums.tflite", limits, std::move(custom));
  }
};

// The error of a model that must not open.
Error errorOf(const Result<std::shared_ptr<const Model>>& model) {
  EXPECT_FALSE(model);
  return model ? Error() : model.error();
}

TEST(CustomOperator, RunsAmongTheEnginesOwn) {
  auto model = SumModel().open(registryOf(runningSum()));
  ASSERT_TRUE(model) << model.error().message;
  auto session = Session::create(*model);
  ASSERT_TRUE(session) << session.error().message;
  const std::vector<float> x = {1, 2, 3, -1, -2, 3};
  ASSERT_TRUE(session->setReals(0, x));
  const auto before = testing::allocationCount();
  session->run();
  EXPECT_EQ(testing::allocationCount(), before);
  EXPECT_THAT(session->output<float>(0), ElementsAre(2, 6, 12, 2, 6, 0));

  std::vector<std::string> ops;
  session->run([&](const OperatorEvent& event) { ops.emplace_back(event.op); });
  EXPECT_THAT(ops, ElementsAre("RunningSum", "ABS"));
  EXPECT_EQ(session->macs(), 6u);
}

TEST(CustomOperator, SeesItsConstants) {
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::FLOAT32, {2});
  const int c = builder.constant<float>("c", {1}, {10.0f});
  const int y = builder.tensor("y", TensorType::FLOAT32, {2});
  builder.addCustom("RunningSum", {x, c}, {y}, {1});
  builder.output(y);
  auto op = runningSum();
  op.check = [](const CustomNode& node) -> Result<std::vector<Shape>> {
    EXPECT_EQ(node.constant(0).size(), 0u);
    EXPECT_EQ(node.constant(1).size(), sizeof(float));
    EXPECT_EQ(node.version(), 1);
    EXPECT_EQ(node.output(0).name, "y");
    return checkRunningSum(node);
  };
  auto model = Model::fromBytes(builder.build(), "sums", {}, registryOf(op));
  ASSERT_TRUE(model) << model.error().message;
  auto session = Session::create(*model);
  ASSERT_TRUE(session);
  session->input<float>(0)[0] = session->input<float>(0)[1] = 1.0f;
  session->run();
  EXPECT_THAT(session->output<float>(0), ElementsAre(11, 12));
}

TEST(CustomOperator, IsRefusedByNameWhereItIsMissing) {
  for (const auto& registry : {std::shared_ptr<const CustomOperators>(),
                               std::shared_ptr<const CustomOperators>(new CustomOperators())}) {
    const auto error = errorOf(SumModel().open(registry));
    EXPECT_EQ(error.code, ErrorCode::kUnsupported);
    EXPECT_EQ(error.message,
              "sums.tflite: operator 0 CUSTOM: operator-known: custom operator 'RunningSum', "
              "version 1, is not registered");
  }
}

TEST(CustomOperator, ALaterVersionIsRefused) {
  EXPECT_TRUE(SumModel(2).open(registryOf(runningSum())));
  const auto error = errorOf(SumModel(3).open(registryOf(runningSum())));
  EXPECT_EQ(error.code, ErrorCode::kUnsupported);
  EXPECT_THAT(error.message, HasSubstr("operator 0 RunningSum: operator-version: version 3"));
}

TEST(CustomOperator, ItsOwnCheckDecides) {
  SumModel net;
  net.node->custom_options = {1, 2};
  const auto error = errorOf(net.open(registryOf(runningSum())));
  EXPECT_EQ(error.code, ErrorCode::kDamaged);
  EXPECT_EQ(error.message, "sums.tflite: operator 0 RunningSum: options: one byte: the factor");
}

TEST(CustomOperator, OptionsOutsideTheFileAreRefused) {
  SumModel net;
  net.node->large_custom_options_offset = 8;
  net.node->large_custom_options_size = ~std::uint64_t{0} - 4;
  const auto error = errorOf(net.open(registryOf(runningSum())));
  EXPECT_EQ(error.code, ErrorCode::kDamaged);
  EXPECT_THAT(error.message, HasSubstr("options-bounds"));
}

TEST(CustomOperator, TheShapeOfTheFileMustBeItsOwn) {
  SumModel net;
  net.builder.graph().tensors[1]->shape = {3, 2};
  EXPECT_THAT(errorOf(net.open(registryOf(runningSum()))).message, HasSubstr("output-shape"));
}

TEST(CustomOperator, ItsWorkCounts) {
  auto op = runningSum();
  op.work = [](const CustomNode&) { return std::uint64_t{1000}; };
  Limits limits;
  limits.max_work = 1000;
  EXPECT_EQ(errorOf(SumModel().open(registryOf(op), limits)).code, ErrorCode::kLimitExceeded);
  limits.max_work = 1100;
  EXPECT_TRUE(SumModel().open(registryOf(op), limits));
}

TEST(CustomOperator, WhatItsFunctionsGetWrongStaysInside) {
  auto thrower = runningSum();
  thrower.check = [](const CustomNode&) -> Result<std::vector<Shape>> {
    throw std::runtime_error("no patience");
  };
  auto error = errorOf(SumModel().open(registryOf(thrower)));
  EXPECT_EQ(error.code, ErrorCode::kInternal);
  EXPECT_THAT(error.message, HasSubstr("custom-check: threw: no patience"));

  auto too_many = runningSum();
  too_many.check = [](const CustomNode&) { return Result<std::vector<Shape>>({{2, 3}, {1}}); };
  EXPECT_THAT(errorOf(SumModel().open(registryOf(too_many))).message, HasSubstr("output-count"));

  auto negative = runningSum();
  negative.check = [](const CustomNode&) { return Result<std::vector<Shape>>({{-2, 3}}); };
  EXPECT_THAT(errorOf(SumModel().open(registryOf(negative))).message,
              HasSubstr("gave the shape -2x3"));

  auto idle = runningSum();
  idle.prepare = [](const CustomNode&) { return Result<CustomKernel>(CustomKernel{}); };
  auto model = SumModel().open(registryOf(idle));
  ASSERT_TRUE(model);
  const auto session = Session::create(*model);
  ASSERT_FALSE(session);
  EXPECT_THAT(session.error().message, HasSubstr("gave no function to run"));
}

TEST(CustomOperators, RefusesWhatIsNoOperator) {
  CustomOperators registry;
  EXPECT_TRUE(registry.add(runningSum()));
  EXPECT_EQ(registry.add(runningSum()).error().message,
            "custom operator 'RunningSum': the name is taken");
  auto nameless = runningSum();
  nameless.name.clear();
  EXPECT_FALSE(registry.add(nameless));
  auto helpless = runningSum();
  helpless.name = "other";
  helpless.prepare = nullptr;
  EXPECT_FALSE(registry.add(helpless));
  EXPECT_EQ(registry.find("other"), nullptr);
  EXPECT_NE(registry.find("RunningSum"), nullptr);
}

TEST(CustomOperator, WithoutAFunctionToRunIsRefused) {
  auto op = runningSum();
  op.prepare = [](const CustomNode&) -> Result<CustomKernel> { return CustomKernel{}; };
  const auto model = SumModel().open(registryOf(op));
  ASSERT_TRUE(model) << model.error().message;
  const auto session = Session::create(*model);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().code, ErrorCode::kInternal);
  EXPECT_THAT(session.error().message, HasSubstr("RunningSum: custom-prepare"));
}

}  // namespace
}  // namespace primer::inference
