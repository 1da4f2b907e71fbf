#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <map>
#include <set>

#include "graphs.h"
#include "primer/base/file_system.h"
#include "src/engine_runner.h"
#include "src/model_file.h"
#include "training/qat/integer_forward.h"
#include "training/qat/straight_through.h"

namespace primer::toolkit {
namespace {

using testing::HasSubstr;
using torch::Tensor;

constexpr std::int64_t kBatch = 5;

using test::LayerGraph;

std::vector<Tensor> batchOf(const LayerGraph& graph, const CalibrationSet& samples) {
  std::vector<Tensor> inputs;
  for (std::size_t k = 0; k < graph.shapes.size(); ++k) {
    auto shape = graph.shapes[k];
    shape.insert(shape.begin(), static_cast<std::int64_t>(samples.size()));
    auto input = at::empty(shape);
    auto* to = input.data_ptr<float>();
    for (const auto& sample : samples) to = std::copy(sample[k].begin(), sample[k].end(), to);
    inputs.push_back(input);
  }
  return inputs;
}

// By name of the tensor, of every sample in turn: what a file gives on the engine, in real numbers.
std::map<std::string, std::vector<float>> runFile(const std::vector<std::byte>& bytes,
                                                  const CalibrationSet& samples) {
  std::map<std::string, std::vector<float>> values;
  auto runner = EngineRunner::fromBytes(bytes, "written", true);
  if (!runner) throw std::runtime_error(runner.error().message);
  const auto keep = [&](const inference::TensorInfo& info, std::span<const std::byte> data) {
    const auto reals = dequantized(info, data);
    auto& all = values[std::string(info.name)];
    all.insert(all.end(), reals.begin(), reals.end());
  };
  for (const auto& sample : samples) {
    runner->session().reset();
    for (std::size_t k = 0; k < sample.size(); ++k) {
      runner->setInput(k, sample[k]);
      keep(runner->model().input(k), runner->session().inputBytes(k));
    }
    const auto ran = runner->session().run([&](const inference::OperatorEvent& event) {
      for (const auto& output : event.outputs) keep(output.info, output.bytes);
    });
    if (!ran) throw std::runtime_error(ran.error().message);
  }
  return values;
}

// Where PRIMER_QUANTISED names a folder: a file with raw inputs and what our engine makes of them,
// for bench/toolkit/check_litert.py.
void keepForOthers(const std::string& name, const std::vector<std::byte>& bytes,
                   const CalibrationSet& samples) {
  const char* folder = std::getenv("PRIMER_QUANTISED");
  if (folder == nullptr) return;
  std::vector<std::byte> inputs, outputs;
  auto runner = *EngineRunner::fromBytes(bytes, name);
  const auto append = [](std::vector<std::byte>& all, std::span<const std::byte> more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  for (const auto& sample : samples) {
    for (std::size_t k = 0; k < sample.size(); ++k) {
      runner.setInput(k, sample[k]);
      append(inputs, runner.session().inputBytes(k));
    }
    ASSERT_TRUE(runner.session().run());
    for (std::size_t k = 0; k < runner.model().outputCount(); ++k) {
      append(outputs, runner.session().outputBytes(k));
    }
  }
  for (const auto& [end, data] :
       {std::pair{".tflite", &bytes}, {".in", &inputs}, {".out", &outputs}}) {
    ASSERT_TRUE(realFileSystem().writeAtomically(
        std::filesystem::path(folder) / (name + ".qat" + end), *data, FileAccess::kAsUsual));
  }
}

// A few steps of something, so that weights and ranges move.
void trainSome(IntegerForward& integer, TorchGraph& graph, const LayerGraph& sized, int steps) {
  for (int step = 0; step < steps; ++step) {
    ASSERT_TRUE(integer.update(graph));
    const auto samples =
        test::randomSamples(sized.sizes(), kBatch, static_cast<std::uint64_t>(step));
    Tensor loss = at::zeros({});
    for (const auto& output : integer.forward(graph, batchOf(sized, samples))) {
      loss = loss + (output - 0.3).square().mean();
    }
    loss.backward();
    const at::NoGradGuard no_gradients;
    auto values = graph.parameters();
    auto gradients = graph.gradients();
    ASSERT_TRUE(gradients.isfinite().all().item<bool>());
    ASSERT_GT(gradients.abs().sum().item<float>(), 0);
    values.sub_(gradients, 0.05);
    gradients.zero_();
  }
  ASSERT_TRUE(integer.update(graph));
}

// After some training, the module's value of every tensor is what the written file gives.
void expectParity(const LayerGraph& sized, const QuantizeOptions& options = {}) {
  const auto calibration = test::randomSamples(sized.sizes(), 40, 77);
  auto integer = IntegerForward::make(sized.bytes, calibration, options);
  ASSERT_TRUE(integer) << integer.error().message;
  auto graph = integer->importGraph(false);
  ASSERT_TRUE(graph) << graph.error().message;
  const auto before = integer->file();
  trainSome(*integer, *graph, sized, 6);
  const auto after = integer->file();
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_NE(*before, *after);

  const auto samples = test::randomSamples(sized.sizes(), kBatch, 99);
  const auto on_engine = runFile(*after, samples);
  const auto model = *parseModel(sized.bytes, "float");
  const auto& main = *model->subgraphs[0];
  std::map<std::int32_t, int> seen;
  const at::NoGradGuard no_gradients;
  integer->forward(
      *graph, batchOf(sized, samples),
      [&](std::int32_t tensor, const Tensor& rounded, const Tensor& real) {
        ++seen[tensor];
        const auto& name = main.tensors[static_cast<std::size_t>(tensor)]->name;
        const auto expected = on_engine.find(name);
        ASSERT_NE(expected, on_engine.end()) << name;
        const auto flat = rounded.contiguous();
        ASSERT_EQ(static_cast<std::size_t>(flat.numel()), expected->second.size()) << name;
        // To the last bit.
        EXPECT_EQ(0, std::memcmp(flat.data_ptr<float>(), expected->second.data(),
                                 expected->second.size() * sizeof(float)))
            << name;
        // The layer that gradients go through computes what the engine computes, but for rounding
        // and what is cut off.
        const auto low = rounded.min().item<float>(), high = rounded.max().item<float>();
        const auto far = (real.clamp(low, high) - rounded).abs().max().item<float>();
        EXPECT_LE(far, 0.02 * (high - low) + 0.004) << name;
      });
  std::size_t outputs = main.inputs.size();
  for (const auto& op : main.operators) outputs += op->outputs.size();
  EXPECT_EQ(seen.size(), outputs);  // every layer boundary
  keepForOthers(sized.name, *after, samples);
}

LayerGraph everyLayer() { return {"every-layer", {{12, 10, 3}, {5}}, test::everyLayer(31)}; }

TEST(Qat, EveryLayerAgreesWithTheFileToTheLastBit) {
  for (const auto& graph : test::layerGraphs()) {
    SCOPED_TRACE(graph.name);
    expectParity(graph);
  }
}

TEST(Qat, LayersAgreeTogether) { expectParity(everyLayer()); }

TEST(Qat, WordsAgreeToo) {
  QuantizeOptions options;
  options.mode = QuantizeMode::kInt16x8;
  const std::set<std::string> in_words = {"conv2d", "depthwise2d", "conv1d", "depthwise1d",
                                          "residual"};
  for (const auto& graph : test::layerGraphs()) {
    if (in_words.count(graph.name) == 0) continue;
    SCOPED_TRACE(graph.name);
    expectParity(graph, options);
  }
}

TEST(Qat, MixedPrecisionsAgree) {
  QuantizeOptions options;
  options.overrides = {{"", "FULLY_CONNECTED", Precision::kFloat},
                       {"", "RESHAPE", Precision::kFloat},
                       {"conv_2", "", Precision::kInt16}};
  expectParity(everyLayer(), options);
}

TEST(Qat, FloatInputsAndOutputsChangeNothingInside) {
  QuantizeOptions options;
  options.float_io = true;
  const auto sized = everyLayer();
  const auto calibration = test::randomSamples(sized.sizes(), 40, 77);
  auto integer = IntegerForward::make(sized.bytes, calibration, options);
  ASSERT_TRUE(integer) << integer.error().message;
  auto graph = *integer->importGraph(false);
  trainSome(*integer, graph, sized, 2);
  const auto samples = test::randomSamples(sized.sizes(), kBatch, 99);
  const auto on_engine = runFile(*integer->file(), samples);
  const at::NoGradGuard no_gradients;
  const auto outputs = integer->forward(graph, batchOf(sized, samples));
  const auto chances = outputs[1].contiguous();
  const auto& expected = on_engine.at("softmax_1");
  ASSERT_EQ(static_cast<std::size_t>(chances.numel()), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(chances.data_ptr<float>()[i], expected[i]);
  }
}

TEST(Qat, AStaleFileIsFound) {
  const auto sized = everyLayer();
  auto integer = *IntegerForward::make(sized.bytes, test::randomSamples(sized.sizes(), 40, 77), {});
  auto graph = *integer.importGraph(false);
  const auto samples = test::randomSamples(sized.sizes(), kBatch, 99);
  ASSERT_TRUE(integer.update(graph));
  const auto old = runFile(*integer.file(), samples);
  trainSome(integer, graph, sized, 3);
  EXPECT_NE(old, runFile(*integer.file(), samples));
}

TEST(Qat, ReplicasGiveTheSameAndGradientsOfTheirOwn) {
  const auto sized = everyLayer();
  auto integer = *IntegerForward::make(sized.bytes, test::randomSamples(sized.sizes(), 40, 77), {});
  auto graph = *integer.importGraph(true);
  auto replica = graph.replica();
  ASSERT_TRUE(integer.update(graph));
  const auto inputs = batchOf(sized, test::randomSamples(sized.sizes(), kBatch, 3));
  const auto own = integer.forward(graph, inputs);
  const auto other = integer.forward(replica, inputs);
  for (std::size_t k = 0; k < own.size(); ++k) EXPECT_TRUE(own[k].equal(other[k]));
  other[0].sum().backward();
  EXPECT_EQ(graph.gradients().abs().sum().item<float>(), 0);
  EXPECT_GT(replica.gradients().abs().sum().item<float>(), 0);
}

TEST(StraightThrough, MovesTheEndsThatCutValuesOff) {
  const auto real = at::tensor({-3.0f, -0.9f, 0.3f, 1.7f, 5.0f}).requires_grad_();
  const auto rounded = at::tensor({-1.0f, -1.0f, 0.5f, 1.5f, 2.0f});
  const auto numbers = at::zeros({4}).requires_grad_();
  const auto dy = at::tensor({1.0f, 2.0f, 3.0f, 4.0f, 5.0f});
  const auto y = straightThrough(real, rounded, {-1, 2}, numbers.view({2, 2}).unbind()[1]);
  EXPECT_TRUE(y.equal(rounded));
  (y * dy).sum().backward();
  EXPECT_TRUE(real.grad().equal(at::tensor({0.0f, 2.0f, 3.0f, 4.0f, 0.0f})));
  // Inside, what rounding added goes to both ends: it grows with the width of a level.
  const float stretch = (2 * -0.1f + 3 * 0.2f + 4 * -0.2f) / 3;
  EXPECT_NEAR(numbers.grad()[2].item<float>(), -1 * (1 - stretch), 1e-5);
  EXPECT_NEAR(numbers.grad()[3].item<float>(), 2 * (5 + stretch), 1e-5);
  EXPECT_EQ(numbers.grad()[0].item<float>(), 0);
}

TEST(Qat, SaysWhatCannotBeTrainedBeforeTraining) {
  const auto sized = everyLayer();
  const auto calibration = test::randomSamples(sized.sizes(), 10, 77);
  const auto messageOf = [&](const std::vector<std::byte>& bytes, const CalibrationSet& set,
                             const QuantizeOptions& options = {}) {
    const auto made = IntegerForward::make(bytes, set, options);
    return made ? std::string() : made.error().message;
  };
  const auto quantised = quantize(sized.bytes, calibration, {});
  ASSERT_TRUE(quantised) << quantised.error().message;
  EXPECT_THAT(messageOf(quantised->bytes, calibration), HasSubstr("quantised already"));
  EXPECT_THAT(messageOf(sized.bytes, {}), HasSubstr("sample"));
  QuantizeOptions floats;
  floats.mode = QuantizeMode::kFloat16;
  EXPECT_THAT(messageOf(sized.bytes, calibration, floats), HasSubstr("float16"));

  auto svdf = *parseModel(sized.bytes, "float");
  for (const auto& code : svdf->operator_codes) {
    if (code->builtin_code != tflite::BuiltinOperator::CONCATENATION) continue;
    code->builtin_code = tflite::BuiltinOperator::SVDF;
    code->deprecated_builtin_code = 27;
  }
  EXPECT_THAT(messageOf(serialiseModel(*svdf), calibration), HasSubstr("(SVDF) cannot be trained"));

  auto model = *parseModel(sized.bytes, "float");
  for (const auto& tensor : model->subgraphs[0]->tensors) {
    if (tensor->name != "conv_2/weights") continue;
    const float nan = std::numeric_limits<float>::quiet_NaN();
    std::memcpy(model->buffers[tensor->buffer]->data.data() + 8, &nan, sizeof(nan));
  }
  EXPECT_THAT(messageOf(serialiseModel(*model), calibration),
              HasSubstr("'conv_2/weights' holds a weight that is not a number"));
}

}  // namespace
}  // namespace primer::toolkit
