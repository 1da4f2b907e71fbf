// Shapes as data: SHAPE and RANK, what is computed of them when a file is opened, FILL and RANGE.

#include "inference/model_test.h"

namespace primer::inference {
namespace {

constexpr auto kInt = TensorType::INT32;
constexpr auto kFloat = TensorType::FLOAT32;

// reshape(x, [shape(x)[0], -1]): what writers make of flatten().
struct Flatten {
  ModelBuilder builder;
  int y = 0;

  Flatten() {
    const int x = builder.input("x", kFloat, {2, 3, 2});
    const int shape = builder.tensor("shape", kInt, {3});
    builder.add(BuiltinOperator::SHAPE, {x}, {shape}, tflite::ShapeOptionsT{});
    const int zero = builder.constant<std::int32_t>("zero", {1}, {0});
    const int one = builder.constant<std::int32_t>("one", {1}, {1});
    const int rest = builder.constant<std::int32_t>("rest", {}, {-1});
    const int batch = builder.tensor("batch", kInt, {});
    tflite::StridedSliceOptionsT first;
    first.shrink_axis_mask = 1;
    builder.add(BuiltinOperator::STRIDED_SLICE, {shape, zero, one, one}, {batch}, first);
    const int wanted = builder.tensor("wanted", kInt, {2});
    tflite::PackOptionsT pack;
    pack.values_count = 2;
    builder.add(BuiltinOperator::PACK, {batch, rest}, {wanted}, pack);
    y = builder.tensor("y", kFloat, {2, 6});
    builder.add(BuiltinOperator::RESHAPE, {x, wanted}, {y}, tflite::ReshapeOptionsT{});
    builder.output(y);
    builder.output(wanted);
  }
};

TEST(Shapes, AreParametersOfWhatFollows) {
  auto session = planned(Flatten().builder);
  session.input<float>(0)[7] = 2.5f;
  std::vector<std::string> ops;
  ASSERT_TRUE(session.run([&](const OperatorEvent& event) { ops.emplace_back(event.op); }));
  EXPECT_THAT(ops, ElementsAre("RESHAPE")) << "the others ran when the file was opened";
  EXPECT_EQ(session.output<float>(0)[7], 2.5f);
  EXPECT_THAT(std::vector<std::int32_t>(session.output<std::int32_t>(1).begin(),
                                        session.output<std::int32_t>(1).end()),
              ElementsAre(2, -1));
}

TEST(Shapes, ThatDoNotFitAreRefused) {
  Flatten net;
  net.builder.graph().tensors[static_cast<std::size_t>(net.y)]->shape = {3, 4};
  EXPECT_THAT(Model::fromBytes(net.builder.build(), "flat").error().message,
              HasSubstr("operator 3 RESHAPE: output-shape"));
}

TEST(Shapes, RangeFillAndZeros) {
  ModelBuilder builder;
  const int x = builder.input("x", kFloat, {2, 2});
  const auto scalar = [&](std::int32_t value) {
    return builder.constant<std::int32_t>("scalar", {}, {value});
  };
  const int rank = builder.tensor("rank", kInt, {});
  builder.add(BuiltinOperator::RANK, {x}, {rank}, tflite::RankOptionsT{});
  const int down = builder.tensor("down", kInt, {4});
  builder.add(BuiltinOperator::RANGE, {scalar(7), scalar(-2), scalar(-3)}, {down},
              tflite::RangeOptionsT{});
  builder.graph().tensors[static_cast<std::size_t>(down)]->shape = {3};
  const int filled = builder.tensor("filled", kFloat, {3});
  const int size = builder.constant<std::int32_t>("size", {1}, {3});
  const int value = builder.constant<float>("value", {}, {1.5f});
  builder.add(BuiltinOperator::FILL, {size, value}, {filled}, tflite::FillOptionsT{});
  const int zeros = builder.tensor("zeros", kFloat, {2, 2});
  builder.add(BuiltinOperator::ZEROS_LIKE, {x}, {zeros}, tflite::ZerosLikeOptionsT{});
  for (const int output : {rank, down, filled, zeros}) builder.output(output);
  auto session = planned(builder);
  for (auto& element : session.input<float>(0)) element = 9.0f;
  ASSERT_TRUE(session.run());
  EXPECT_EQ(session.output<std::int32_t>(0)[0], 2);
  EXPECT_EQ(session.output<std::int32_t>(1)[0], 7);
  EXPECT_EQ(session.output<std::int32_t>(1)[2], 1);
  EXPECT_EQ(session.output<float>(2)[2], 1.5f);
  EXPECT_EQ(session.output<float>(3)[3], 0.0f);
}

TEST(Shapes, BrokenOnesAreRefusedByName) {
  const auto range = [](std::int32_t start, std::int32_t limit, std::int32_t delta) {
    ModelBuilder builder;
    std::vector<std::int32_t> inputs;
    for (const std::int32_t value : {start, limit, delta}) {
      inputs.push_back(builder.constant<std::int32_t>("scalar", {}, {value}));
    }
    const int y = builder.tensor("y", kInt, {});
    builder.graph().tensors[static_cast<std::size_t>(y)]->has_rank = false;
    builder.add(BuiltinOperator::RANGE, inputs, {y}, tflite::RangeOptionsT{});
    builder.output(y);
    const auto model = Model::fromBytes(builder.build(), "range");
    return model ? std::string("accepted") : model.error().message;
  };
  EXPECT_EQ(range(0, 10, 3), "accepted");
  EXPECT_EQ(range(0, -10, 3), "accepted") << "and empty";
  EXPECT_THAT(range(0, 10, 0), HasSubstr("RANGE: range"));
  EXPECT_THAT(range(-2147483647, 2147483647, 1), HasSubstr("RANGE: "));
}

}  // namespace
}  // namespace primer::inference
