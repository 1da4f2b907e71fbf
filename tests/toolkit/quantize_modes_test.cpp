#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "graphs.h"
#include "primer/toolkit/quantize.h"
#include "src/model_file.h"
#include "src/quantizer/equalise.h"
#include "src/quantizer/float_model.h"
#include "src/quantizer/half.h"
#include "src/quantizer/moments.h"
#include "src/quantizer/ranges.h"

namespace primer::toolkit {
namespace {

using test::everyLayer;
using test::finished;
using test::randomSamples;
using testing::ElementsAre;
using testing::HasSubstr;

CalibrationSet samples(std::uint64_t seed, std::size_t count = 60) {
  return randomSamples(test::kEveryLayerInputs, count, seed);
}

struct ModeCase {
  QuantizeMode mode;
  double least_cosine;
  double most_bytes;  // of the float file's
};

class EveryMode : public testing::TestWithParam<ModeCase> {};

TEST_P(EveryMode, StaysNearAndShrinks) {
  QuantizeOptions options;
  options.mode = GetParam().mode;
  const auto model = everyLayer(21);
  const auto quantized = quantize(model, samples(3), options);
  ASSERT_TRUE(quantized) << quantized.error().message;
  const auto errors = compareOutputs(quantized->bytes, model, samples(4));
  ASSERT_TRUE(errors) << errors.error().message;
  for (const auto& error : *errors) EXPECT_GT(error.cosine, GetParam().least_cosine) << error.name;
  // The graph's own description weighs more than these few weights: count the constants.
  const auto constants = [](const std::vector<std::byte>& bytes) {
    double sum = 0;
    const auto object = *parseModel(bytes, "model");
    for (const auto& buffer : object->buffers) {
      sum += static_cast<double>(buffer->data.size());
    }
    return sum;
  };
  EXPECT_LT(constants(quantized->bytes), GetParam().most_bytes * constants(model));
  EXPECT_FALSE(quantized->tensors.empty());
}

INSTANTIATE_TEST_SUITE_P(Modes, EveryMode,
                         testing::Values(ModeCase{QuantizeMode::kInt8, 0.998, 0.4},
                                         ModeCase{QuantizeMode::kDynamic, 0.998, 0.4},
                                         ModeCase{QuantizeMode::kFloat16, 0.99999, 0.6},
                                         ModeCase{QuantizeMode::kWeights8, 0.999, 0.4}),
                         [](const auto& test) { return std::string(modeName(test.param.mode)); });

// Layers that int16 activations can have here.
std::vector<std::byte> plainNet() {
  GraphBuilder graph("plain", 5);
  auto x = graph.conv2d(graph.input("x", {8, 8, 4}), {.channels = 6});
  x = graph.depthwiseConv2d(x, {.multiplier = 1, .activation = Activation::kRelu});
  x = graph.add(x, graph.conv2d(x, {.channels = 6, .kernel = {1, 1}}));
  graph.output(graph.dense(graph.flatten(x), {.units = 5}), "y");
  return finished(graph);
}

TEST(Modes, WordsAreFinerThanBytes) {
  const auto model = plainNet();
  const auto set = randomSamples({256}, 40, 1), fresh = randomSamples({256}, 40, 2);
  QuantizeOptions options;
  options.mode = QuantizeMode::kInt16x8;
  const auto words = quantize(model, set, options);
  ASSERT_TRUE(words) << words.error().message;
  const auto bytes = quantize(model, set, {});
  ASSERT_TRUE(bytes) << bytes.error().message;
  EXPECT_GT((*compareOutputs(words->bytes, model, fresh))[0].snr_db,
            (*compareOutputs(bytes->bytes, model, fresh))[0].snr_db + 3);
  const auto object = *parseModel(words->bytes, "words");
  for (const auto& tensor : object->subgraphs[0]->tensors) {
    EXPECT_NE(tensor->type, tflite::TensorType::FLOAT32) << tensor->name;
    if (tensor->type == tflite::TensorType::INT16) {
      EXPECT_THAT(tensor->quantization->zero_point, ElementsAre(0));
    }
  }
}

TEST(Modes, StorageNeedsNoData) {
  for (const auto mode :
       {QuantizeMode::kDynamic, QuantizeMode::kFloat16, QuantizeMode::kWeights8}) {
    QuantizeOptions options;
    options.mode = mode;
    const auto quantized = quantize(everyLayer(21), {}, options);
    ASSERT_TRUE(quantized) << quantized.error().message;
    EXPECT_TRUE(quantized->errors.empty());
  }
}

std::vector<std::string> typesOf(const Quantized& quantized, const std::string& op) {
  std::vector<std::string> types;
  for (const auto& tensor : quantized.tensors) {
    if (tensor.op == op) types.push_back(tensor.type);
  }
  return types;
}

TEST(Exceptions, KeepOperatorsFloatOrInWords) {
  const auto model = plainNet();
  QuantizeOptions options;
  options.overrides = {{"", "CONV_2D", Precision::kInt16}, {"conv_1*", "", Precision::kFloat}};
  const auto quantized = quantize(model, randomSamples({256}, 20, 1), options);
  ASSERT_TRUE(quantized) << quantized.error().message;
  EXPECT_THAT(typesOf(*quantized, "CONV_2D"), ElementsAre("float32", "int16"));
  EXPECT_THAT(typesOf(*quantized, "DEPTHWISE_CONV_2D"), ElementsAre("int8"));
  EXPECT_THAT(quantized->kept_float, ElementsAre("operator 0 (CONV_2D)"));
  EXPECT_THAT(quantized->in_int16, ElementsAre("operator 2 (CONV_2D)"));
  EXPECT_GT(quantized->errors[0].cosine, 0.999);

  options.overrides = {{"nowhere", "", Precision::kFloat}};
  const auto refused = quantize(model, randomSamples({256}, 20, 1), options);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("'nowhere' fits no operator"));
}

TEST(Exceptions, TheMostSensitiveIsSpared) {
  const auto model = plainNet();
  QuantizeOptions options;
  const auto all = quantize(model, randomSamples({256}, 20, 1), options);
  options.sensitive = 2;
  options.sensitive_precision = Precision::kInt16;
  const auto spared = quantize(model, randomSamples({256}, 20, 1), options);
  ASSERT_TRUE(all && spared) << spared.error().message;
  EXPECT_EQ(spared->in_int16.size(), 2u);
  EXPECT_GT(spared->errors[0].snr_db, all->errors[0].snr_db);
}

TEST(Exceptions, FallbackOnlyWhenAskedFor) {
  GraphBuilder graph("odd", 5);
  graph.output(graph.softmax(graph.dense(graph.input("x", {8}), {.units = 4})), "y");
  const auto object = *parseModel(finished(graph), "model");
  auto& code = *object->operator_codes[1];
  ASSERT_EQ(code.builtin_code, tflite::BuiltinOperator::SOFTMAX);
  code.builtin_code = tflite::BuiltinOperator::SIN;
  code.deprecated_builtin_code = static_cast<std::int8_t>(tflite::BuiltinOperator::SIN);
  object->subgraphs[0]->operators[1]->builtin_options.Reset();
  const auto model = serialiseModel(*object);
  const auto set = randomSamples({8}, 20, 1);
  QuantizeOptions options;
  const auto refused = quantize(model, set, options);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("operator 1 (SIN) has no int8 form"));
  options.float_fallback = true;
  const auto kept = quantize(model, set, options);
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_THAT(kept->kept_float, ElementsAre("operator 1 (SIN)"));
  EXPECT_GT(kept->errors[0].cosine, 0.999);
}

TEST(Equalise, KeepsTheFunctionAndHelpsUnevenChannels) {
  GraphBuilder graph("uneven", 5);
  auto x = graph.depthwiseConv2d(graph.input("x", {8, 8, 4}),
                                 {.multiplier = 1, .activation = Activation::kRelu});
  graph.output(graph.conv2d(x, {.channels = 5, .kernel = {1, 1}}), "y");
  const auto object = *parseModel(finished(graph), "model");
  for (const auto& tensor : object->subgraphs[0]->tensors) {
    if (tensor->name.find("weights") == std::string::npos || tensor->shape[1] != 3) continue;
    auto values = constantValues<float>(*object, *tensor);
    for (std::size_t i = 0; i < values.size(); i += 4) values[i] *= 60;
    const auto* begin = reinterpret_cast<const std::uint8_t*>(values.data());
    object->buffers[tensor->buffer]->data.assign(begin, begin + values.size() * sizeof(float));
  }
  const auto uneven = serialiseModel(*object);
  EXPECT_EQ(equaliseLayers(*object), 1u);
  const auto even = serialiseModel(*object);
  const auto set = randomSamples({256}, 40, 1);
  EXPECT_GT((*compareOutputs(even, uneven, set))[0].snr_db, 100);

  QuantizeOptions options;
  options.equalise = Choice::kNo;
  const auto without = quantize(uneven, set, options);
  options.equalise = Choice::kYes;
  const auto with = quantize(uneven, set, options);
  ASSERT_TRUE(without && with);
  EXPECT_TRUE(with->equalised);
  EXPECT_FALSE(without->equalised);
}

TEST(RoundWeights, BringsTheOutputsNearer) {
  // Inputs that hang together: what one weight's rounding breaks, another can mend.
  GraphBuilder graph("dense", 5);
  graph.output(graph.dense(graph.input("x", {32}), {.units = 12}), "y");
  const auto model = finished(graph);
  Random random(4);
  CalibrationSet set(100);
  for (auto& sample : set) {
    std::vector<float> hidden(4);
    for (auto& value : hidden) value = static_cast<float>(random.uniform(-1, 1));
    auto& values = sample.emplace_back(32);
    for (std::size_t i = 0; i < 32; ++i) {
      values[i] = hidden[i % 4] * static_cast<float>(1 + i / 4) +
                  0.05f * static_cast<float>(random.uniform(-1, 1));
    }
  }
  QuantizeOptions options;
  options.mode = QuantizeMode::kInt16x8;  // so that the weights' rounding is what errs
  const auto nearest = quantize(model, set, options);
  options.round_weights = Choice::kYes;
  const auto rounded = quantize(model, set, options);
  ASSERT_TRUE(nearest && rounded);
  EXPECT_TRUE(rounded->weights_rounded);
  EXPECT_GT(rounded->errors[0].snr_db, nearest->errors[0].snr_db + 2);
}

TEST(RoundWeights, TheFactorIsOfTheInverse) {
  Moments moments(3);
  for (const auto& x : {std::vector<float>{1, 2, 0}, {0, 1, 3}, {2, 0, 1}}) moments.take(x);
  const auto u = inverseFactor(moments);
  ASSERT_EQ(u.size(), 9u);
  // M U^T U is the unit matrix.
  const double damping = 0.01 * (5 + 5 + 10) / 3.0;
  const double m[3][3] = {{5 + damping, 2, 2}, {2, 5 + damping, 3}, {2, 3, 10 + damping}};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 3; ++k) {
        for (std::size_t l = 0; l < 3; ++l) sum += m[i][k] * u[l * 3 + k] * u[l * 3 + j];
      }
      EXPECT_NEAR(sum, i == j ? 1 : 0, 1e-9);
    }
  }
}

TEST(Ranges, EveryRuleButMinMaxLeavesOutAnOutlier) {
  Random random(3);
  std::vector<float> values(200'000);
  for (auto& value : values) value = static_cast<float>(random.normal(0, 1));
  values[7] = 90;
  const auto statistics = statisticsOf(values);
  EXPECT_EQ(chooseRange({&statistics}, RangeRule::kMinMax).high, 90);
  for (const auto rule : {RangeRule::kPercentile, RangeRule::kMse, RangeRule::kEntropy}) {
    const auto range = chooseRange({&statistics}, rule);
    EXPECT_LT(range.high, 80) << rangeRuleName(rule);
    EXPECT_GT(range.high, 2) << rangeRuleName(rule);
    EXPECT_LT(range.low, -2) << rangeRuleName(rule);
  }
}

TEST(Half, RoundsToTheNearestAndBack) {
  for (const float exact : {0.0f, 1.0f, -2.5f, 65504.0f, 0x1p-24f, 0x1p-14f, 0x1.ff8p-15f}) {
    EXPECT_EQ(fromHalf(toHalf(exact)), exact);
  }
  EXPECT_EQ(toHalf(1.0f + 0x1p-11f), toHalf(1.0f));  // a tie, to even
  EXPECT_EQ(fromHalf(toHalf(1.0f + 0x1.8p-10f)), 1.0f + 0x1p-9f);
  EXPECT_EQ(fromHalf(toHalf(65519.0f)), 65504.0f);
  EXPECT_TRUE(std::isinf(fromHalf(toHalf(65520.0f))));
  EXPECT_TRUE(std::isnan(fromHalf(toHalf(std::nanf("")))));
  for (std::uint32_t half = 0; half < 0x7c00; ++half) {
    ASSERT_EQ(toHalf(fromHalf(static_cast<std::uint16_t>(half))), half);
  }
}

// Two signatures with one set of weights, each a subgraph of its own.
std::vector<std::byte> twoSignatures() {
  GraphBuilder graph("shared", 5);
  graph.output(graph.dense(graph.input("x", {8}), {.units = 4}), "y");
  const auto bytes = finished(graph);
  const auto model = *parseModel(bytes, "model");
  auto twin = *parseModel(bytes, "model");
  model->subgraphs.push_back(std::move(twin->subgraphs[0]));
  model->signature_defs.push_back(std::move(twin->signature_defs[0]));
  model->signature_defs[1]->signature_key = "second";
  model->signature_defs[1]->subgraph_index = 1;
  return serialiseModel(*model);
}

TEST(Signatures, AreAllQuantisedAndShareWeights) {
  const auto model = twoSignatures();
  CalibrationData data(randomSamples({8}, 20, 1));
  const auto refused = quantize(model, data, {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("no calibration data for signature 'second'"));
  data.signatures["second"] = randomSamples({8}, 20, 1);
  const auto quantized = quantize(model, data, {});
  ASSERT_TRUE(quantized) << quantized.error().message;
  const auto written = *parseModel(quantized->bytes, "int8");
  ASSERT_EQ(written->subgraphs.size(), 2u);
  std::vector<std::uint32_t> buffers;
  for (const auto& graph : written->subgraphs) {
    const auto& op = *graph->operators[0];
    EXPECT_EQ(graph->tensors[static_cast<std::size_t>(op.outputs[0])]->type,
              tflite::TensorType::INT8);
    buffers.push_back(graph->tensors[static_cast<std::size_t>(op.inputs[1])]->buffer);
  }
  EXPECT_EQ(buffers[0], buffers[1]);
  EXPECT_EQ(inputNames(*written).size(), 1u);
}

TEST(QuantizeRecipe, ReadsEveryKey) {
  const auto options = parseQuantizeRecipe(R"(
mode = "int16x8"
io = "float"
range = "entropy"
bias_correction = "no"
equalise = "yes"
round_weights = "try"
fallback = "float"
[sensitive]
count = 3
precision = "float"
[[operator]]
name = "conv_1*"
precision = "int8"
[[operator]]
op = "SOFTMAX"
)",
                                           "r.toml");
  ASSERT_TRUE(options) << options.error().message;
  EXPECT_EQ(options->mode, QuantizeMode::kInt16x8);
  EXPECT_TRUE(options->float_io);
  EXPECT_EQ(options->range, RangeRule::kEntropy);
  EXPECT_EQ(options->bias_correction, Choice::kNo);
  EXPECT_EQ(options->equalise, Choice::kYes);
  EXPECT_EQ(options->round_weights, Choice::kTry);
  EXPECT_TRUE(options->float_fallback);
  EXPECT_EQ(options->sensitive, 3u);
  EXPECT_EQ(options->sensitive_precision, Precision::kFloat);
  ASSERT_EQ(options->overrides.size(), 2u);
  EXPECT_EQ(options->overrides[0].name, "conv_1*");
  EXPECT_EQ(options->overrides[0].precision, Precision::kInt8);
  EXPECT_EQ(options->overrides[1].op, "SOFTMAX");
  EXPECT_EQ(options->overrides[1].precision, Precision::kFloat);
}

TEST(QuantizeRecipe, NamesWhatIsWrong) {
  const auto problem = [](const char* text) {
    const auto options = parseQuantizeRecipe(text, "r.toml");
    return options ? std::string() : options.error().message;
  };
  EXPECT_THAT(problem("mode = \"int7\""), HasSubstr("r.toml: mode must be int8"));
  EXPECT_THAT(problem("rnage = \"mse\""), HasSubstr("unknown key 'rnage'"));
  EXPECT_THAT(problem("mode = \n"), HasSubstr("r.toml: line 1"));
  EXPECT_THAT(problem("[[operator]]\nprecision = \"float\""), HasSubstr("operator 1"));
  EXPECT_THAT(problem("[[operator]]\nname = \"a\"\nprecision = \"int9\""),
              HasSubstr("must be \"float\", \"int8\" or \"int16\""));
  EXPECT_THAT(problem("[sensitive]\ncount = -1"), HasSubstr("count must be"));
  EXPECT_THAT(problem("equalise = true"), HasSubstr("equalise must be a text"));
}

}  // namespace
}  // namespace primer::toolkit
