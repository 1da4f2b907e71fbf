// Samples of which every position is judged for itself, as the frames of a sound are.

#include <gtest/gtest.h>

#include "primer/base/file_system.h"
#include "primer/toolkit/evaluate.h"
#include "primer/toolkit/graph_builder.h"
#include "primer/toolkit/train.h"
#include "test_folder.h"

namespace primer::toolkit {
namespace {

constexpr int kSteps = 12;
constexpr int kClasses = 3;
constexpr int kUnlabelled = 5;  // this step of every sample has no label

// A step's class is the channel that stands out in the step before it.
class EchoTask final : public Task {
 public:
  explicit EchoTask(float first_label = 0) : first_label_(first_label) {
    info_.name = "echo";
    info_.inputs = {{"steps", {1, kSteps, kClasses}}};
    OutputSpec output;
    output.name = "classes";
    output.size = kSteps * kClasses;
    output.positions = kSteps;
    info_.outputs = {output};
    info_.main_metric = "right";
  }

  const TaskInfo& info() const override { return info_; }
  std::size_t size(Split split) const override { return split == Split::kTraining ? 400 : 60; }

  void fill(Split split, std::size_t index, Random*, SampleView& sample) const override {
    const auto labels = labelsOf(split, index);
    for (std::size_t t = 0; t < kSteps; ++t) {
      for (std::size_t c = 0; c < kClasses; ++c) {
        const bool out = t + 1 < kSteps && labels[t + 1] == static_cast<int>(c);
        sample.inputs[0][t * kClasses + c] = out ? 1.0f : 0.0f;
      }
      // What has no label says something wrong, which must not be learned.
      sample.targets[0][t] = t == kUnlabelled ? -1.0f : static_cast<float>(labels[t]);
    }
    sample.targets[0][0] = first_label_;
  }

  Metrics measure(Split split, const std::vector<std::vector<float>>& outputs) const override {
    double right = 0, all = 0;
    for (std::size_t i = 0; i < size(split); ++i) {
      const auto labels = labelsOf(split, i);
      for (std::size_t t = 1; t < kSteps; ++t) {
        const auto first =
            outputs[0].begin() + static_cast<std::ptrdiff_t>((i * kSteps + t) * kClasses);
        right += std::max_element(first, first + kClasses) - first == labels[t] ? 1 : 0;
        ++all;
      }
    }
    return {{"right", 100 * right / all}};
  }

 private:
  static std::vector<int> labelsOf(Split split, std::size_t index) {
    Random random(7, split == Split::kTraining ? 0 : 1, static_cast<std::uint64_t>(index));
    std::vector<int> labels(kSteps);
    for (auto& label : labels) label = static_cast<int>(random.below(kClasses));
    return labels;
  }

  TaskInfo info_;
  float first_label_;
};

Workshop echoWorkshop(float first_label) {
  Workshop workshop;
  workshop.addTask("echo", "the step before", [first_label](const TaskRequest&) {
    return Result<std::unique_ptr<Task>>(std::make_unique<EchoTask>(first_label));
  });
  workshop.addArchitecture("echo-net", [](const Json&, const TaskInfo& task, std::uint64_t seed) {
    GraphBuilder graph("echo-net", seed);
    const auto x = graph.input("steps", task.inputs[0].shape);
    graph.output(graph.conv1d(x, {.channels = kClasses, .kernel = 3}), "classes");
    return graph.finish();
  });
  return workshop;
}

Recipe echoRecipe() {
  return *parseRecipe(Json::parse(R"({"name": "echo", "architecture": {"name": "echo-net"},
    "data": {"name": "echo"}, "training": {"epochs": 8, "batch": 20, "learning_rate": 0.05}})"),
                      "echo.json");
}

TEST(Positions, AreLearnedEachForItself) {
  const primer::test::TestFolder folder;
  TrainOptions options;
  options.data = folder.path();
  options.output = folder / "echo.tflite";
  options.threads = 1;
  const auto report = train(echoRecipe(), echoWorkshop(0), options);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GT((*report)["metrics"]["right"].get<double>(), 99);
  // Chance is a third: every position counted, not the first alone.
  EXPECT_GT((*report)["history"][0]["loss"].get<double>(),
            (*report)["history"][7]["loss"].get<double>());
  const auto model = realFileSystem().read(folder / "echo.tflite", 1 << 20);
  ASSERT_TRUE(model);
  const auto figures = evaluate(*model, EchoTask(), Split::kDevelopment);
  ASSERT_TRUE(figures) << figures.error().message;
  EXPECT_GT(figures->at("right"), 99);
}

TEST(Positions, HaveLabelsOfTheirOwnClasses) {
  const primer::test::TestFolder folder;
  TrainOptions options;
  options.data = folder.path();
  options.output = folder / "echo.tflite";
  options.threads = 1;
  const auto report = train(echoRecipe(), echoWorkshop(kClasses), options);
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("none of the 3 classes"), std::string::npos)
      << report.error().message;
}

}  // namespace
}  // namespace primer::toolkit
