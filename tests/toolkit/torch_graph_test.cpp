#include "training/torch_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "graphs.h"
#include "src/engine_runner.h"
#include "training/fused_norm.h"

namespace primer::toolkit {
namespace {

using testing::HasSubstr;
using torch::Tensor;

constexpr std::int64_t kBatch = 6;

using test::LayerGraph;

LayerGraph everyLayer() { return {"every-layer", {{12, 10, 3}, {5}}, test::everyLayer(31)}; }

std::vector<LayerGraph> allGraphs() {
  auto graphs = test::layerGraphs();
  graphs.push_back(everyLayer());
  return graphs;
}

// The samples as a batch for libtorch.
std::vector<Tensor> batchOf(const LayerGraph& graph, const CalibrationSet& samples) {
  std::vector<Tensor> inputs;
  for (std::size_t k = 0; k < graph.shapes.size(); ++k) {
    auto shape = graph.shapes[k];
    shape.insert(shape.begin(), static_cast<std::int64_t>(samples.size()));
    auto input = torch::empty(shape);
    auto* to = input.data_ptr<float>();
    for (const auto& sample : samples) to = std::copy(sample[k].begin(), sample[k].end(), to);
    inputs.push_back(input);
  }
  return inputs;
}

// Largest difference between libtorch's outputs and the engine's.
double differenceFromEngine(const std::vector<std::byte>& bytes, const CalibrationSet& samples,
                            const std::vector<Tensor>& outputs) {
  auto runner = EngineRunner::fromBytes(bytes, "written");
  if (!runner) throw std::runtime_error(runner.error().message);
  double most = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    runner->session().reset();
    for (std::size_t k = 0; k < samples[i].size(); ++k) runner->setInput(k, samples[i][k]);
    EXPECT_TRUE(runner->session().run());
    for (std::size_t k = 0; k < outputs.size(); ++k) {
      const auto values = runner->output(k);
      const auto row = outputs[k][static_cast<std::int64_t>(i)].contiguous();
      EXPECT_EQ(row.numel(), static_cast<std::int64_t>(values.size()));
      for (std::size_t j = 0; j < values.size(); ++j) {
        most = std::max(most, std::abs(static_cast<double>(values[j]) - row.data_ptr<float>()[j]));
      }
    }
  }
  return most;
}

TEST(TorchGraph, ImportMeansTheSameAsTheFile) {
  const torch::NoGradGuard no_gradients;
  for (const auto& layers : allGraphs()) {
    SCOPED_TRACE(layers.name);
    const auto samples = test::randomSamples(layers.sizes(), kBatch, 7);
    for (const bool norm : {false, true}) {
      const auto model = *parseModel(layers.bytes, layers.name);
      auto graph = TorchGraph::import(*model, {norm, false});
      ASSERT_TRUE(graph) << graph.error().message;
      const auto outputs = graph->forward(batchOf(layers, samples), false);
      EXPECT_LT(differenceFromEngine(layers.bytes, samples, outputs), 1e-4);
    }
  }
}

TEST(TorchGraph, WhatIsWrittenBackGivesTheTrainedOutputs) {
  for (const auto& layers : allGraphs()) {
    SCOPED_TRACE(layers.name);
    const auto model = *parseModel(layers.bytes, layers.name);
    auto graph = TorchGraph::import(*model, {true, false});
    ASSERT_TRUE(graph) << graph.error().message;
    const auto first = graph->parameters().clone();
    // A few steps of something, so that weights, norms and running statistics all move.
    for (std::uint64_t step = 0; step < 20; ++step) {
      const auto inputs = batchOf(layers, test::randomSamples(layers.sizes(), kBatch, step));
      auto loss = torch::zeros({});
      for (const auto& output : graph->forward(inputs, true)) {
        loss = loss + (output - 0.3).square().mean();
      }
      loss.backward();
      const torch::NoGradGuard no_gradients;
      auto values = graph->parameters();
      auto gradients = graph->gradients();
      values.sub_(gradients, 0.02);
      gradients.zero_();
    }
    const torch::NoGradGuard no_gradients;
    // Every weight was reached (biases of units that a ReLU holds at zero may not be).
    const auto moved = graph->parameters().ne(first).to(torch::kFloat32).mean().item<double>();
    EXPECT_GT(moved, 0.7);
    graph->writeBack(*model);
    const auto bytes = serialiseModel(*model);
    EXPECT_NE(bytes, layers.bytes);
    const auto samples = test::randomSamples(layers.sizes(), kBatch, 99);
    const auto outputs = graph->forward(batchOf(layers, samples), false);
    EXPECT_LT(differenceFromEngine(bytes, samples, outputs), 1e-4);
    EXPECT_EQ(model->subgraphs[0]->operators.size(),
              parseModel(layers.bytes, "")->get()->subgraphs[0]->operators.size());
  }
}

TEST(TorchGraph, ReplicasShareParametersOnly) {
  const auto model = *parseModel(test::everyLayer(31), "every-layer");
  auto graph = *TorchGraph::import(*model, {true, true});
  auto replica = graph.replica();
  const auto inputs =
      batchOf(everyLayer(), test::randomSamples(test::kEveryLayerInputs, kBatch, 1));
  replica.forward(inputs, true)[0].sum().backward();
  EXPECT_EQ(graph.gradients().abs().sum().item<float>(), 0);
  EXPECT_GT(replica.gradients().abs().sum().item<float>(), 0);
  EXPECT_FALSE(graph.statistics().equal(replica.statistics()));
  const torch::NoGradGuard no_gradients;
  auto values = graph.parameters();
  values.mul_(0.5);
  EXPECT_TRUE(replica.parameters().equal(graph.parameters()));
  auto other = replica.statistics();
  other.copy_(graph.statistics());
  EXPECT_TRUE(graph.forward(inputs, false)[0].equal(replica.forward(inputs, false)[0]));
}

TEST(TorchGraph, NamesAnOperatorThatCannotBeTrained) {
  const auto model = *parseModel(test::everyLayer(31), "every-layer");
  for (auto& code : model->operator_codes) {
    if (code->builtin_code == tflite::BuiltinOperator::CONCATENATION) {
      code->builtin_code = tflite::BuiltinOperator::SVDF;
      code->deprecated_builtin_code = 27;
    }
  }
  const auto graph = TorchGraph::import(*model, {});
  ASSERT_FALSE(graph);
  EXPECT_EQ(graph.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(graph.error().message, HasSubstr("SVDF) cannot be trained"));
}

TEST(FusedNorm, IsBatchNormAndActivation) {
  torch::manual_seed(3);
  using Activation = tflite::ActivationFunctionType;
  for (const auto activation : {Activation::NONE, Activation::RELU, Activation::RELU6}) {
    const auto data = torch::randn({5, 4, 3, 7}) * 4 + 1;
    const auto direction = torch::randn({5, 4, 3, 7});
    Tensor results[2][3];
    Tensor kept[2][2];
    for (int own = 0; own < 2; ++own) {
      const auto x = data.clone().requires_grad_();
      const auto scale = torch::linspace(0.5, 3, 7).requires_grad_();
      const auto shift = torch::linspace(-1, 2, 7).requires_grad_();
      kept[own][0] = torch::full({7}, 0.3f);
      kept[own][1] = torch::full({7}, 2.0f);
      Tensor y;
      if (own == 1) {
        y = fusedNorm(x, scale, shift, kept[own][0], kept[own][1], 1e-3, activation);
      } else {
        y = at::batch_norm(x.permute({0, 3, 1, 2}).contiguous(), scale, shift, kept[own][0],
                           kept[own][1], true, 0.1, 1e-3, false)
                .permute({0, 2, 3, 1});
        if (activation == Activation::RELU) y = at::relu(y);
        if (activation == Activation::RELU6) y = at::clamp(y, 0, 6);
      }
      (y * direction).sum().backward();
      results[own][0] = x.grad();
      results[own][1] = scale.grad();
      results[own][2] = shift.grad();
      if (own == 1) {
        EXPECT_TRUE(at::allclose(kept[0][0], kept[1][0], 1e-4, 1e-5));
        EXPECT_TRUE(at::allclose(kept[0][1], kept[1][1], 1e-4, 1e-5));
      }
    }
    for (int i = 0; i < 3; ++i) {
      EXPECT_TRUE(at::allclose(results[0][i], results[1][i], 1e-3, 1e-4)) << i;
    }
  }
}

}  // namespace
}  // namespace primer::toolkit
