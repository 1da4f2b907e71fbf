#include "primer/toolkit/graph_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "graphs.h"
#include "primer/inference/session.h"
#include "primer/toolkit/metadata.h"

namespace primer::toolkit {
namespace {

using test::everyLayer;
using test::finished;
using testing::ElementsAre;
using testing::HasSubstr;

inference::Session sessionOf(const std::vector<std::byte>& bytes) {
  auto model = inference::Model::fromBytes(bytes, "built");
  if (!model) throw std::runtime_error(model.error().message);
  auto session = inference::Session::create(*model);
  if (!session) throw std::runtime_error(session.error().message);
  return std::move(*session);
}

std::vector<float> run(const std::vector<std::byte>& bytes,
                       const std::vector<std::vector<float>>& inputs, std::size_t output = 0) {
  auto session = sessionOf(bytes);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    std::copy(inputs[i].begin(), inputs[i].end(), session.input<float>(i).begin());
  }
  session.run();
  const auto values = session.output<float>(output);
  return {values.begin(), values.end()};
}

TEST(GraphBuilder, EveryLayerRunsOnTheEngine) {
  auto session = sessionOf(everyLayer(1));
  EXPECT_EQ(session.model().inputCount(), 2u);
  ASSERT_EQ(session.model().outputCount(), 3u);
  const auto samples = test::randomSamples(test::kEveryLayerInputs, 1, 5);
  for (std::size_t i = 0; i < 2; ++i) {
    std::copy(samples[0][i].begin(), samples[0][i].end(), session.input<float>(i).begin());
  }
  session.run();
  const auto chances = session.output<float>(1);
  ASSERT_EQ(chances.size(), 4u);
  EXPECT_NEAR(chances[0] + chances[1] + chances[2] + chances[3], 1, 1e-5);
  for (const float flag : session.output<float>(2)) {
    EXPECT_GE(flag, 0.5f);  // the logistic of a ReLU
    EXPECT_LE(flag, 1.0f);
  }
}

TEST(GraphBuilder, SameCallsGiveTheSameBytes) {
  EXPECT_EQ(everyLayer(3), everyLayer(3));
  EXPECT_NE(everyLayer(3), everyLayer(4));
}

TEST(GraphBuilder, LayersDoWhatTheirNamesSay) {
  GraphBuilder graph("plain", 1);
  const auto x = graph.input("x", {2, 2, 1});
  const auto y = graph.input("y", {2, 2, 1});
  const auto sum = graph.add(x, y, Activation::kRelu);
  const auto wide = graph.pad(sum, {0, 1, 1, 0});
  graph.output(wide, "wide");
  graph.output(graph.maxPool(wide, {.kernel = {3, 3}, .stride = {1, 1}}), "most");
  graph.output(graph.concat({x, y}), "both");
  graph.output(graph.mean(x), "mean");
  graph.output(graph.averagePool(x, {.stride = {1, 1}, .padding = Padding::kSame}), "average");
  const auto bytes = finished(graph);
  const std::vector<std::vector<float>> inputs = {{1, 2, 3, -9}, {10, 20, 30, 4}};
  EXPECT_THAT(run(bytes, inputs, 0), ElementsAre(0, 11, 22, 0, 33, 0, 0, 0, 0));
  EXPECT_THAT(run(bytes, inputs, 1), ElementsAre(33));
  EXPECT_THAT(run(bytes, inputs, 2), ElementsAre(1, 10, 2, 20, 3, 30, -9, 4));
  EXPECT_THAT(run(bytes, inputs, 3), ElementsAre(-0.75f));
  // Only what lies in the picture counts at its edge.
  EXPECT_THAT(run(bytes, inputs, 4), ElementsAre(-0.75f, -3.5f, -3, -9));
}

TEST(GraphBuilder, EachLayerRunsOnTheEngineAndInIntegers) {
  for (const auto& layers : test::layerGraphs()) {
    SCOPED_TRACE(layers.name);
    const auto samples = test::randomSamples(layers.sizes(), 40, 3);
    const auto quantised = quantize(layers.bytes, samples, {});
    ASSERT_TRUE(quantised) << quantised.error().message;
    EXPECT_TRUE(quantised->kept_float.empty());
    for (const auto& error : quantised->errors) EXPECT_GT(error.cosine, 0.99) << error.name;
  }
}

TEST(GraphBuilder, CausalMeansThatNothingHangsOnLaterSteps) {
  GraphBuilder graph("causal", 3);
  auto x = graph.input("x", {1, 12, 2});
  x = graph.conv1d(x, {.channels = 4, .dilation = 2, .padding = Padding::kCausal});
  x = graph.depthwiseConv1d(x, {.kernel = 4, .padding = Padding::kCausal});
  EXPECT_THAT(graph.shape(x), ElementsAre(1, 12, 4));
  graph.output(x, "y");
  const auto bytes = finished(graph);
  auto input = test::randomSamples({24}, 1, 8)[0][0];
  const auto before = run(bytes, {input});
  input[2 * 7] += 1;  // step 7
  const auto after = run(bytes, {input});
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (i / 4 < 7) {
      EXPECT_EQ(before[i], after[i]) << i;
    }
  }
  EXPECT_NE(before[4 * 7], after[4 * 7]);
}

TEST(GraphBuilder, AGruInPiecesIsTheWhole) {
  const auto whole = [] {
    GraphBuilder graph("gru", 6);
    const auto x = graph.gru(graph.input("x", {1, 6, 3}), {.units = 4});
    graph.output(x.sequence, "sequence");
    graph.output(x.last, "last");
    return finished(graph);
  }();
  const auto piece = [] {
    GraphBuilder graph("gru", 6);
    const auto in = graph.input("x", {1, 2, 3});
    const auto x = graph.gru(in, {.units = 4}, graph.input("state", {4}));
    graph.output(x.sequence, "sequence");
    graph.output(x.last, "last");
    return finished(graph);
  }();
  const auto input = test::randomSamples({18}, 1, 8)[0][0];
  const auto expected = run(whole, {input});
  std::vector<float> state(4, 0.0f), got;
  for (std::ptrdiff_t at = 0; at < 18; at += 6) {
    const std::vector<float> steps(input.begin() + at, input.begin() + at + 6);
    const auto sequence = run(piece, {steps, state}, 0);
    got.insert(got.end(), sequence.begin(), sequence.end());
    state = run(piece, {steps, state}, 1);
  }
  EXPECT_THAT(got, testing::Pointwise(testing::FloatNear(1e-5f), expected));
  EXPECT_THAT(state, testing::Pointwise(testing::FloatNear(1e-5f), run(whole, {input}, 1)));
}

TEST(GraphBuilder, StreamedStatesHaveOneScaleInIntegers) {
  GraphBuilder graph("gru", 6);
  const auto in = graph.input("x", {1, 2, 3});
  graph.output(graph.gru(in, {.units = 4}, graph.input("state", {4})).last, "last");
  const auto quantised = quantize(finished(graph), test::randomSamples({6, 4}, 30, 2), {});
  ASSERT_TRUE(quantised) << quantised.error().message;
  const auto session = sessionOf(quantised->bytes);
  const auto from = session.model().output(0).quantization,
             to = session.model().input(1).quantization;
  EXPECT_EQ(from.scale(), to.scale());
  EXPECT_EQ(from.zeroPoint(), to.zeroPoint());
}

TEST(GraphBuilder, AnLstmGoesOnUntilItIsReset) {
  GraphBuilder graph("lstm", 6);
  graph.output(graph.lstm(graph.input("x", {1, 3, 2}), {.units = 4}).last, "last");
  const auto float_bytes = finished(graph);
  const auto quantised = quantize(float_bytes, test::randomSamples({6}, 30, 2), {});
  ASSERT_TRUE(quantised) << quantised.error().message;
  for (const auto& bytes : {float_bytes, quantised->bytes}) {
    auto session = sessionOf(bytes);
    const auto input = test::randomSamples({6}, 1, 8)[0][0];
    const auto next = [&] {
      EXPECT_TRUE(session.setReals(0, input));
      EXPECT_TRUE(session.run());
      std::vector<float> values(4);
      EXPECT_TRUE(session.reals(0, values));
      return values;
    };
    const auto first = next();
    EXPECT_NE(next(), first);
    session.reset();
    EXPECT_EQ(next(), first);
  }
}

TEST(GraphBuilder, WeightsBeginAsHeSays) {
  GraphBuilder graph("wide", 2);
  const auto x = graph.input("x", {1000});
  graph.output(graph.dense(x, {.units = 500, .activation = Activation::kRelu}), "y");
  // Half of the outputs of unit noise are positive, with a mean square of 1.
  std::vector<float> noise(1000);
  Random random(3);
  for (auto& value : noise) value = static_cast<float>(random.normal());
  const auto y = run(finished(graph), {noise});
  double squares = 0;
  for (const float value : y) squares += value * value;
  EXPECT_NEAR(squares / 500, 1, 0.25);
}

TEST(GraphBuilder, MistakesNameTheLayer) {
  const auto errorOf = [](auto build) -> std::string {
    GraphBuilder graph("wrong", 1);
    const auto x = graph.input("x", {4, 4, 2});
    graph.output(build(graph, x), "y");
    const auto bytes = graph.finish();
    return bytes ? "" : bytes.error().message;
  };
  EXPECT_THAT(errorOf([](GraphBuilder& g, Node x) { return g.dense(x, {.units = 3}); }),
              HasSubstr("dense_1: its input must be flat"));
  EXPECT_THAT(errorOf([](GraphBuilder& g, Node x) {
                return g.conv2d(x, {.channels = 3, .kernel = {5, 5}, .padding = Padding::kValid});
              }),
              HasSubstr("conv_1: the kernel does not fit its input of 4x4x2"));
  EXPECT_THAT(errorOf([](GraphBuilder& g, Node x) { return g.reshape(x, {5}); }),
              HasSubstr("4x4x2 cannot become 5"));
  EXPECT_THAT(errorOf([](GraphBuilder& g, Node x) {
                return g.conv2d(x, {.channels = 3, .padding = Padding::kCausal});
              }),
              HasSubstr("causal padding is for sequences"));
  EXPECT_THAT(errorOf([](GraphBuilder& g, Node x) { return g.conv1d(x, {.channels = 3}); }),
              HasSubstr("must be a sequence (1 x steps x channels), not 4x4x2"));
  EXPECT_THAT(errorOf([](GraphBuilder& g, Node x) { return g.gru(x, {.units = 3}).last; }),
              HasSubstr("gru_1: its input must be a sequence"));
  EXPECT_THAT(errorOf([](GraphBuilder& g, Node x) { return g.split(x, 3)[0]; }),
              HasSubstr("4x4x2 has no 3 equal parts"));
  EXPECT_THAT(errorOf([](GraphBuilder& g, Node x) {
                return g.slice(x, {0, 3, 0}, {4, 2, 2});
              }),
              HasSubstr("outside its input of 4x4x2"));
  EXPECT_THAT(errorOf([](GraphBuilder& g, Node x) { return g.add(x, g.mean(x)); }),
              HasSubstr("differ in shape"));
  EXPECT_THAT(
      errorOf([](GraphBuilder& g, Node x) { return g.conv2d(x, {.channels = 1, .name = "x"}); }),
      HasSubstr("x: the name is taken"));
  EXPECT_THAT(errorOf([](GraphBuilder& g, Node) { return g.relu(Node{}); }),
              HasSubstr("not a value of this graph"));
  GraphBuilder empty("empty", 1);
  EXPECT_THAT(empty.finish().error().message, HasSubstr("no output"));
}

TEST(GraphBuilder, MetadataTravelsInTheFile) {
  GraphBuilder graph("told", 1);
  graph.output(graph.relu(graph.input("x", {3})), "y");
  graph.metadata("note", "first");
  graph.metadata("note", "second");
  const auto plain = finished(graph);
  const Json object = {{"labels", {"a", "ü"}}, {"n", 3}};
  const auto bytes = writeMetadata(plain, object);
  ASSERT_TRUE(bytes) << bytes.error().message;
  EXPECT_EQ(*readMetadata(*bytes), object);
  EXPECT_EQ(*readMetadata(plain), Json::object());
  const auto model = inference::Model::fromBytes(*bytes, "told");
  ASSERT_TRUE(model) << model.error().message;
  const auto note = (*model)->metadata("note");
  ASSERT_TRUE(note);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(note->data()), note->size()), "second");
  EXPECT_FALSE((*model)->metadata("other"));
}

TEST(Metadata, BrokenFilesAreErrors) {
  auto bytes = everyLayer(1);
  bytes.resize(bytes.size() / 2);
  EXPECT_EQ(readMetadata(bytes).error().code, ErrorCode::kDamaged);
  EXPECT_EQ(readMetadata(std::vector<std::byte>(100)).error().code, ErrorCode::kDamaged);
  EXPECT_EQ(readMetadata({}).error().code, ErrorCode::kDamaged);
}

}  // namespace
}  // namespace primer::toolkit
