// Rules of single operators that need a file of their own shape to be broken: one file for each,
// sound but for that rule.

#include "inference/model_test.h"

namespace primer::inference {
namespace {

using testing::QuantizationSpec;

struct Operand {
  TensorType type = TensorType::FLOAT32;
  std::vector<std::int32_t> shape;
  QuantizationSpec quantization;
};

// One operator whose operands come from outside, one output of an open shape.
template <typename Options>
std::vector<std::byte> one(BuiltinOperator op, const std::vector<Operand>& operands,
                           const Operand& output, Options options) {
  ModelBuilder builder;
  std::vector<std::int32_t> inputs;
  for (const auto& operand : operands) {
    inputs.push_back(builder.input("x", operand.type, operand.shape, operand.quantization));
  }
  const int out = builder.tensor("y", output.type, {}, output.quantization);
  builder.graph().tensors.back()->has_rank = false;
  builder.output(out);
  builder.add(op, inputs, {out}, std::move(options));
  return builder.build();
}

const QuantizationSpec kTenth = perTensor(0.1f, 0);
constexpr auto kFloat = TensorType::FLOAT32;
constexpr auto kInt8 = TensorType::INT8;
constexpr auto kInt16 = TensorType::INT16;

// A dense layer of one output whose weights have `depth` columns.
std::vector<std::byte> dense(std::int32_t depth, TensorType input,
                             const tflite::FullyConnectedOptionsT& options = {}) {
  ModelBuilder builder;
  const int x = builder.input("x", input, {1, depth}, input == kInt8 ? kTenth : QuantizationSpec{});
  const int w = builder.constant<std::int8_t>(
      "w", {1, depth}, std::vector<std::int8_t>(static_cast<std::size_t>(depth), 1), kTenth);
  const int y = builder.tensor("y", input, {1, 1}, input == kInt8 ? kTenth : QuantizationSpec{});
  builder.output(y);
  builder.add(BuiltinOperator::FULLY_CONNECTED, {x, w}, {y}, options);
  return builder.build();
}

std::vector<std::byte> transposed(const std::vector<std::int32_t>& wanted) {
  ModelBuilder builder;
  const int shape = builder.constant<std::int32_t>("shape", {4}, wanted);
  const int w = builder.constant<float>("w", {1, 2, 2, 1}, {1, 2, 3, 4});
  const int x = builder.input("x", kFloat, {1, 2, 2, 1});
  const int y = builder.tensor("y", kFloat, wanted);
  builder.output(y);
  tflite::TransposeConvOptionsT options;
  options.stride_h = options.stride_w = 2;
  builder.add(BuiltinOperator::TRANSPOSE_CONV, {shape, w, x}, {y}, options);
  return builder.build();
}

std::vector<std::byte> padded(const std::vector<std::int32_t>& value_shape) {
  ModelBuilder builder;
  const int x = builder.input("x", kFloat, {2});
  const int paddings = builder.constant<std::int32_t>("paddings", {1, 2}, {1, 1});
  const int value = builder.input("value", kFloat, value_shape);
  const int y = builder.tensor("y", kFloat, {4});
  builder.output(y);
  builder.add(BuiltinOperator::PADV2, {x, paddings, value}, {y}, tflite::PadV2OptionsT{});
  return builder.build();
}

std::vector<std::byte> largest(const std::vector<std::int32_t>& shape) {
  ModelBuilder builder;
  const int x = builder.input("x", kFloat, shape);
  const int axis = builder.constant<std::int32_t>("axis", {1}, {0});
  const int y = builder.tensor("y", TensorType::INT32, {3});
  builder.output(y);
  tflite::ArgMaxOptionsT options;
  options.output_type = TensorType::INT32;
  builder.add(BuiltinOperator::ARG_MAX, {x, axis}, {y}, options);
  return builder.build();
}

TEST(OperatorRefusals, AccumulationDepth) {
  EXPECT_EQ(refusalOf(dense(1 << 16, kInt8)), "");
  EXPECT_THAT(refusalOf(dense((1 << 16) + 1, kInt8)), HasSubstr("accumulation-depth"));
  EXPECT_THAT(refusalOf(dense((1 << 16) + 1, kFloat)), HasSubstr("accumulation-depth"));
}

TEST(OperatorRefusals, OptionsOfDenseLayers) {
  tflite::FullyConnectedOptionsT shuffled;
  shuffled.weights_format = tflite::FullyConnectedOptionsWeightsFormat::SHUFFLED4x16INT8;
  EXPECT_THAT(refusalOf(dense(4, kInt8, shuffled)), HasSubstr("weights-format"));
}

TEST(OperatorRefusals, SizesOfTransposedConvolutions) {
  EXPECT_EQ(refusalOf(transposed({1, 4, 4, 1})), "");
  EXPECT_THAT(refusalOf(transposed({1, 7, 4, 1})), HasSubstr("transposed-size"));
  EXPECT_THAT(refusalOf(transposed({1, 4, 4, 2})), HasSubstr("transposed-size"));
  EXPECT_THAT(refusalOf(transposed({1, -4, 4, 1})), HasSubstr("shape-dimension"));
}

TEST(OperatorRefusals, ValueOfPaddings) {
  EXPECT_EQ(refusalOf(padded({})), "");
  EXPECT_THAT(refusalOf(padded({2})), HasSubstr("pad-value"));
}

TEST(OperatorRefusals, BestOfNothing) {
  EXPECT_EQ(refusalOf(largest({2, 3})), "");
  EXPECT_THAT(refusalOf(largest({0, 3})), HasSubstr("best-of-nothing"));
}

TEST(OperatorRefusals, OperandsOfAnotherShapeOrType) {
  const Operand pair{kFloat, {2}, {}};
  const Operand three{kFloat, {3, 2}, {}};
  const auto concatenation = [](const std::vector<Operand>& operands, TensorType out) {
    return refusalOf(one(BuiltinOperator::CONCATENATION, operands, {out, {}, {}},
                         tflite::ConcatenationOptionsT{}));
  };
  EXPECT_EQ(concatenation({three, three}, kFloat), "");
  EXPECT_THAT(concatenation({three, {kFloat, {3, 1}, {}}}, kFloat),
              HasSubstr("concatenation-shapes"));
  EXPECT_THAT(concatenation({three, pair}, kFloat), HasSubstr("concatenation-shapes"));
  EXPECT_THAT(concatenation({three, {TensorType::INT32, {3, 2}, {}}}, kFloat),
              HasSubstr("type-same"));
  const auto packed = [](const std::vector<Operand>& operands) {
    return refusalOf(
        one(BuiltinOperator::PACK, operands, {kFloat, {}, {}}, tflite::PackOptionsT{}));
  };
  EXPECT_EQ(packed({pair, pair}), "");
  EXPECT_THAT(packed({pair, three}), HasSubstr("pack-shapes"));
}

TEST(OperatorRefusals, IndicesOfAnotherShapeOrType) {
  const Operand table{kFloat, {4, 2}, {}};
  const auto gathered = [&](const Operand& indices) {
    return refusalOf(one(BuiltinOperator::GATHER_ND, {table, indices}, {kFloat, {}, {}},
                         tflite::GatherNdOptionsT{}));
  };
  EXPECT_EQ(gathered({TensorType::INT32, {3, 2}, {}}), "");
  EXPECT_THAT(gathered({TensorType::INT32, {3, 3}, {}}), HasSubstr("index-shape"));
  EXPECT_THAT(gathered({TensorType::INT32, {}, {}}), HasSubstr("index-shape"));
  EXPECT_THAT(gathered({kFloat, {3, 2}, {}}), HasSubstr("index-type"));
}

TEST(OperatorRefusals, ScalesThatAreMissing) {
  const auto dequantized = [](const QuantizationSpec& scale) {
    return refusalOf(one(BuiltinOperator::DEQUANTIZE, {{kInt8, {2}, scale}}, {kFloat, {}, {}},
                         tflite::DequantizeOptionsT{}));
  };
  EXPECT_EQ(dequantized(kTenth), "");
  EXPECT_THAT(dequantized({}), HasSubstr("quantization-missing"));
}

TEST(OperatorRefusals, ZeroPointsOfWords) {
  const auto multiplied = [](std::int64_t zero) {
    const Operand word{kInt16, {2}, perTensor(0.1f, zero)};
    return refusalOf(
        one(BuiltinOperator::MUL, {word, word}, {kInt16, {}, kTenth}, tflite::MulOptionsT{}));
  };
  EXPECT_EQ(multiplied(0), "");
  EXPECT_THAT(multiplied(1), HasSubstr("word-zero-point"));
}

TEST(OperatorRefusals, SoftmaxThatItsArithmeticCannotHold) {
  const auto softmax = [](std::int32_t classes, float scale, float beta) {
    tflite::SoftmaxOptionsT options;
    options.beta = beta;
    return refusalOf(one(BuiltinOperator::SOFTMAX, {{kInt8, {1, classes}, perTensor(scale, 0)}},
                         {kInt8, {}, perTensor(1.0f / 256.0f, -128)}, options));
  };
  EXPECT_EQ(softmax(4095, 0.1f, 1.0f), "");
  EXPECT_THAT(softmax(4096, 0.1f, 1.0f), HasSubstr("softmax-depth"));
  EXPECT_THAT(softmax(4, 1e-20f, 1.0f), HasSubstr("softmax-scale"));
}

TEST(OperatorRefusals, AnInputWhoseShapeNobodyKnows) {
  ModelBuilder builder;
  const int size = builder.tensor("of nothing", kFloat, {});
  builder.graph().tensors.back()->has_rank = false;
  const int x = builder.input("x", kFloat, {2});
  const int y = builder.tensor("y", kFloat, {2});
  builder.output(y);
  builder.add(BuiltinOperator::ADD, {x, size}, {y}, tflite::AddOptionsT{});
  EXPECT_NE(refusalOf(builder.build()), "");
}

// int16 on scales that are powers of two: operands are shifted to the output's scale, to the right.
TEST(OperatorRefusals, ShiftsOfWords) {
  const auto added = [](float a, float b, float out, std::vector<std::int32_t> shape_b = {4}) {
    constexpr auto kWord = TensorType::INT16;
    return refusalOf(one(BuiltinOperator::ADD,
                         {{kWord, {4}, perTensor(a, 0)}, {kWord, shape_b, perTensor(b, 0)}},
                         {kWord, {}, perTensor(out, 0)}, tflite::AddOptionsT{}));
  };
  const float step = 1.0f / 1024.0f;
  EXPECT_EQ(added(step, step / 8, step), "");
  EXPECT_EQ(added(0.7f * step, step / 8, 2 * step), "") << "any scale but a power of two";
  EXPECT_EQ(added(0.7f * step, step / 8, 2 * step, {1}), "");
  EXPECT_THAT(added(step, step, 2 * step), HasSubstr("power-of-two-scales"));
  EXPECT_THAT(added(2 * step, step, step), HasSubstr("power-of-two-scales"));
  EXPECT_THAT(added(step, step / 8, step, {1}), HasSubstr("power-of-two-scales"));
}

// Sums of words fill 32 bits sooner than those of bytes.
TEST(OperatorRefusals, PoolsOfWords) {
  const auto pooled = [](TensorType type) {
    const auto scale = perTensor(0.1f, 0);
    tflite::Pool2DOptionsT options;
    options.padding = tflite::Padding::VALID;
    options.stride_h = options.stride_w = 1;
    options.filter_height = options.filter_width = 182;  // 33,124 taps
    return refusalOf(one(BuiltinOperator::AVERAGE_POOL_2D, {{type, {1, 182, 182, 1}, scale}},
                         {type, {}, scale}, options));
  };
  EXPECT_EQ(pooled(TensorType::INT8), "");
  EXPECT_THAT(pooled(TensorType::INT16), HasSubstr("accumulation-depth"));
}

// Curves of words have one scale to come out on, and no zero points.
TEST(OperatorRefusals, ScalesOfWordCurves) {
  const auto curve = [](float in, float out, std::int64_t zero) {
    constexpr auto kWord = TensorType::INT16;
    return refusalOf(one(BuiltinOperator::LOGISTIC, {{kWord, {4}, perTensor(in, zero)}},
                         {kWord, {}, perTensor(out, 0)}, tflite::LogSoftmaxOptionsT{}));
  };
  EXPECT_EQ(curve(0.001f, 1.0f / 32768.0f, 0), "");
  EXPECT_THAT(curve(0.001f, 1.0f / 256.0f, 0), HasSubstr("output-quantization"));
  EXPECT_THAT(curve(0.001f, 1.0f / 32768.0f, 1), HasSubstr("word-zero-point"));
  EXPECT_THAT(curve(100.0f, 1.0f / 32768.0f, 0), HasSubstr("input-scale"));
  EXPECT_THAT(curve(1e-20f, 1.0f / 32768.0f, 0), HasSubstr("input-scale"));
}

// Biases of 32 bits under int16 are an option of the file's.
TEST(OperatorRefusals, BiasesOfWords) {
  const auto layer = [](TensorType bias, TensorType option) {
    ModelBuilder builder;
    const int x = builder.input("x", TensorType::INT16, {1, 3}, perTensor(0.001f, 0));
    const int w = builder.constant<std::int8_t>("w", {1, 3}, {1, 2, 3}, kTenth);
    const int b = bias == TensorType::INT32 ? builder.constant<std::int32_t>("b", {1}, {7})
                                            : builder.constant<std::int64_t>("b", {1}, {7});
    const int y = builder.tensor("y", TensorType::INT16, {1, 1}, perTensor(0.001f, 0));
    builder.output(y);
    tflite::FullyConnectedOptionsT options;
    options.quantized_bias_type = option;
    builder.add(BuiltinOperator::FULLY_CONNECTED, {x, w, b}, {y}, options);
    return refusalOf(builder);
  };
  EXPECT_EQ(layer(TensorType::INT64, TensorType::FLOAT32), "");
  EXPECT_EQ(layer(TensorType::INT32, TensorType::INT32), "");
  EXPECT_THAT(layer(TensorType::INT32, TensorType::FLOAT32), HasSubstr("bias-type"));
  EXPECT_THAT(layer(TensorType::INT64, TensorType::INT32), HasSubstr("bias-type"));
}

TEST(OperatorRefusals, DepthOfOneHot) {
  const auto hot = [](std::int32_t depth, const std::vector<std::int32_t>& value_shape) {
    ModelBuilder builder;
    const int x = builder.input("x", TensorType::INT32, {2});
    const int d = builder.constant<std::int32_t>("depth", {}, {depth});
    const int on = builder.input("on", kFloat, value_shape);
    const int off = builder.input("off", kFloat, {});
    const int y = builder.tensor("y", kFloat, {});
    builder.graph().tensors.back()->has_rank = false;
    builder.output(y);
    tflite::OneHotOptionsT options;
    options.axis = -1;
    builder.add(BuiltinOperator::ONE_HOT, {x, d, on, off}, {y}, options);
    return refusalOf(builder);
  };
  EXPECT_EQ(hot(3, {}), "");
  EXPECT_THAT(hot(-1, {}), HasSubstr("one-hot"));
  EXPECT_THAT(hot(1 << 25, {}), HasSubstr("one-hot"));
  EXPECT_THAT(hot(3, {2}), HasSubstr("one-hot"));
}

}  // namespace
}  // namespace primer::inference
