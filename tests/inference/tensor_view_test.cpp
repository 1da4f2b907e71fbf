// Views of inputs and outputs: shapes, units, names, and errors that tell.

#include "primer/inference/tensor_view.h"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "inference/allocation_count.h"
#include "inference/model_test.h"
#include "inference/small_models.h"
#include "primer/inference/inference.h"

namespace primer::inference {
namespace {

using testing::SmallNet;

// One tensor of a type that comes out as it went in.
Session echo(TensorType type, std::vector<std::int32_t> shape,
             const testing::QuantizationSpec& quantization = {}) {
  ModelBuilder builder;
  builder.output(builder.input("x", type, std::move(shape), quantization));
  return planned(builder);
}

TEST(Quantized, RoundsHalvesAwayFromZeroAndHoldsTheRange) {
  EXPECT_EQ(quantized<std::int8_t>(0.25f, 0.5f, 0), 1);
  EXPECT_EQ(quantized<std::int8_t>(-0.25f, 0.5f, 0), -1);
  EXPECT_EQ(quantized<std::int8_t>(0.24f, 0.5f, 10), 10);
  EXPECT_EQ(quantized<std::int8_t>(1000.0f, 0.5f, 0), 127);
  EXPECT_EQ(quantized<std::int8_t>(-1000.0f, 0.5f, 0), -128);
  EXPECT_EQ(quantized<std::uint8_t>(-1.0f, 0.5f, 1), 0);
  EXPECT_EQ(quantized<std::int16_t>(2.0f, 0.001f, 0), 2000);
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(quantized<std::int8_t>(infinity, 0.5f, 0), 127);
  EXPECT_EQ(quantized<std::int8_t>(-infinity, 0.5f, 0), -128);
  EXPECT_EQ(quantized<std::int8_t>(std::nanf(""), 0.5f, 0), -128);
  EXPECT_EQ(quantized<std::int32_t>(infinity, 1.0f, 0), std::numeric_limits<std::int32_t>::max());
  // The greatest double below 2^63.
  EXPECT_EQ(quantized<std::int64_t>(infinity, 1.0f, 0),
            (std::int64_t{1} << 62) - 512 + (std::int64_t{1} << 62) - 512);
}

TEST(Quantized, IsWhatTheOperatorDoes) {
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::FLOAT32, {1000});
  const int y = builder.tensor("y", TensorType::INT8, {1000}, perTensor(0.037f, -11));
  builder.add(BuiltinOperator::QUANTIZE, {x}, {y}, tflite::QuantizeOptionsT{});
  builder.output(y);
  auto session = planned(builder);
  const auto in = session.input<float>(0);
  for (std::size_t i = 0; i < in.size(); ++i) in[i] = (static_cast<float>(i) - 500) * 0.0185f;
  const std::vector<float> reals(in.begin(), in.end());
  session.run();
  for (std::size_t i = 0; i < reals.size(); ++i) {
    EXPECT_EQ(session.output<std::int8_t>(0)[i], quantized<std::int8_t>(reals[i], 0.037f, -11))
        << reals[i];
  }
}

TEST(TensorView, FindsElementsByPosition) {
  auto session = echo(TensorType::INT8, {2, 3, 4}, perTensor(0.5f, 3));
  const auto view = session.input<std::int8_t>(0);
  EXPECT_THAT(view.shape(), ElementsAre(2, 3, 4));
  EXPECT_EQ(view.size(), 24u);
  EXPECT_EQ(view.offset({1, 2, 3}), 23u);
  view.at({1, 0, 2}) = 9;
  EXPECT_EQ(view[14], 9);
  EXPECT_EQ(view.real(14), 3.0f);
  view.setReal(14, -1.2f);
  EXPECT_EQ(view[14], 1);
  const std::span<std::int8_t> as_span = view;
  EXPECT_EQ(as_span.data(), view.data());
  EXPECT_EQ(describe(view.info()), "int8 2x3x4, scale 0.5, zero point 3");
}

TEST(TensorView, AChannelHasItsOwnUnit) {
  auto session = echo(TensorType::INT8, {2, 3, 2}, {{0.5f, 1.0f, 2.0f}, {0, 10, 0}, 1});
  const auto view = session.input<std::int8_t>(0);
  for (auto& element : view) element = 20;
  EXPECT_EQ(view.real(view.offset({1, 0, 1})), 10.0f);
  EXPECT_EQ(view.real(view.offset({1, 1, 0})), 10.0f);
  EXPECT_EQ(view.real(view.offset({0, 2, 1})), 40.0f);
  view.setReal(view.offset({0, 1, 1}), 5.0f);
  EXPECT_EQ(view.at({0, 1, 1}), 15);
}

TEST(TensorView, RealsGoInAndOutOfEveryTypeOfNumbers) {
  struct Case {
    TensorType type;
    testing::QuantizationSpec quantization;
    std::array<float, 4> expected;
  };
  const std::array<float, 4> reals = {-1.0f, 0.0f, 2.6f, 300.0f};
  for (const auto& [type, quantization, expected] : {
           Case{TensorType::FLOAT32, {}, reals},
           Case{TensorType::INT8, perTensor(0.5f, -8), {-1.0f, 0.0f, 2.5f, 67.5f}},
           Case{TensorType::UINT8, perTensor(2.0f, 4), {-2.0f, 0.0f, 2.0f, 300.0f}},
           Case{TensorType::INT16, perTensor(0.25f, 0), {-1.0f, 0.0f, 2.5f, 300.0f}},
           Case{TensorType::INT32, {}, {-1.0f, 0.0f, 3.0f, 300.0f}},
           Case{TensorType::INT64, {}, {-1.0f, 0.0f, 3.0f, 300.0f}},
           Case{TensorType::BOOL, {}, {1.0f, 0.0f, 1.0f, 1.0f}},
       }) {
    auto session = echo(type, {2, 2}, quantization);
    ASSERT_TRUE(session.setReals(0, reals));
    session.run();
    std::array<float, 4> out{};
    ASSERT_TRUE(session.reals(0, out));
    EXPECT_EQ(out, expected) << tflite::EnumNameTensorType(type);
  }
}

TEST(TensorView, RealsAllocateNothing) {
  auto session = echo(TensorType::INT8, {2, 2}, perTensor(0.5f, -8));
  std::array<float, 4> reals = {1, 2, 3, 4};
  const auto before = testing::allocationCount();
  ASSERT_TRUE(session.setReals(0, reals));
  ASSERT_TRUE(session.reals(0, reals));
  EXPECT_EQ(testing::allocationCount(), before);
}

TEST(TensorView, ErrorsTellWhatIsThere) {
  auto session = planned(SmallNet().builder);
  ASSERT_TRUE(session.findInput<std::int8_t>("image"));
  EXPECT_EQ(session.findInput<std::int8_t>("image")->size(), 72u);
  ASSERT_TRUE(session.findOutput<std::int8_t>("probabilities"));

  const auto misspelt = session.findInput<std::int8_t>("imagge");
  ASSERT_FALSE(misspelt);
  EXPECT_EQ(misspelt.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(misspelt.error().message, "small.tflite: no input 'imagge', it has 'image'");
  const auto other_type = session.findOutput<float>("probabilities");
  ASSERT_FALSE(other_type);
  EXPECT_EQ(other_type.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(other_type.error().message,
            "small.tflite: output 'probabilities' is int8 1x4, scale 0.00390625, zero point -128, "
            "not float32");
  const std::vector<float> few(5);
  const auto too_few = session.setReals(0, few);
  ASSERT_FALSE(too_few);
  EXPECT_EQ(too_few.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(too_few.error().message, HasSubstr("has 72 elements, not 5"));
}

TEST(TensorView, WhatIsNoNumberIsRefused) {
  TensorInfo text;
  text.name = "words";
  text.type = ElementType::kString;
  std::array<float, 1> reals{};
  std::array<std::byte, 8> bytes{};
  EXPECT_EQ(writeReals(reals, text, bytes).error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(readReals(text, bytes, reals).error().code, ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace primer::inference
