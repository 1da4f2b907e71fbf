#include "primer/toolkit/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graphs.h"
#include "primer/toolkit/metadata.h"

namespace primer::toolkit {
namespace {

using testing::HasSubstr;

std::vector<std::byte> barNet() { return *test::buildBarNet(nullptr, test::BarTask().info(), 5); }

TEST(Evaluate, GivesEverySampleToTheModelInOrder) {
  // Scores that are the label itself, read from the task's numbers: only the right pairing of
  // samples with outputs gives 100 %.
  class Echo final : public Task {
   public:
    Echo() {
      info_.name = "echo";
      info_.inputs = {{"x", {4}}};
      OutputSpec output;
      output.name = "y";
      output.size = 4;
      info_.outputs = {output};
    }
    const TaskInfo& info() const override { return info_; }
    std::size_t size(Split) const override { return 1001; }
    void fill(Split, std::size_t index, Random*, SampleView& sample) const override {
      std::fill(sample.inputs[0].begin(), sample.inputs[0].end(), 0.0f);
      sample.inputs[0][index % 4] = 1;
      sample.targets[0][0] = static_cast<float>(index % 4);
    }
    Metrics measure(Split, const std::vector<std::vector<float>>& outputs) const override {
      std::vector<int> labels;
      for (int i = 0; i < 1001; ++i) labels.push_back(i % 4);
      return {{"accuracy", accuracyPercent(outputs[0], 4, labels)}};
    }

   private:
    TaskInfo info_;
  };
  GraphBuilder graph("echo", 1);
  graph.output(graph.relu(graph.input("x", {4})), "y");
  const auto metrics = evaluate(test::finished(graph), Echo(), Split::kDevelopment);
  ASSERT_TRUE(metrics) << metrics.error().message;
  EXPECT_DOUBLE_EQ(metrics->at("accuracy"), 100);
}

TEST(Evaluate, CalibrationComesInTheModelsOrder) {
  const test::BarTask task;
  const auto set = calibrationFrom(barNet(), task, Split::kTraining, 10);
  ASSERT_TRUE(set) << set.error().message;
  ASSERT_EQ(set->size(), 10u);
  EXPECT_EQ((*set)[0][0].size(), 36u);  // the model's first input is the picture
  EXPECT_EQ((*set)[0][1].size(), 3u);
  EXPECT_EQ(calibrationFrom(barNet(), task, Split::kTraining, 1000)->size(), 400u);
}

TEST(Evaluate, FindsTheTaskThatTheFileNames) {
  const auto workshop = test::barWorkshop();
  EXPECT_THAT(taskOf(barNet(), "", ".", workshop).error().message, HasSubstr("--task"));
  EXPECT_TRUE(taskOf(barNet(), "bar", ".", workshop));
  EXPECT_THAT(taskOf(barNet(), "baz", ".", workshop).error().message,
              HasSubstr("no task 'baz' (there are: bar)"));
  const auto named = *writeMetadata(barNet(), {{"task", {{"name", "bar"}}}});
  EXPECT_TRUE(taskOf(named, "", ".", workshop));
  const auto odd =
      *writeMetadata(barNet(), {{"task", {{"name", "bar"}, {"options", {{"colour", 1}}}}}});
  EXPECT_THAT(taskOf(odd, "", ".", workshop).error().message, HasSubstr("unknown key 'colour'"));
}

TEST(Evaluate, ModelsOfAnotherShapeAreErrors) {
  GraphBuilder graph("other", 1);
  graph.output(graph.relu(graph.input("picture", {6, 6, 1})), "place");
  const auto error = evaluate(test::finished(graph), test::BarTask(), Split::kDevelopment).error();
  EXPECT_THAT(error.message, HasSubstr("1 inputs, the task 2"));
}

}  // namespace
}  // namespace primer::toolkit
