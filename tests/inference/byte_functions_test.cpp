// Functions of one operand that no recording holds, against the function itself; and what a file
// may say of types that are not what they seem.

#include <cmath>

#include "inference/model_test.h"

namespace primer::inference {
namespace {

Session unary(BuiltinOperator op, TensorType type, std::int32_t count,
              const testing::QuantizationSpec& in = {}, const testing::QuantizationSpec& out = {}) {
  ModelBuilder builder;
  const int x = builder.input("x", type, {count}, in);
  const int y = builder.tensor("y", type, {count}, out);
  builder.add(op, {x}, {y});
  builder.output(y);
  return planned(builder);
}

TEST(RealFunctions, AreTheFunctions) {
  const std::vector<float> xs = {-2.5f, -1.5f, -0.5f, -0.2f, 0.0f, 0.5f, 1.5f, 2.5f, 2.7f};
  const auto expect = [&](BuiltinOperator op, double (*function)(double)) {
    auto session = unary(op, TensorType::FLOAT32, static_cast<std::int32_t>(xs.size()));
    std::copy(xs.begin(), xs.end(), session.input<float>(0).begin());
    ASSERT_TRUE(session.run());
    for (std::size_t i = 0; i < xs.size(); ++i) {
      EXPECT_NEAR(session.output<float>(0)[i], function(xs[i]), 1e-6) << xs[i];
    }
  };
  expect(BuiltinOperator::CEIL, [](double x) { return std::ceil(x); });
  expect(BuiltinOperator::ELU, [](double x) { return x < 0 ? std::exp(x) - 1.0 : x; });
  // Halves go to the even neighbour.
  expect(BuiltinOperator::ROUND, [](double x) {
    const double down = std::floor(x);
    if (x - down != 0.5) return std::floor(x + 0.5);
    return std::fmod(down, 2.0) == 0.0 ? down : down + 1.0;
  });
}

TEST(ByteFunctions, AreTheFunctionsToAStep) {
  const auto expect = [](BuiltinOperator op, float out_scale, std::int64_t out_zero,
                         double (*function)(double)) {
    constexpr float kScale = 0.02f;
    auto session =
        unary(op, TensorType::INT8, 256, perTensor(kScale, -128), perTensor(out_scale, out_zero));
    for (int q = -128; q < 128; ++q) {
      session.input<std::int8_t>(0)[static_cast<std::size_t>(q + 128)] =
          static_cast<std::int8_t>(q);
    }
    ASSERT_TRUE(session.run());
    for (int i = 0; i < 256; ++i) {
      const double real = function(static_cast<double>(kScale) * i);
      const double steps =
          std::min(std::round(real / out_scale) + static_cast<double>(out_zero), 127.0);
      EXPECT_NEAR(session.output<std::int8_t>(0)[static_cast<std::size_t>(i)], steps, 1.0) << i;
    }
  };
  expect(BuiltinOperator::RSQRT, 0.03f, -128, [](double x) { return 1.0 / std::sqrt(x); });
  expect(BuiltinOperator::ELU, 0.03f, -60, [](double x) { return x; });
}

// Old writers call the sum of bytes float32.
TEST(OldFiles, ASumOfBytesIsBytes) {
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::UINT8, {3}, perTensor(0.5f, 10));
  const int y = builder.tensor("y", TensorType::FLOAT32, {3}, perTensor(1.0f, 0));
  builder.add(BuiltinOperator::ADD, {x, x}, {y}, tflite::AddOptionsT{});
  builder.output(y);
  auto session = planned(builder);
  for (std::size_t i = 0; i < 3; ++i) {
    session.input<std::uint8_t>(0)[i] = static_cast<std::uint8_t>(10 + 20 * i);
  }
  ASSERT_TRUE(session.run());
  ASSERT_EQ(session.output<std::uint8_t>(0).size(), 3u);
  EXPECT_EQ(session.output<std::uint8_t>(0)[1], 20);
  EXPECT_EQ(session.output<std::uint8_t>(0)[2], 40);
}

TEST(PackedWeights, FillTheirBytes) {
  ModelBuilder builder;
  const int x = builder.input("x", TensorType::FLOAT32, {1, 3});
  const int w = builder.constant<std::uint8_t>("w", {1, 3}, {0x2f, 0x07}, perTensor(0.5f, 0));
  builder.graph().tensors[static_cast<std::size_t>(w)]->type = TensorType::INT4;
  const int y = builder.tensor("y", TensorType::FLOAT32, {1, 1});
  builder.add(BuiltinOperator::FULLY_CONNECTED, {x, w}, {y}, tflite::FullyConnectedOptionsT{});
  builder.output(y);
  auto session = planned(builder);
  const std::vector<float> xs = {127.0f, 127.0f, 127.0f};
  std::copy(xs.begin(), xs.end(), session.input<float>(0).begin());
  ASSERT_TRUE(session.run());
  EXPECT_FLOAT_EQ(session.output<float>(0)[0], (-1.0f + 2.0f + 7.0f) * 0.5f * 127.0f);
  builder.model().buffers.back()->data.push_back(0);
  EXPECT_THAT(Model::fromBytes(builder.build(), "packed").error().message,
              HasSubstr("buffer-size: holds 3 bytes, its shape 1x3 of int4 needs 2"));
}

// SUM of int8 is that of uint8, which recordings hold, with all moved by 128.
TEST(ByteSums, AreThoseOfTheOtherBytes) {
  const auto sum = [](TensorType type, std::int64_t zero) {
    ModelBuilder builder;
    const int x = builder.input("x", type, {4, 6}, perTensor(0.05f, zero + 9));
    const int axis = builder.constant<std::int32_t>("axis", {1}, {1});
    const int y = builder.tensor("y", type, {4}, perTensor(0.13f, zero - 3));
    builder.add(BuiltinOperator::SUM, {x, axis}, {y}, tflite::ReducerOptionsT{});
    builder.output(y);
    auto session = planned(builder);
    for (std::size_t i = 0; i < 24; ++i) {
      const auto value = static_cast<int>((i * 37) % 256) - 128;
      session.inputBytes(0)[i] =
          static_cast<std::byte>(type == TensorType::INT8 ? value : value + 128);
    }
    EXPECT_TRUE(session.run());
    std::vector<int> sums;
    for (const auto byte : session.outputBytes(0)) {
      sums.push_back(type == TensorType::INT8 ? static_cast<std::int8_t>(byte)
                                              : std::to_integer<int>(byte) - 128);
    }
    return sums;
  };
  EXPECT_EQ(sum(TensorType::INT8, 0), sum(TensorType::UINT8, 128));
}

}  // namespace
}  // namespace primer::inference
