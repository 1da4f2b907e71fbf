#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "graphs.h"
#include "primer/toolkit/quantize.h"
#include "src/model_file.h"

namespace primer::toolkit {
namespace {

using test::everyLayer;
using test::finished;
using test::randomSamples;
using testing::HasSubstr;

// A graph over one 8x8x4 picture.
std::vector<std::byte> graphOf(const std::function<Node(GraphBuilder&, Node)>& layers) {
  GraphBuilder graph("one", 11);
  graph.output(layers(graph, graph.input("x", {8, 8, 4})), "y");
  return finished(graph);
}

struct OneLayer {
  std::string name;
  std::function<Node(GraphBuilder&, Node)> layers;
  double least_cosine;
};

class QuantizerLayers : public testing::TestWithParam<OneLayer> {};

TEST_P(QuantizerLayers, StayNearTheFloatModel) {
  const auto model = graphOf(GetParam().layers);
  const auto calibration = randomSamples({8 * 8 * 4}, 64, 1);
  const auto fresh = randomSamples({8 * 8 * 4}, 64, 2);
  for (const bool float_io : {false, true}) {
    QuantizeOptions options;
    options.float_io = float_io;
    const auto quantized = quantize(model, calibration, options);
    ASSERT_TRUE(quantized) << quantized.error().message;
    const auto errors = compareOutputs(quantized->bytes, model, fresh);
    ASSERT_TRUE(errors) << errors.error().message;
    EXPECT_GT((*errors)[0].cosine, GetParam().least_cosine) << (*errors)[0].snr_db << " dB";
    const auto object = *parseModel(quantized->bytes, "int8");
    const auto& graph = *object->subgraphs[0];
    const auto type = graph.tensors[static_cast<std::size_t>(graph.inputs[0])]->type;
    EXPECT_EQ(type, float_io ? tflite::TensorType::FLOAT32 : tflite::TensorType::INT8);
  }
}

const OneLayer kLayers[] = {
    {"conv",
     [](GraphBuilder& g, Node x) {
       return g.conv2d(x, {.channels = 6, .activation = Activation::kRelu});
     },
     0.9995},
    {"conv_strided",
     [](GraphBuilder& g, Node x) {
       return g.conv2d(x, {.channels = 6, .kernel = {1, 5}, .stride = {1, 2}});
     },
     0.9995},
    {"depthwise", [](GraphBuilder& g, Node x) { return g.depthwiseConv2d(x, {.multiplier = 2}); },
     0.9995},
    {"dense",
     [](GraphBuilder& g, Node x) {
       return g.dense(g.flatten(x), {.units = 9, .activation = Activation::kRelu6});
     },
     0.9995},
    {"max_pool", [](GraphBuilder& g, Node x) { return g.maxPool(x, {}); }, 0.9998},
    {"average_pool",
     [](GraphBuilder& g, Node x) { return g.averagePool(x, {.padding = Padding::kSame}); }, 0.9995},
    {"mean", [](GraphBuilder& g, Node x) { return g.mean(x); }, 0.998},
    {"add", [](GraphBuilder& g, Node x) { return g.add(x, g.conv2d(x, {.channels = 4})); }, 0.9995},
    {"pad",
     [](GraphBuilder& g, Node x) {
       return g.pad(x, {1, 2, 0, 3});
     },
     0.9999},
    {"relu", [](GraphBuilder& g, Node x) { return g.relu(g.conv2d(x, {.channels = 5})); }, 0.9995},
    {"relu6", [](GraphBuilder& g, Node x) { return g.relu6(g.conv2d(x, {.channels = 5})); },
     0.9995},
    {"softmax",
     [](GraphBuilder& g, Node x) { return g.softmax(g.dense(g.flatten(x), {.units = 5})); }, 0.998},
    {"logistic", [](GraphBuilder& g, Node x) { return g.logistic(x); }, 0.9998},
    {"concat",
     [](GraphBuilder& g, Node x) {
       return g.concat({g.maxPool(x, {}), g.averagePool(x, {})});
     },
     0.999},
    {"concat_of_soft_max",
     [](GraphBuilder& g, Node x) {
       const auto flat = g.dense(g.flatten(x), {.units = 5});
       return g.concat({flat, g.softmax(flat)});
     },
     0.999},
};

INSTANTIATE_TEST_SUITE_P(All, QuantizerLayers, testing::ValuesIn(kLayers),
                         [](const auto& test) { return test.param.name; });

TEST(Quantizer, WholeGraphStaysNear) {
  const auto model = everyLayer(21);
  const auto quantized = quantize(model, randomSamples(test::kEveryLayerInputs, 100, 3), {});
  ASSERT_TRUE(quantized) << quantized.error().message;
  const auto errors =
      compareOutputs(quantized->bytes, model, randomSamples(test::kEveryLayerInputs, 100, 4));
  ASSERT_TRUE(errors) << errors.error().message;
  ASSERT_EQ(errors->size(), 3u);
  EXPECT_EQ((*errors)[0].name, "scores");
  for (const auto& error : *errors) EXPECT_GT(error.cosine, 0.998) << error.name;
}

TEST(Quantizer, KeepsTheRulesOfTheFormat) {
  const auto quantized =
      quantize(everyLayer(21), randomSamples(test::kEveryLayerInputs, 50, 3), {});
  ASSERT_TRUE(quantized) << quantized.error().message;
  const auto model = *parseModel(quantized->bytes, "int8");
  const auto& graph = *model->subgraphs[0];
  const auto tensor = [&](std::int32_t index) -> const tflite::TensorT& {
    return *graph.tensors[static_cast<std::size_t>(index)];
  };
  int same = 0, weighted = 0, fixed = 0;
  for (const auto& op : graph.operators) {
    const auto code = operatorCode(*model, *op);
    const auto& out = *tensor(op->outputs[0]).quantization;
    switch (code) {
      case tflite::BuiltinOperator::MAX_POOL_2D:
      case tflite::BuiltinOperator::AVERAGE_POOL_2D:
      case tflite::BuiltinOperator::RESHAPE:
      case tflite::BuiltinOperator::PAD:
        EXPECT_EQ(tensor(op->inputs[0]).quantization->scale, out.scale);
        EXPECT_EQ(tensor(op->inputs[0]).quantization->zero_point, out.zero_point);
        ++same;
        break;
      case tflite::BuiltinOperator::CONCATENATION:
        for (const auto input : op->inputs) {
          EXPECT_EQ(tensor(input).quantization->scale, out.scale);
          EXPECT_EQ(tensor(input).quantization->zero_point, out.zero_point);
        }
        ++same;
        break;
      case tflite::BuiltinOperator::SOFTMAX:
      case tflite::BuiltinOperator::LOGISTIC:
        EXPECT_EQ(out.scale, std::vector<float>{1.0f / 256});
        EXPECT_EQ(out.zero_point, std::vector<std::int64_t>{-128});
        ++fixed;
        break;
      case tflite::BuiltinOperator::CONV_2D:
      case tflite::BuiltinOperator::DEPTHWISE_CONV_2D:
      case tflite::BuiltinOperator::FULLY_CONNECTED: {
        const auto& weights = tensor(op->inputs[1]);
        const auto& bias = tensor(op->inputs[2]);
        const auto dimension = static_cast<std::size_t>(weights.quantization->quantized_dimension);
        EXPECT_EQ(dimension, code == tflite::BuiltinOperator::DEPTHWISE_CONV_2D ? 3u : 0u);
        ASSERT_EQ(weights.quantization->scale.size(),
                  static_cast<std::size_t>(weights.shape[dimension]));
        EXPECT_EQ(bias.type, tflite::TensorType::INT32);
        for (std::size_t c = 0; c < bias.quantization->scale.size(); ++c) {
          EXPECT_FLOAT_EQ(
              bias.quantization->scale[c],
              tensor(op->inputs[0]).quantization->scale[0] * weights.quantization->scale[c]);
        }
        for (const auto value : constantValues<std::int8_t>(*model, weights))
          EXPECT_GE(value, -127);
        ++weighted;
        break;
      }
      default:
        break;
    }
  }
  EXPECT_EQ(same, 6);
  EXPECT_EQ(fixed, 2);
  EXPECT_EQ(weighted, 7);
  for (const auto& one : graph.tensors) EXPECT_NE(one->type, tflite::TensorType::FLOAT32);
}

TEST(Quantizer, SignatureAndNamesStay) {
  const auto samples = randomSamples(test::kEveryLayerInputs, 20, 3);
  for (const bool float_io : {false, true}) {
    QuantizeOptions options;
    options.float_io = float_io;
    const auto quantized = quantize(everyLayer(2), samples, options);
    ASSERT_TRUE(quantized) << quantized.error().message;
    const auto model = *parseModel(quantized->bytes, "int8");
    EXPECT_THAT(inputNames(*model), testing::ElementsAre("image", "numbers"));
    EXPECT_THAT(outputNames(*model), testing::ElementsAre("scores", "chances", "flags"));
  }
}

// Changes one float constant of a graph.
std::vector<std::byte> withConstant(const std::vector<std::byte>& bytes, const std::string& name,
                                    const std::function<void(std::vector<float>&)>& change) {
  const auto model = *parseModel(bytes, "model");
  for (const auto& tensor : model->subgraphs[0]->tensors) {
    if (tensor->name != name) continue;
    auto values = constantValues<float>(*model, *tensor);
    change(values);
    const auto raw = std::as_bytes(std::span(values));
    const auto* begin = reinterpret_cast<const std::uint8_t*>(raw.data());
    model->buffers[tensor->buffer]->data.assign(begin, begin + raw.size());
  }
  return serialiseModel(*model);
}

TEST(Quantizer, ADeadChannelKeepsItsBias) {
  auto model = graphOf([](GraphBuilder& g, Node x) { return g.conv2d(x, {.channels = 2}); });
  model = withConstant(model, "conv_1/weights",
                       [](auto& values) { std::fill_n(values.begin(), values.size() / 2, 0.0f); });
  model = withConstant(model, "conv_1/bias", [](auto& values) { values[0] = 3.0f; });
  const auto samples = randomSamples({8 * 8 * 4}, 32, 1);
  const auto quantized = quantize(model, samples, {});
  ASSERT_TRUE(quantized) << quantized.error().message;
  EXPECT_GT(quantized->errors[0].cosine, 0.9995);
  EXPECT_LT(quantized->errors[0].max_abs, 0.1);
}

TEST(Quantizer, OutliersAreClippedWhereThatPays) {
  const auto model = graphOf([](GraphBuilder& g, Node x) { return g.maxPool(x, {}); });
  auto samples = randomSamples({8 * 8 * 4}, 200, 1);
  samples[0][0][5] = 300;  // one value in fifty thousand
  QuantizeOptions options;
  options.range = RangeRule::kMinMax;
  const auto wide = quantize(model, samples, options);
  options.range = RangeRule::kPercentile;
  const auto narrow = quantize(model, samples, options);
  ASSERT_TRUE(wide && narrow);
  const auto fresh = randomSamples({8 * 8 * 4}, 50, 9);
  const auto wide_errors = *compareOutputs(wide->bytes, model, fresh);
  const auto narrow_errors = *compareOutputs(narrow->bytes, model, fresh);
  EXPECT_GT(narrow_errors[0].snr_db, wide_errors[0].snr_db + 20);
}

std::string errorOf(const std::vector<std::byte>& model, const CalibrationSet& samples) {
  const auto quantized = quantize(model, samples, {});
  return quantized ? "" : quantized.error().message;
}

TEST(Quantizer, RefusesInOneLine) {
  const auto model = graphOf([](GraphBuilder& g, Node x) { return g.conv2d(x, {.channels = 2}); });
  const auto samples = randomSamples({8 * 8 * 4}, 8, 1);
  const auto quantized = quantize(model, samples, {});
  ASSERT_TRUE(quantized) << quantized.error().message;
  EXPECT_THAT(errorOf(quantized->bytes, samples), HasSubstr("quantised already"));

  EXPECT_THAT(errorOf(model, {samples[0]}), HasSubstr("at least two samples"));
  EXPECT_THAT(errorOf(model, {{std::vector<float>(256)}, {std::vector<float>(256)}}),
              HasSubstr("every calibration input is zero"));
  EXPECT_THAT(errorOf(model, randomSamples({255}, 8, 1)), HasSubstr("another size"));
  EXPECT_THAT(errorOf(model, randomSamples({256, 1}, 8, 1)), HasSubstr("has 2 inputs"));
  auto broken = samples;
  broken[3][0][7] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(errorOf(model, broken), HasSubstr("sample 3 holds something that is not a number"));
  const auto poisoned = withConstant(model, "conv_1/weights", [](auto& values) {
    values[2] = std::numeric_limits<float>::infinity();
  });
  EXPECT_THAT(errorOf(poisoned, samples), HasSubstr("not a number"));

  const auto object = *parseModel(model, "model");
  object->operator_codes[0]->builtin_code = tflite::BuiltinOperator::SVDF;
  object->operator_codes[0]->deprecated_builtin_code = 27;
  EXPECT_THAT(errorOf(serialiseModel(*object), samples),
              HasSubstr("operator 0 (SVDF) has no int8 form"));
}

}  // namespace
}  // namespace primer::toolkit
