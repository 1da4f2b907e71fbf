#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "graphs.h"
#include "primer/base/file_system.h"
#include "primer/toolkit/evaluate.h"
#include "primer/toolkit/metadata.h"
#include "primer/toolkit/train.h"
#include "src/model_file.h"
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

TEST_F(Trainer, ResumingAfterAnEpochsLastBatchEndsTheEpoch) {
  const auto whole = trainTo("whole.tflite");
  ASSERT_TRUE(whole) << whole.error().message;
  // Ten batches make an epoch, 60 the training; what was measured is not lost either.
  for (const int stop_at : {10, 60}) {
    int batches = 0;
    ASSERT_FALSE(trainTo("cut.tflite", barRecipe(), [&] { return ++batches == stop_at; }));
    const auto rest = trainTo("cut.tflite", barRecipe(), {}, true);
    ASSERT_TRUE(rest) << rest.error().message;
    EXPECT_EQ(bytes("cut.tflite"), bytes("whole.tflite")) << stop_at;
    EXPECT_EQ((*rest)["history"], (*whole)["history"]) << stop_at;
  }
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

TEST_F(Trainer, KeepsTheBestEpochAndStopsInTime) {
  auto recipe = barRecipe();
  recipe.schedule.epochs = 60;
  recipe.schedule.patience = 3;
  const auto report = trainTo("best.tflite", recipe);
  ASSERT_TRUE(report) << report.error().message;
  const auto epochs = (*report)["epochs"].get<std::size_t>();
  const auto best = (*report)["best_epoch"].get<std::size_t>();
  EXPECT_LT(epochs, 60u);
  EXPECT_EQ(epochs, best + 3);
  const auto& history = (*report)["history"];
  for (const auto& entry : history) {
    EXPECT_LE(entry["accuracy"].get<double>(), history[best - 1]["accuracy"].get<double>());
  }
  EXPECT_EQ((*report)["metrics"]["accuracy"], history[best - 1]["accuracy"]);

  // Stopped after its best epoch and resumed, it keeps those weights and gives the same bytes.
  int batches = 0;
  const int stop_at = static_cast<int>(best) * 10 + 14;
  ASSERT_FALSE(trainTo("cut.tflite", recipe, [&] { return ++batches == stop_at; }));
  ASSERT_TRUE(trainTo("cut.tflite", recipe, {}, true));
  EXPECT_EQ(bytes("cut.tflite"), bytes("best.tflite"));
}

TEST_F(Trainer, BlendsSamplesTheSameWhenResumed) {
  auto recipe = barRecipe();
  recipe.schedule.mixup = 0.4;
  const auto report = trainTo("mixed.tflite", recipe);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GT((*report)["metrics"]["accuracy"].get<double>(), 95);
  ASSERT_TRUE(trainTo("plain.tflite"));
  EXPECT_NE(bytes("mixed.tflite"), bytes("plain.tflite"));
  int batches = 0;
  ASSERT_FALSE(trainTo("cut.tflite", recipe, [&] { return ++batches == 27; }));
  ASSERT_TRUE(trainTo("cut.tflite", recipe, {}, true));
  EXPECT_EQ(bytes("cut.tflite"), bytes("mixed.tflite"));
}

TEST_F(Trainer, LearnsFromTeachersAlone) {
  ASSERT_TRUE(trainTo("teacher1.tflite"));
  auto other = barRecipe();
  other.seed = 5;
  ASSERT_TRUE(trainTo("teacher2.tflite", other));
  auto pupil = barRecipe();
  pupil.seed = 9;
  pupil.schedule.label_smoothing = 0;
  pupil.distillation = {
      {(folder_ / "teacher1.tflite").string(), (folder_ / "teacher2.tflite").string()}, 1.0, 2.0};
  // The labels count for nothing here: what is learned is the teachers'.
  const auto report = trainTo("pupil.tflite", pupil);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GT((*report)["metrics"]["accuracy"].get<double>(), 95);
  EXPECT_EQ((*readMetadata(bytes("pupil.tflite")))["training"]["teachers"][1]["file"],
            "teacher2.tflite");

  pupil.distillation.teachers = {(folder_ / "nobody.tflite").string()};
  EXPECT_THAT(trainTo("x.tflite", pupil).error().message, HasSubstr("nobody.tflite"));
  const auto model = bytes("teacher1.tflite");
  const auto small =
      quantize(model, *calibrationFrom(model, test::BarTask(), Split::kTraining, 50), {});
  ASSERT_TRUE(realFileSystem().writeAtomically(folder_ / "int8.tflite", small->bytes));
  pupil.distillation.teachers = {(folder_ / "int8.tflite").string()};
  EXPECT_THAT(trainTo("x.tflite", pupil).error().message, HasSubstr("int8.tflite: "));
}

TEST_F(Trainer, WritesACurveAndACard) {
  ASSERT_TRUE(trainTo("bars.tflite"));
  const auto text = [&](const std::string& name) {
    const auto raw = bytes(name);
    return std::string(reinterpret_cast<const char*>(raw.data()), raw.size());
  };
  EXPECT_THAT(text("bars.svg"), HasSubstr("best "));
  const auto card = text("bars.md");
  for (const auto* words :
       {"# Model card: `bars`", "| drawn by the test | none needed |",
        "400 samples train, 200 judge", "primer-model train bars.json --seed 4 -o bars.tflite",
        "source revision", "multiply-accumulates", "us a run", "| accuracy |",
        "## Reference distribution", "![learning curve](bars.svg)"}) {
    EXPECT_THAT(card, HasSubstr(words));
  }
  const auto reference = (*readMetadata(bytes("bars.tflite")))["reference"];
  EXPECT_EQ(reference["samples"], 200);
  std::uint64_t counted = 0;
  for (const auto& count : reference["inputs"]["picture"]["counts"]) {
    counted += count.get<std::uint64_t>();
  }
  EXPECT_EQ(counted, 200u * 36u);
  EXPECT_EQ(reference["outputs"]["place"]["best"].size(), 4u);
}

TEST_F(Trainer, AFullDiskLosesNoCheckpoint) {
  // The folder that checkpoints go to disappears while it trains: every write fails from there on.
  ASSERT_TRUE(trainTo("whole.tflite"));
  const auto place = folder_ / "place";
  std::filesystem::create_directory(place);
  int batches = 0;
  ASSERT_FALSE(trainTo("place/cut.tflite", barRecipe(), [&] { return ++batches == 25; }));
  const auto kept = bytes("place/cut.tflite.checkpoint");
  // A limit on the size of files stands for a disk that is full at that point.
  const auto limited = [&](rlim_t most) {
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = most;
    setrlimit(RLIMIT_FSIZE, &limit);
  };
  std::signal(SIGXFSZ, SIG_IGN);
  limited(kept.size() / 2);
  const auto failed = trainTo("place/cut.tflite", barRecipe(), {}, true);
  limited(RLIM_INFINITY);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message, HasSubstr("cut.tflite.checkpoint"));
  EXPECT_EQ(bytes("place/cut.tflite.checkpoint"), kept);
  ASSERT_TRUE(trainTo("place/cut.tflite", barRecipe(), {}, true));
  EXPECT_EQ(bytes("place/cut.tflite"), bytes("whole.tflite"));
}

TEST_F(Trainer, NamesAnOperatorThatCannotBeTrained) {
  auto workshop = test::barWorkshop();
  workshop.addArchitecture(
      "odd-net",
      [](const Json& options, const TaskInfo& task,
         std::uint64_t seed) -> Result<std::vector<std::byte>> {
        PRIMER_ASSIGN(const auto bytes, test::buildBarNet(options, task, seed));
        PRIMER_ASSIGN(const auto model, parseModel(bytes, "odd-net"));
        for (auto& code : model->operator_codes) {
          if (code->builtin_code != tflite::BuiltinOperator::MAX_POOL_2D) continue;
          code->builtin_code = tflite::BuiltinOperator::SIN;
          code->deprecated_builtin_code = static_cast<std::int8_t>(tflite::BuiltinOperator::SIN);
        }
        return serialiseModel(*model);
      });
  auto recipe = barRecipe();
  recipe.architecture = "odd-net";
  recipe.architecture_options = Json::object();
  TrainOptions options;
  options.data = folder_.path();
  options.output = folder_ / "x.tflite";
  EXPECT_THAT(train(recipe, workshop, options).error().message, HasSubstr("SIN"));
}

TEST_F(Trainer, NamesAShapeThatIsNotTheDatas) {
  auto workshop = test::barWorkshop();
  workshop.addArchitecture("small-net",
                           [](const Json& options, const TaskInfo& task, std::uint64_t seed) {
                             auto other = task;
                             other.inputs[1].shape = {5, 6, 1};
                             return test::buildBarNet(options, other, seed);
                           });
  auto recipe = barRecipe();
  recipe.architecture = "small-net";
  TrainOptions options;
  options.data = folder_.path();
  options.output = folder_ / "x.tflite";
  EXPECT_THAT(train(recipe, workshop, options).error().message,
              HasSubstr("input 'picture' of the network is 1x5x6x1, the task's data 1x6x6x1"));
}

TEST_F(Trainer, RefusesFoldsOfATaskWithoutGroups) {
  TrainOptions options;
  options.data = folder_.path();
  options.output = folder_ / "x.tflite";
  options.fold = Fold{0, 3};
  EXPECT_THAT(train(barRecipe(), test::barWorkshop(), options).error().message,
              HasSubstr("no folds"));
}

}  // namespace
}  // namespace primer::toolkit
