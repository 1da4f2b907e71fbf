// Models resized before planning.

#include "inference/model_test.h"
#include "inference/small_models.h"
#include "primer/inference/inference.h"

namespace primer::inference {
namespace {

// x (1 x 4 x 4 x 1, any height and width) -> MAX_POOL_2D 2x2 -> RELU -> y; a file says its shapes.
ModelBuilder pooling() {
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::FLOAT32, {1, 4, 4, 1});
  builder.graph().tensors[static_cast<std::size_t>(x)]->shape_signature = {1, -1, -1, 1};
  const int pool = builder.tensor("pool", TensorType::FLOAT32, {1, 2, 2, 1});
  const int y = builder.tensor("y", TensorType::FLOAT32, {1, 2, 2, 1});
  tflite::Pool2DOptionsT options;
  options.stride_h = options.stride_w = options.filter_height = options.filter_width = 2;
  options.padding = tflite::Padding::VALID;
  builder.add(BuiltinOperator::MAX_POOL_2D, {x}, {pool}, options);
  builder.add(BuiltinOperator::RELU, {pool}, {y});
  builder.output(y);
  return builder;
}

Result<std::shared_ptr<const Model>> resized(const std::shared_ptr<const Model>& model,
                                             const std::string& input, Shape shape) {
  const std::vector<InputShape> shapes = {{input, std::move(shape)}};
  return model->resized(shapes);
}

TEST(Resize, GivesEveryTensorItsNewShape) {
  const auto model = opened(pooling());
  const auto wide = resized(model, "x", {1, 2, 6, 1});
  ASSERT_TRUE(wide) << wide.error().message;
  EXPECT_THAT((*wide)->input(0).shape, ElementsAre(1, 2, 6, 1));
  EXPECT_THAT((*wide)->output(0).shape, ElementsAre(1, 1, 3, 1));
  auto session = Session::create(*wide);
  ASSERT_TRUE(session) << session.error().message;
  const std::vector<float> in = {1, 2, 3, 4, -5, -6, 7, 8, 9, 0, -11, -12};
  ASSERT_TRUE(session->setReals(0, in));
  ASSERT_TRUE(session->run());
  EXPECT_THAT(session->output<float>(0), ElementsAre(8, 9, 0));
  EXPECT_THAT(model->output(0).shape, ElementsAre(1, 2, 2, 1)) << "the first stays as it was";
}

TEST(Resize, CanBeDoneAgain) {
  const auto wide = resized(opened(pooling()), "x", {3, 8, 8, 2});
  ASSERT_TRUE(wide) << wide.error().message;
  EXPECT_THAT((*wide)->output(0).shape, ElementsAre(3, 4, 4, 2));
  const auto back = resized(*wide, "x", {1, 4, 4, 1});
  ASSERT_TRUE(back);
  EXPECT_THAT((*back)->output(0).shape, ElementsAre(1, 2, 2, 1));
}

TEST(Resize, WhatCannotBeIsRefused) {
  Limits limits;
  limits.max_arena_bytes = 1 << 20;
  const auto model = opened(pooling(), limits);
  const auto unknown = resized(model, "image", {1, 4, 4, 1});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(unknown.error().message, "small.tflite: no input 'image', it has 'x'");
  const auto flat = resized(model, "x", {1, 4, 4});
  ASSERT_FALSE(flat);
  EXPECT_THAT(flat.error().message, HasSubstr("operator 0 MAX_POOL_2D: rank"));
  const auto negative = resized(model, "x", {1, -1, 4, 1});
  ASSERT_FALSE(negative);
  EXPECT_EQ(negative.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(negative.error().message, HasSubstr("cannot be 1x-1x4x1"));
  for (const Shape& large : {Shape{1, 65536, 65536, 65536}, Shape{1, 1024, 1024, 1}}) {
    const auto refused = resized(model, "x", large);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kLimitExceeded);
  }
  EXPECT_FALSE(resized(model, "x", Shape(9, 1)));
}

TEST(Resize, WeightsDecideWhatFits) {
  const auto model = opened(testing::SmallNet().builder);
  const auto refused = resized(model, "image", {1, 8, 8, 2});
  ASSERT_FALSE(refused) << "four by four times three do not fit the dense layer";
  EXPECT_THAT(refused.error().message, HasSubstr("FULLY_CONNECTED"));
}

}  // namespace
}  // namespace primer::inference
