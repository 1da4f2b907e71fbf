#include "primer/toolkit/fine_tune.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "graphs.h"
#include "primer/base/file_system.h"
#include "primer/toolkit/evaluate.h"
#include "primer/toolkit/metadata.h"
#include "src/model_file.h"
#include "test_folder.h"

namespace primer::toolkit {
namespace {

using testing::HasSubstr;

class FineTune : public testing::Test {
 protected:
  // A float model of bars, little trained, with its recipe in it.
  std::vector<std::byte> floatModel() {
    const auto recipe = *parseRecipe(Json::parse(R"({
      "name": "bars",
      "architecture": {"name": "bar-net", "channels": 8},
      "data": {"name": "bar"},
      "training": {"epochs": 3, "batch": 40, "learning_rate": 0.01},
      "seed": 4
    })"),
                                     "bars.json");
    TrainOptions options;
    options.output = folder_ / "bars.tflite";
    const auto report = train(recipe, test::barWorkshop(), options);
    if (!report) throw std::runtime_error(report.error().message);
    return *realFileSystem().read(folder_ / "bars.tflite", 1 << 20);
  }

  Result<FineTuned> tune(const std::vector<std::byte>& model, const Json& changes,
                         const std::function<bool()>& stop = {}, bool resume = false,
                         test::BarFlaw flaw = {}, const QuantizeOptions& options = {}) {
    auto recipe = fineTuningRecipe(model, changes, "changes");
    if (!recipe) return fail(recipe.error());
    TrainOptions how;
    how.output = folder_ / "tuned.tflite";
    how.stop = stop;
    how.resume = resume;
    how.threads = 2;
    return fineTune(model, *recipe, test::barWorkshop(flaw), options, 64, how);
  }

  const primer::test::TestFolder folder_;
};

TEST_F(FineTune, WhatTrainingMeasuresIsWhatTheFileDoes) {
  const auto model = floatModel();
  const Json changes = {{"training", {{"epochs", 3}, {"learning_rate", 0.004}}}};
  const auto tuned = tune(model, changes);
  ASSERT_TRUE(tuned) << tuned.error().message;
  const test::BarTask task;
  const auto metrics = evaluate(tuned->quantized.bytes, task, Split::kDevelopment);
  ASSERT_TRUE(metrics) << metrics.error().message;
  EXPECT_EQ(metrics->at("accuracy"), tuned->training["metrics"]["accuracy"].get<double>());
  EXPECT_GT(metrics->at("accuracy"), 97);
  EXPECT_EQ(tuned->training["history"].size(), 3u);
  EXPECT_FALSE(tuned->quantized.errors.empty());
  EXPECT_EQ((*readMetadata(tuned->quantized.bytes))["labels"]["place"][3], "right");
}

TEST_F(FineTune, StoppedAndResumedItGivesTheSameBytes) {
  const auto model = floatModel();
  const Json changes = {{"training", {{"epochs", 2}, {"batch", 40}, {"averaging", 0.9}}}};
  const auto whole = tune(model, changes);
  ASSERT_TRUE(whole) << whole.error().message;
  int batches = 0;
  const auto stopped = tune(model, changes, [&] { return ++batches == 13; });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
  const auto resumed = tune(model, changes, {}, true);
  ASSERT_TRUE(resumed) << resumed.error().message;
  EXPECT_EQ(resumed->quantized.bytes, whole->quantized.bytes);

  // Not with another float model.
  int more = 0;
  ASSERT_FALSE(tune(model, changes, [&] { return ++more == 5; }));
  auto metadata = *readMetadata(model);
  metadata["name"] = "other";
  const auto other = tune(*writeMetadata(model, metadata), changes, {}, true);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kInvalidArgument);
}

// The same function, but the values of each channel are four times those of the one before: a scale
// for all of them then leaves most with few levels.
std::vector<std::byte> withUnevenChannels(const std::vector<std::byte>& bytes) {
  const auto model = *parseModel(bytes, "bars");
  auto& graph = *model->subgraphs[0];
  const auto change = [&](const std::string& name, const auto& factor) {
    for (const auto& tensor : graph.tensors) {
      if (tensor->name != name) continue;
      auto values = constantValues<float>(*model, *tensor);
      for (std::size_t i = 0; i < values.size(); ++i) values[i] *= factor(i);
      std::memcpy(model->buffers[tensor->buffer]->data.data(), values.data(),
                  values.size() * sizeof(float));
    }
  };
  const auto loudness = [](std::size_t channel) {
    return std::pow(4.0f, static_cast<float>(channel));
  };
  // 8 filters of 9 weights; then 3x3 places of 8 channels and 3 numbers a unit.
  change("conv_1/weights", [&](std::size_t i) { return loudness(i / 9); });
  change("conv_1/bias", [&](std::size_t i) { return loudness(i); });
  change("dense_1/weights", [&](std::size_t i) {
    const auto column = i % 75;
    return column < 72 ? 1 / loudness(column % 8) : 1.0f;
  });
  return serialiseModel(*model);
}

TEST_F(FineTune, WinsBackWhatRoundingLoses) {
  const auto model = withUnevenChannels(floatModel());
  const test::BarTask task;
  const auto right = [&](const std::vector<std::byte>& bytes) {
    return evaluate(bytes, task, Split::kDevelopment)->at("accuracy");
  };
  ASSERT_GT(right(model), 97);
  QuantizeOptions plain;
  plain.range = RangeRule::kMinMax;
  plain.equalise = Choice::kNo;
  const auto rounded = quantize(model, *calibrationFrom(model, task, Split::kTraining, 64), plain);
  ASSERT_TRUE(rounded) << rounded.error().message;
  const double lost = right(rounded->bytes);
  EXPECT_LT(lost, 90);
  const Json changes = {
      {"training", {{"epochs", 12}, {"batch", 40}, {"learning_rate", 0.01}, {"averaging", 0.9}}}};
  const auto tuned = tune(model, changes, {}, false, {}, plain);
  ASSERT_TRUE(tuned) << tuned.error().message;
  EXPECT_GT(right(tuned->quantized.bytes), 97) << "from " << lost;
}

TEST_F(FineTune, LearnsFromTheFloatModelToo) {
  const auto model = floatModel();
  const Json changes = {
      {"training", {{"epochs", 1}}},
      {"distillation", {{"teachers", {(folder_ / "bars.tflite").string()}}, {"weight", 0.9}}}};
  const auto tuned = tune(model, changes);
  ASSERT_TRUE(tuned) << tuned.error().message;
  EXPECT_GT(tuned->training["metrics"]["accuracy"].get<double>(), 97);
}

TEST_F(FineTune, SaysWhatIsWrongBeforeItStarts) {
  const auto model = floatModel();
  const auto messageOf = [&](const std::vector<std::byte>& bytes, const Json& changes,
                             test::BarFlaw flaw = {}) {
    const auto tuned = tune(bytes, changes, {}, false, flaw);
    return tuned ? std::string() : tuned.error().message;
  };
  EXPECT_THAT(messageOf(model, {{"speed", 3}}), HasSubstr("speed"));
  EXPECT_THAT(messageOf(model, {{"training", {{"epoch", 3}}}}), HasSubstr("epoch"));
  EXPECT_THAT(messageOf(model, {{"architecture", {{"name", "bar-net"}}}}),
              HasSubstr("the model file is the architecture"));
  EXPECT_THAT(messageOf(model, 3), HasSubstr("not a JSON object"));
  EXPECT_THAT(messageOf(model, Json::object(), {.not_a_number = 30}), HasSubstr("30"));
  const auto plain = test::everyLayer(3);
  EXPECT_THAT(messageOf(plain, Json::object()), HasSubstr("names no data"));
  EXPECT_THAT(messageOf(plain, {{"data", {{"name", "bar"}}}}), HasSubstr("'picture'"));
  const test::BarTask task;
  const auto quantised = quantize(model, *calibrationFrom(model, task, Split::kTraining, 50), {});
  ASSERT_TRUE(quantised) << quantised.error().message;
  EXPECT_THAT(messageOf(quantised->bytes, Json::object()), HasSubstr("quantised already"));
}

}  // namespace
}  // namespace primer::toolkit
