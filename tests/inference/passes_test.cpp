// Each pass of the planner on a graph that it knows, and on those that it must leave alone. Bytes
// with and without all of them are compared over all models in optimised_test.cpp; here the models
// hold what the others may not.

#include <random>

#include "inference/model_test.h"

namespace primer::inference {
namespace {

using testing::QuantizationSpec;
using tflite::ActivationFunctionType;

constexpr auto kInt8 = TensorType::INT8;
constexpr auto kUint8 = TensorType::UINT8;
constexpr auto kFloat = TensorType::FLOAT32;

// Random inputs; finite where they are float.
void fill(Session& session, unsigned seed) {
  std::mt19937 random(seed);
  for (std::size_t i = 0; i < session.model().inputCount(); ++i) {
    if (session.model().input(i).type == ElementType::kFloat32) {
      for (auto& value : session.input<float>(i)) {
        value = static_cast<float>(random() % 2001) / 500.0f - 2.0f;
      }
    } else {
      for (auto& byte : session.inputBytes(i)) byte = static_cast<std::byte>(random());
    }
  }
}

std::vector<std::byte> outputsOf(const Session& session) {
  std::vector<std::byte> all;
  for (std::size_t i = 0; i < session.model().outputCount(); ++i) {
    const auto bytes = session.outputBytes(i);
    all.insert(all.end(), bytes.begin(), bytes.end());
  }
  return all;
}

// Operators that are left after all passes. Expects the bytes of the file's own operators.
std::vector<std::string> left(const ModelBuilder& builder) {
  const auto model = Model::fromBytes(builder.build(), "test");
  EXPECT_TRUE(model) << model.error().message;
  if (!model) return {};
  auto plain = Session::create(*model, {.optimise = false});
  auto changed = Session::create(*model);
  EXPECT_TRUE(plain && changed);
  std::vector<std::string> ops;
  for (unsigned seed = 1; seed <= 5; ++seed) {
    fill(*plain, seed);
    fill(*changed, seed);
    ops.clear();
    EXPECT_TRUE(plain->run());
    EXPECT_TRUE(changed->run([&](const OperatorEvent& event) { ops.emplace_back(event.op); }));
    EXPECT_EQ(outputsOf(*plain), outputsOf(*changed)) << "seed " << seed;
  }
  EXPECT_LE(changed->arenaBytes(), plain->arenaFigures().greedy_bytes);
  return ops;
}

template <typename T>
std::vector<T> someValues(std::size_t count) {
  std::vector<T> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = static_cast<T>(static_cast<int>(i * 37 % 251) - 125);
  }
  return values;
}

// An image, padded by one row above and two columns to the right, before a window operator.
struct PaddedImage {
  ModelBuilder builder;
  int padded = 0;

  explicit PaddedImage(TensorType type, const QuantizationSpec& quantization,
                       std::vector<std::int32_t> paddings = {0, 0, 1, 0, 0, 2, 0, 0}) {
    const int image = builder.input("image", type, {1, 6, 7, 4}, quantization);
    const int amounts = builder.constant<std::int32_t>("paddings", {4, 2}, paddings);
    std::vector<std::int32_t> shape = {1, 6, 7, 4};
    for (std::size_t axis = 0; axis < 4; ++axis) {
      shape[axis] += paddings[2 * axis] + paddings[2 * axis + 1];
    }
    padded = builder.tensor("padded", type, shape, quantization);
    builder.add(BuiltinOperator::PAD, {image, amounts}, {padded}, tflite::PadOptionsT{});
  }

  void conv(TensorType type, const QuantizationSpec& out, tflite::Padding padding) {
    const auto& shape = builder.graph().tensors[padded]->shape;
    int weights = 0;
    if (type == kFloat) {
      weights = builder.constant<float>("w", {3, 3, 2, 4}, someValues<float>(72));
    } else if (type == kUint8) {
      weights = builder.constant<std::uint8_t>("w", {3, 3, 2, 4}, someValues<std::uint8_t>(72),
                                               perTensor(0.02f, 120));
    } else {
      weights = builder.constant<std::int8_t>("w", {3, 3, 2, 4}, someValues<std::int8_t>(72),
                                              {{0.01f, 0.02f, 0.03f}, {0, 0, 0}, 0});
    }
    const bool same = padding == tflite::Padding::SAME;
    const int y = builder.tensor(
        "y", type, {shape[0], same ? shape[1] : shape[1] - 2, same ? shape[2] : shape[2] - 1, 3},
        out);
    tflite::Conv2DOptionsT options;
    options.stride_h = options.stride_w = 1;
    options.padding = padding;
    builder.add(BuiltinOperator::CONV_2D, {padded, weights, -1}, {y}, options, 3);
    builder.output(y);
  }

  void pool(BuiltinOperator op, TensorType type, const QuantizationSpec& out) {
    const auto& shape = builder.graph().tensors[padded]->shape;
    const int y = builder.tensor("y", type, {shape[0], shape[1] - 1, shape[2] - 1, shape[3]}, out);
    tflite::Pool2DOptionsT options;
    options.stride_h = options.stride_w = 1;
    options.filter_height = options.filter_width = 2;
    options.padding = tflite::Padding::VALID;
    builder.add(op, {padded}, {y}, options, 2);
    builder.output(y);
  }
};

TEST(JoinPadding, IntoConvolutions) {
  for (const auto padding : {tflite::Padding::VALID, tflite::Padding::SAME}) {
    PaddedImage bytes(kInt8, perTensor(0.03f, -7));
    bytes.conv(kInt8, perTensor(0.2f, 3), padding);
    EXPECT_THAT(left(bytes.builder), ElementsAre("CONV_2D"));
    PaddedImage old(kUint8, perTensor(0.03f, 99));
    old.conv(kUint8, perTensor(0.2f, 128), padding);
    EXPECT_THAT(left(old.builder), ElementsAre("CONV_2D"));
    PaddedImage real(kFloat, {});
    real.conv(kFloat, {}, padding);
    EXPECT_THAT(left(real.builder), ElementsAre("CONV_2D"));
  }
}

TEST(JoinPadding, NotOfChannelsOrBatches) {
  PaddedImage image(kInt8, perTensor(0.03f, -7), {0, 1, 1, 0, 0, 2, 0, 0});
  image.conv(kInt8, perTensor(0.2f, 3), tflite::Padding::VALID);
  EXPECT_THAT(left(image.builder), ElementsAre("PAD", "CONV_2D"));
}

TEST(JoinPadding, NotWhereAWeightIsInfinite) {
  PaddedImage image(kFloat, {});
  image.conv(kFloat, {}, tflite::Padding::VALID);
  auto& weights = *image.builder.model().buffers[2];
  const float infinite = std::numeric_limits<float>::infinity();
  std::memcpy(weights.data.data(), &infinite, sizeof(infinite));
  const auto model = Model::fromBytes(image.builder.build(), "test");
  ASSERT_TRUE(model);
  auto session = Session::create(*model);
  std::vector<std::string> ops;
  ASSERT_TRUE(session->run([&](const OperatorEvent& event) { ops.emplace_back(event.op); }));
  EXPECT_THAT(ops, ElementsAre("PAD", "CONV_2D"));
}

TEST(JoinPadding, IntoMaximaOnlyWhereItIsTheLeast) {
  PaddedImage least(kInt8, perTensor(0.03f, -128));
  least.pool(BuiltinOperator::MAX_POOL_2D, kInt8, perTensor(0.03f, -128));
  EXPECT_THAT(left(least.builder), ElementsAre("MAX_POOL_2D"));
  PaddedImage more(kInt8, perTensor(0.03f, -127));
  more.pool(BuiltinOperator::MAX_POOL_2D, kInt8, perTensor(0.03f, -127));
  EXPECT_THAT(left(more.builder), ElementsAre("PAD", "MAX_POOL_2D"));
  // An average counts what was padded.
  PaddedImage average(kInt8, perTensor(0.03f, -128));
  average.pool(BuiltinOperator::AVERAGE_POOL_2D, kInt8, perTensor(0.03f, -128));
  EXPECT_THAT(left(average.builder), ElementsAre("PAD", "AVERAGE_POOL_2D"));
}

TEST(JoinPadding, StaysForThoseWhoReadItThemselves) {
  PaddedImage image(kInt8, perTensor(0.03f, -7));
  image.conv(kInt8, perTensor(0.2f, 3), tflite::Padding::VALID);
  image.builder.output(image.padded);
  EXPECT_THAT(left(image.builder), ElementsAre("PAD", "CONV_2D"));
}

// x + x, then a RELU on the same or another scale.
ModelBuilder sumAndRelu(BuiltinOperator relu, ActivationFunctionType own, float relu_scale,
                        TensorType type = kInt8) {
  ModelBuilder builder;
  const auto scale = type == kFloat ? QuantizationSpec{} : perTensor(0.05f, -3);
  const int x = builder.input("x", type, {2, 33}, scale);
  const int sum = builder.tensor("sum", type, {2, 33}, scale);
  const int y = builder.tensor("y", type, {2, 33},
                               type == kFloat ? QuantizationSpec{} : perTensor(relu_scale, -3));
  tflite::AddOptionsT options;
  options.fused_activation_function = own;
  builder.add(BuiltinOperator::ADD, {x, x}, {sum}, options, 2);
  builder.add(relu, {sum}, {y}, 2);
  builder.output(y);
  return builder;
}

TEST(JoinActivations, OnOneScale) {
  for (const auto type : {kInt8, kUint8, kFloat}) {
    if (type == kUint8) continue;  // its zero point would be out of range
    EXPECT_THAT(left(sumAndRelu(BuiltinOperator::RELU, ActivationFunctionType::NONE, 0.05f, type)),
                ElementsAre("ADD"));
    EXPECT_THAT(left(sumAndRelu(BuiltinOperator::RELU6, ActivationFunctionType::RELU, 0.05f, type)),
                ElementsAre("ADD"));
    EXPECT_THAT(left(sumAndRelu(BuiltinOperator::RELU, ActivationFunctionType::RELU6, 0.05f, type)),
                ElementsAre("ADD"));
  }
  EXPECT_THAT(left(sumAndRelu(BuiltinOperator::RELU, ActivationFunctionType::NONE, 0.06f)),
              ElementsAre("ADD", "RELU"));
}

TEST(JoinActivations, NotWhereTheSumIsReadElsewhere) {
  auto builder = sumAndRelu(BuiltinOperator::RELU, ActivationFunctionType::NONE, 0.05f);
  builder.output(1);
  EXPECT_THAT(left(builder), ElementsAre("ADD", "RELU"));
}

TEST(JoinByteFunctions, ChainsBecomeOneTable) {
  ModelBuilder builder;
  const int x = builder.input("x", kInt8, {5, 13}, perTensor(0.05f, -3));
  const int real = builder.tensor("real", kFloat, {5, 13});
  const int swished = builder.tensor("swished", kFloat, {5, 13});
  const int bytes = builder.tensor("bytes", kInt8, {5, 13}, perTensor(0.04f, 11));
  const int logistic = builder.tensor("logistic", kInt8, {5, 13}, perTensor(1.0f / 256, -128));
  const int y = builder.tensor("y", kFloat, {5, 13});
  builder.add(BuiltinOperator::DEQUANTIZE, {x}, {real}, 2);
  builder.add(BuiltinOperator::HARD_SWISH, {real}, {swished});
  builder.add(BuiltinOperator::QUANTIZE, {swished}, {bytes});
  builder.add(BuiltinOperator::LOGISTIC, {bytes}, {logistic}, 2);
  builder.output(logistic);
  EXPECT_THAT(left(builder), ElementsAre("LOGISTIC"));
  // On to float: the table holds floats.
  builder.graph().outputs = {y};
  builder.add(BuiltinOperator::DEQUANTIZE, {logistic}, {y}, 2);
  EXPECT_THAT(left(builder), ElementsAre("DEQUANTIZE"));
  // What is read in between stays.
  builder.output(bytes);
  EXPECT_THAT(left(builder), ElementsAre("QUANTIZE", "DEQUANTIZE"));
}

TEST(JoinByteFunctions, WhatChangesNothingIsNotRun) {
  ModelBuilder builder;
  const int x = builder.input("x", kInt8, {5, 13}, perTensor(0.05f, -3));
  const int sum = builder.tensor("sum", kInt8, {5, 13}, perTensor(0.05f, -3));
  const int same = builder.tensor("same", kInt8, {5, 13}, perTensor(0.05f, -3));
  const int y = builder.tensor("y", kInt8, {5, 13}, perTensor(0.05f, -3));
  builder.add(BuiltinOperator::ADD, {x, x}, {sum}, tflite::AddOptionsT{}, 2);
  builder.add(BuiltinOperator::QUANTIZE, {sum}, {same});
  builder.add(BuiltinOperator::ADD, {same, x}, {y}, tflite::AddOptionsT{}, 2);
  builder.output(y);
  EXPECT_THAT(left(builder), ElementsAre("ADD", "ADD"));
}

TEST(FoldConstants, AndDropDead) {
  ModelBuilder builder;
  const int x = builder.input("x", kFloat, {1, 2});
  const int half =
      builder.constant<std::int8_t>("w", {3, 2}, {1, 2, 3, 4, 5, 6}, perTensor(0.5f, 1));
  const int weights = builder.tensor("w float", kFloat, {3, 2});
  const int y = builder.tensor("y", kFloat, {1, 3});
  const int unread = builder.tensor("unread", kFloat, {1, 3});
  builder.add(BuiltinOperator::DEQUANTIZE, {half}, {weights}, tflite::DequantizeOptionsT{}, 2);
  builder.add(BuiltinOperator::FULLY_CONNECTED, {x, weights}, {y},
              tflite::FullyConnectedOptionsT{});
  builder.add(BuiltinOperator::EXP, {y}, {unread});
  builder.output(y);
  EXPECT_THAT(left(builder), ElementsAre("FULLY_CONNECTED"));
}

TEST(ShareViews, ReshapesAndSlicesAreNotRun) {
  ModelBuilder builder;
  const int x = builder.input("x", kFloat, {4, 16});
  const int e = builder.tensor("e", kFloat, {4, 16});
  const int shape = builder.constant<std::int32_t>("shape", {2}, {8, 8});
  const int r = builder.tensor("r", kFloat, {8, 8});
  const int axis = builder.constant<std::int32_t>("axis", {1}, {0});
  const int a = builder.tensor("a", kFloat, {4, 8});
  const int b = builder.tensor("b", kFloat, {4, 8});
  const int y = builder.tensor("y", kFloat, {4, 8});
  builder.add(BuiltinOperator::EXP, {x}, {e});
  builder.add(BuiltinOperator::RESHAPE, {e, shape}, {r}, tflite::ReshapeOptionsT{});
  tflite::SplitOptionsT split;
  split.num_splits = 2;
  builder.add(BuiltinOperator::SPLIT, {axis, r}, {a, b}, split);
  builder.add(BuiltinOperator::SUB, {a, b}, {y}, tflite::SubOptionsT{});
  builder.output(y);
  EXPECT_THAT(left(builder), ElementsAre("EXP", "SUB"));
}

TEST(ShareViews, ConcatenatedPartsAreWrittenWhereTheyBelong) {
  ModelBuilder builder;
  const int x = builder.input("x", kFloat, {2, 16});
  const int e = builder.tensor("e", kFloat, {2, 16});
  const int s = builder.tensor("s", kFloat, {2, 16});
  const int both = builder.tensor("both", kFloat, {4, 16});
  const int y = builder.tensor("y", kFloat, {4, 16});
  builder.add(BuiltinOperator::EXP, {x}, {e});
  builder.add(BuiltinOperator::SQUARE, {x}, {s});
  tflite::ConcatenationOptionsT options;
  options.axis = 0;
  builder.add(BuiltinOperator::CONCATENATION, {e, s}, {both}, options);
  builder.add(BuiltinOperator::NEG, {both}, {y});
  builder.output(y);
  EXPECT_THAT(left(builder), ElementsAre("EXP", "SQUARE", "NEG"));
  // One part twice: it can lie at one place only.
  builder.graph().operators[2]->inputs = {e, e};
  EXPECT_THAT(left(builder), ElementsAre("EXP", "CONCATENATION", "NEG"));
}

TEST(ShareViews, AnOutputThatIsARenamedInputIsItsOwn) {
  ModelBuilder builder;
  const int x = builder.input("x", kFloat, {2, 16});
  const int shape = builder.constant<std::int32_t>("shape", {1}, {32});
  const int y = builder.tensor("y", kFloat, {32});
  builder.add(BuiltinOperator::RESHAPE, {x, shape}, {y}, tflite::ReshapeOptionsT{});
  builder.output(y);
  EXPECT_THAT(left(builder), ElementsAre("RESHAPE"));
}

// Two branches that both begin with something large and end in something small: one after the other
// they need it once.
TEST(Reorder, FollowsABranchToItsEnd) {
  ModelBuilder builder;
  const int x = builder.input("x", kFloat, {1, 4});
  const int times = builder.constant<std::int32_t>("times", {2}, {512, 1});
  const int axis = builder.constant<std::int32_t>("axis", {1}, {0});
  std::vector<int> wide(3), narrow(3);
  for (int i = 0; i < 3; ++i) wide[i] = builder.tensor("wide", kFloat, {512, 4});
  for (int i = 0; i < 3; ++i) narrow[i] = builder.tensor("narrow", kFloat, {4});
  for (int i = 0; i < 3; ++i) {
    builder.add(BuiltinOperator::TILE, {x, times}, {wide[i]}, tflite::TileOptionsT{});
  }
  for (int i = 0; i < 3; ++i) {
    builder.add(BuiltinOperator::SUM, {wide[i], axis}, {narrow[i]}, tflite::ReducerOptionsT{});
    builder.output(narrow[i]);
  }
  const auto model = Model::fromBytes(builder.build(), "test");
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_THAT(left(builder), ElementsAre("TILE", "SUM", "TILE", "SUM", "TILE", "SUM"));
  auto session = Session::create(*model);
  EXPECT_LT(session->arenaBytes(), 2u * 512 * 16);
}

}  // namespace
}  // namespace primer::inference
