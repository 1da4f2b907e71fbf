#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graphs.h"
#include "primer/base/file_system.h"
#include "primer/toolkit/evaluate.h"
#include "primer/toolkit/metadata.h"
#include "primer/toolkit/train.h"
#include "test_folder.h"

namespace primer::toolkit {
namespace {

using testing::HasSubstr;

Recipe barRecipe() {
  return *parseRecipe(Json::parse(R"({
    "name": "bars",
    "architecture": {"name": "bar-net", "channels": 8},
    "data": {"name": "bar"},
    "training": {"epochs": 6, "batch": 40, "learning_rate": 0.01, "label_smoothing": 0.05,
                 "averaging": 0.9},
    "seed": 4
  })"),
                      "bars.json");
}

class Trainer : public testing::Test {
 protected:
  Result<Json> trainTo(const std::string& name, const Recipe& recipe = barRecipe(),
                       const std::function<bool()>& stop = {}, bool resume = false,
                       test::BarFlaw flaw = {}) {
    TrainOptions options;
    options.data = folder_.path();
    options.output = folder_ / name;
    options.stop = stop;
    options.resume = resume;
    options.threads = threads_;
    return train(recipe, test::barWorkshop(flaw), options);
  }

  std::vector<std::byte> bytes(const std::string& name) {
    return *realFileSystem().read(folder_ / name, 1 << 20);
  }

  bool exists(const std::string& name) { return realFileSystem().exists(folder_ / name); }

  int threads_ = 2;
  const primer::test::TestFolder folder_;
};

TEST_F(Trainer, LearnsQuantizesAndStaysTheSame) {
  const auto report = trainTo("bars.tflite");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GT((*report)["metrics"]["accuracy"].get<double>(), 97);
  EXPECT_EQ((*report)["history"].size(), 6u);
  EXPECT_FALSE(exists("bars.tflite.checkpoint"));

  // The engine on the written file gives the figures that training saw, and int8 keeps them.
  const test::BarTask task;
  const auto model = bytes("bars.tflite");
  const auto on_engine = evaluate(model, task, Split::kDevelopment);
  ASSERT_TRUE(on_engine) << on_engine.error().message;
  EXPECT_NEAR(on_engine->at("accuracy"), (*report)["metrics"]["accuracy"].get<double>(), 0.01);
  const auto quantized = quantize(model, *calibrationFrom(model, task, Split::kTraining, 100), {});
  ASSERT_TRUE(quantized) << quantized.error().message;
  EXPECT_GE(evaluate(quantized->bytes, task, Split::kDevelopment)->at("accuracy"),
            on_engine->at("accuracy") - 1);

  const auto metadata = *readMetadata(model);
  EXPECT_EQ(metadata["task"]["name"], "bar");
  EXPECT_EQ(metadata["labels"]["place"][3], "right");
  EXPECT_EQ(metadata["training"]["recipe"]["name"], "bars");
  EXPECT_EQ(metadata["data"][0]["name"], "drawn by the test");
}

TEST_F(Trainer, SeedAndNotThreadsDecides) {
  ASSERT_TRUE(trainTo("a.tflite"));
  threads_ = 1;
  ASSERT_TRUE(trainTo("b.tflite"));
  EXPECT_EQ(bytes("a.tflite"), bytes("b.tflite"));
  auto other = barRecipe();
  other.seed = 5;
  ASSERT_TRUE(trainTo("c.tflite", other));
  EXPECT_NE(bytes("a.tflite"), bytes("c.tflite"));
}

TEST_F(Trainer, ResumingGivesTheSameBytes) {
  ASSERT_TRUE(trainTo("whole.tflite"));
  int batches = 0;
  // Stopped twice, once in the middle of an epoch; ten batches make one.
  const auto first = trainTo("cut.tflite", barRecipe(), [&] { return ++batches == 13; });
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().code, ErrorCode::kCancelled);
  EXPECT_TRUE(exists("cut.tflite.checkpoint"));
  EXPECT_FALSE(exists("cut.tflite"));
  batches = 0;
  ASSERT_FALSE(trainTo(
      "cut.tflite", barRecipe(), [&] { return ++batches == 20; }, true));
  const auto last = trainTo("cut.tflite", barRecipe(), {}, true);
  ASSERT_TRUE(last) << last.error().message;
  EXPECT_EQ(bytes("cut.tflite"), bytes("whole.tflite"));
  EXPECT_EQ((*last)["history"].size(), 6u);
}

TEST_F(Trainer, RefusesAnotherTrainingsCheckpoint) {
  ASSERT_FALSE(trainTo("x.tflite", barRecipe(), [] { return true; }));
  auto other = barRecipe();
  other.seed = 6;
  EXPECT_THAT(trainTo("x.tflite", other, {}, true).error().message, HasSubstr("another recipe"));
  auto cut = bytes("x.tflite.checkpoint");
  cut.resize(cut.size() - 3);
  ASSERT_TRUE(realFileSystem().writeAtomically(folder_ / "x.tflite.checkpoint", cut));
  EXPECT_THAT(trainTo("x.tflite", barRecipe(), {}, true).error().message,
              HasSubstr("not a whole checkpoint"));
}

TEST_F(Trainer, NamesABadSampleBeforeItStarts) {
  test::BarFlaw flaw;
  flaw.not_a_number = 321;
  EXPECT_THAT(
      trainTo("x.tflite", barRecipe(), {}, false, flaw).error().message,
      HasSubstr("input 'picture' of training sample 321 holds something that is not a number"));
  flaw = {};
  flaw.unlabelled = 17;
  EXPECT_THAT(trainTo("x.tflite", barRecipe(), {}, false, flaw).error().message,
              HasSubstr("label of training sample 17 is none of the 4 classes"));
  EXPECT_FALSE(exists("x.tflite"));
}

TEST_F(Trainer, NamesWhatTheRecipeAsksForInVain) {
  auto recipe = barRecipe();
  recipe.architecture = "foo-net";
  EXPECT_THAT(trainTo("x.tflite", recipe).error().message,
              HasSubstr("no architecture 'foo-net' (there are: bar-net)"));
  recipe = barRecipe();
  recipe.architecture_options = {{"colour", 3}};
  EXPECT_THAT(trainTo("x.tflite", recipe).error().message, HasSubstr("unknown key 'colour'"));
  recipe = barRecipe();
  recipe.task_options = {{"share", 3}};
  EXPECT_THAT(trainTo("x.tflite", recipe).error().message, HasSubstr("unknown key 'share'"));
}

TEST_F(Trainer, CountsTheDevelopmentSplitInWhereAsked) {
  auto recipe = barRecipe();
  recipe.schedule.epochs = 1;
  recipe.schedule.all_data = true;
  ASSERT_TRUE(trainTo("all.tflite", recipe));
  const auto metadata = *readMetadata(bytes("all.tflite"));
  EXPECT_EQ(metadata["training"]["samples"], 600);
  EXPECT_EQ(metadata["figures"]["development_float"]["seen_in_training"], true);
}

}  // namespace
}  // namespace primer::toolkit
