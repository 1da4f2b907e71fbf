// IF and WHILE: what they compute, what bounds them, and what the loader wants of them. Signatures.

#include <functional>

#include "inference/allocation_count.h"
#include "inference/flow_models.h"
#include "inference/model_test.h"

namespace primer::inference {
namespace {

using testing::Fibonacci;
using testing::loopOf;
using testing::Squares;

constexpr auto kInt = TensorType::INT32;
constexpr auto kFloat = TensorType::FLOAT32;
constexpr auto kBool = TensorType::BOOL;

TEST(While, TurnsAsOftenAsItsConditionHolds) {
  auto session = planned(Fibonacci().builder);
  const auto at = [&](std::int32_t n) {
    session.input<std::int32_t>(0)[0] = n;
    EXPECT_TRUE(session.run());
    EXPECT_EQ(session.output<std::int32_t>(0)[0], std::max(n, 0));
    return session.output<std::int32_t>(1)[0];
  };
  EXPECT_EQ(at(0), 0);
  EXPECT_EQ(at(-3), 0);
  EXPECT_EQ(at(1), 1);
  EXPECT_EQ(at(10), 55);
  EXPECT_EQ(at(40), 102334155);
}

TEST(While, PassingItsBoundIsAnError) {
  Limits limits;
  limits.max_loop_turns = 10;
  auto session = planned(Fibonacci().builder, limits);
  session.input<std::int32_t>(0)[0] = 10;
  EXPECT_TRUE(session.run());
  session.input<std::int32_t>(0)[0] = 11;
  const auto stuck = session.run();
  ASSERT_FALSE(stuck);
  EXPECT_EQ(stuck.error().code, ErrorCode::kLimitExceeded);
  EXPECT_THAT(stuck.error().message, HasSubstr("small.tflite: operator 0 WHILE: loop-turns"));
  session.input<std::int32_t>(0)[0] = 10;
  EXPECT_TRUE(session.run()) << "the next run begins anew";
  EXPECT_EQ(session.output<std::int32_t>(1)[0], 55);
}

TEST(While, ItsTurnsCountAsWork) {
  Limits limits;
  // A turn: three operators of one element, what it costs to start three, five moves of 4 bytes
  // (i, n, b by way of a copy to a, and the sum).
  limits.max_work = 100 * (3 + 3 * 32 + 5 * 4);
  auto session = planned(Fibonacci().builder, limits);
  session.input<std::int32_t>(0)[0] = 100;
  EXPECT_TRUE(session.run());
  session.input<std::int32_t>(0)[0] = 101;
  const auto stuck = session.run();
  ASSERT_FALSE(stuck);
  EXPECT_THAT(stuck.error().message, HasSubstr("WHILE: work"));
}

// A loop that never ends and computes nothing: it only swaps two large parts of its state.
TEST(While, TheStateThatItMovesCountsAsWork) {
  ModelBuilder builder;
  constexpr std::int32_t kSize = 1 << 20;
  const auto state = [&] {
    return std::vector<int>{builder.input("go", kBool, {}), builder.input("a", kFloat, {kSize}),
                            builder.input("b", kFloat, {kSize})};
  };
  const auto inputs = state();
  std::vector<int> outputs;
  for (const int input : inputs) {
    const auto& like = *builder.graph().tensors[input];
    outputs.push_back(builder.tensor("out", like.type, like.shape));
    builder.output(outputs.back());
  }
  builder.add(BuiltinOperator::WHILE, inputs, outputs, loopOf(1, 2));
  builder.addSubgraph();
  builder.output(state()[0]);
  builder.addSubgraph();
  const auto body = state();
  for (const int i : {0, 2, 1}) builder.output(body[i]);
  Limits limits;
  limits.max_work = 1u << 28;
  auto session = planned(builder, limits);
  session.input<bool>(0)[0] = true;
  const auto stuck = session.run();
  ASSERT_FALSE(stuck);
  EXPECT_THAT(stuck.error().message, HasSubstr("WHILE: work"));
}

TEST(While, DoesNotAllocate) {
  auto session = planned(Fibonacci().builder);
  session.input<std::int32_t>(0)[0] = 30;
  const auto before = testing::allocationCount();
  ASSERT_TRUE(session.run());
  EXPECT_EQ(testing::allocationCount(), before);
}

TEST(While, AnObserverSeesEveryTurn) {
  auto session = planned(Fibonacci().builder);
  session.input<std::int32_t>(0)[0] = 2;
  std::vector<std::string> seen;
  ASSERT_TRUE(session.run([&](const OperatorEvent& event) {
    seen.push_back(std::to_string(event.subgraph) + ":" + std::to_string(event.node) + " " +
                   std::string(event.op));
  }));
  EXPECT_THAT(seen, ElementsAre("1:0 LESS", "2:0 ADD", "2:1 ADD", "1:0 LESS", "2:0 ADD", "2:1 ADD",
                                "1:0 LESS"));
}

TEST(While, BrokenOnesAreRefusedByName) {
  const auto broken = [](const std::function<void(Fibonacci&)>& change) {
    Fibonacci net;
    change(net);
    return refusalOf(net.builder);
  };
  const auto& options = [](Fibonacci& net) -> tflite::WhileOptionsT& {
    return *net.builder.graph().operators[0]->builtin_options.AsWhileOptions();
  };
  const auto& subgraph = [](Fibonacci& net, std::size_t index) -> tflite::SubGraphT& {
    return *net.builder.model().subgraphs[index];
  };
  EXPECT_THAT(broken([](Fibonacci& n) { n.builder.graph().operators[0]->builtin_options.Reset(); }),
              HasSubstr("operator 0 WHILE: options-missing"));
  EXPECT_THAT(broken([&](Fibonacci& n) { options(n).body_subgraph_index = 3; }),
              HasSubstr("operator 0 WHILE: subgraph-index: 3 of 3"));
  EXPECT_THAT(broken([&](Fibonacci& n) { options(n).cond_subgraph_index = -1; }),
              HasSubstr("subgraph-index"));
  EXPECT_THAT(broken([&](Fibonacci& n) { options(n).body_subgraph_index = 0; }),
              HasSubstr("subgraph-index"));
  EXPECT_THAT(broken([&](Fibonacci& n) { options(n).cond_subgraph_index = 2; }),
              HasSubstr("call-arguments"));
  EXPECT_THAT(broken([&](Fibonacci& n) { subgraph(n, 2).outputs.pop_back(); }),
              HasSubstr("call-arguments"));
  EXPECT_THAT(broken([&](Fibonacci& n) { subgraph(n, 2).outputs[0] = 99; }),
              HasSubstr("subgraph-outputs"));
  EXPECT_THAT(broken([&](Fibonacci& n) { subgraph(n, 1).outputs[0] = 0; }),
              HasSubstr("WHILE: condition"));
  EXPECT_THAT(broken([&](Fibonacci& n) {
                subgraph(n, 2).tensors[6]->shape = {2};
                subgraph(n, 2).tensors[4]->shape = {2};
                auto& data = n.builder.model().buffers[subgraph(n, 2).tensors[4]->buffer]->data;
                data.resize(8);
                subgraph(n, 2).operators[1]->inputs[1] = 4;
              }),
              HasSubstr("subgraph 2 operator 0 ADD: output-shape"));
  EXPECT_THAT(broken([&](Fibonacci& n) { subgraph(n, 2).outputs[0] = 7; }), HasSubstr("WHILE: "));
}

TEST(While, ThatCallsItselfIsRefused) {
  Fibonacci net;
  // The body's own WHILE runs the body again.
  net.builder.buildSubgraph(2);
  std::vector<int> outputs;
  for (int i = 0; i < 4; ++i) outputs.push_back(net.builder.tensor("inner", kInt, {}));
  net.builder.add(BuiltinOperator::WHILE, {0, 1, 2, 3}, outputs, loopOf(1, 2));
  const auto model = open(net.builder);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::kLimitExceeded);
  EXPECT_THAT(model.error().message, HasSubstr("call-depth"));
}

// A constant that a loop hands through stays a constant: here the order of a TRANSPOSE.
TEST(While, WhatItHandsThroughStaysConstant) {
  ModelBuilder builder;
  const int x = builder.input("x", kFloat, {2, 2});
  const int more = builder.input("more", kBool, {});
  const int order = builder.constant<std::int32_t>("order", {2}, {1, 0});
  const int y = builder.tensor("y", kFloat, {2, 2});
  const int more_out = builder.tensor("more_out", kBool, {});
  const int order_out = builder.tensor("order_out", kInt, {2});
  builder.add(BuiltinOperator::WHILE, {x, more, order}, {y, more_out, order_out}, loopOf(1, 2));
  builder.output(y);
  builder.output(order_out);
  builder.addSubgraph();
  builder.input("x", kFloat, {2, 2});
  const int go_on = builder.input("more", kBool, {});
  builder.input("order", kInt, {2});
  builder.output(go_on);
  builder.addSubgraph();
  const int in = builder.input("x", kFloat, {2, 2});
  const int on = builder.input("more", kBool, {});
  const int axes = builder.input("order", kInt, {2});
  const int turned = builder.tensor("turned", kFloat, {2, 2});
  const int stop = builder.tensor("stop", kBool, {});
  builder.add(BuiltinOperator::LOGICAL_NOT, {on}, {stop});
  builder.add(BuiltinOperator::TRANSPOSE, {in, axes}, {turned}, tflite::TransposeOptionsT{});
  for (const int output : {turned, stop, axes}) builder.output(output);
  auto session = planned(builder);
  const std::vector<float> values = {1, 2, 3, 4};
  for (const bool turn : {true, false}) {
    std::copy(values.begin(), values.end(), session.input<float>(0).begin());
    session.input<bool>(1)[0] = turn;
    ASSERT_TRUE(session.run());
    EXPECT_EQ(session.output<float>(0)[1], turn ? 3.0f : 2.0f);
    EXPECT_EQ(session.output<std::int32_t>(1)[0], 1);
  }
}

TEST(If, InALoopTakesTheBranchOfEachTurn) {
  Squares squares;
  auto& builder = squares.builder;
  auto session = planned(builder);
  for (const auto& [from, to] :
       {std::pair(3.0f, 144.0f), std::pair(11.0f, 121.0f), std::pair(100.0f, 100.0f)}) {
    session.input<float>(0)[0] = from;
    ASSERT_TRUE(session.run());
    EXPECT_EQ(session.output<float>(0)[0], to);
  }
  auto& node = *builder.model().subgraphs[2]->operators[1];
  node.builtin_options.AsIfOptions()->else_subgraph_index = 9;
  EXPECT_THAT(refusalOf(builder), HasSubstr("subgraph 2 operator 1 IF: subgraph-index"));
  node.builtin_options.AsIfOptions()->else_subgraph_index = 4;
  node.inputs = {};
  EXPECT_THAT(refusalOf(builder), HasSubstr("IF: input-count"));
  node.inputs = {0, 0};
  EXPECT_THAT(refusalOf(builder), HasSubstr("IF: condition"));
}

// Two entries of one file, found by name; the second names its tensors otherwise than the graph.
TEST(Signatures, AreEntriesByName) {
  ModelBuilder builder;
  const auto add = [&](BuiltinOperator op, std::vector<std::int32_t> shape) {
    const int x = builder.input("x", kFloat, shape);
    const int y = builder.tensor("y", kFloat, shape);
    builder.add(op, {x}, {y});
    builder.output(y);
  };
  add(BuiltinOperator::NEG, {2});
  builder.addSubgraph();
  add(BuiltinOperator::SQUARE, {3});
  for (std::uint32_t i = 0; i < 2; ++i) {
    auto signature = std::make_unique<tflite::SignatureDefT>();
    signature->signature_key = i == 0 ? "negate" : "square";
    signature->subgraph_index = i;
    auto in = std::make_unique<tflite::TensorMapT>();
    in->name = "value";
    in->tensor_index = 0;
    signature->inputs.push_back(std::move(in));
    builder.model().signature_defs.push_back(std::move(signature));
  }
  const auto model = open(builder);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_THAT((*model)->signatureNames(), ElementsAre("negate", "square"));
  EXPECT_EQ((*model)->input(0).name, "x");
  const auto square = (*model)->signature("square");
  ASSERT_TRUE(square) << square.error().message;
  EXPECT_EQ((*square)->input(0).name, "value");
  EXPECT_EQ((*square)->output(0).name, "y");
  EXPECT_EQ(*(*square)->findInput("value"), 0u);
  auto session = Session::create(*square);
  ASSERT_TRUE(session) << session.error().message;
  ASSERT_EQ(session->input<float>(0).size(), 3u);
  session->input<float>(0)[2] = 3.0f;
  ASSERT_TRUE(session->run());
  EXPECT_EQ(session->output<float>(0)[2], 9.0f);
  const auto none = (*model)->signature("cube");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(none.error().message, HasSubstr("no signature 'cube', it has: negate, square"));
  builder.model().signature_defs[1]->inputs[0]->tensor_index = 7;
  EXPECT_THAT((*open(builder))->signature("square").error().message, HasSubstr("signature-map"));
  builder.model().signature_defs[1]->subgraph_index = 5;
  EXPECT_THAT((*open(builder))->signature("square").error().message, HasSubstr("subgraph-index"));
}

}  // namespace
}  // namespace primer::inference
