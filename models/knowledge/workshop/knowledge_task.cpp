#include "knowledge_task.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "answer_logs.h"
#include "population.h"
#include "primer/knowledge/learner_state.h"
#include "primer/toolkit/chances.h"
#include "primer/toolkit/graph_builder.h"

namespace primer::knowledge::workshop {

namespace {

using toolkit::Json;
using toolkit::Split;

constexpr std::uint64_t kTrainingSeed = 1'000'000;
constexpr std::uint64_t kDevelopmentSeed = 2'000'000;
constexpr std::size_t kRealLearners = 400;  // of each platform

struct Samples {
  std::vector<Features> features;
  std::vector<bool> right;
  std::size_t size() const { return right.size(); }

  // What the model would be asked along one history: before every first
  // attempt.
  void add(const History& history, const ClassDifficulty& difficulty) {
    LearnerState state;
    const Answer* before = nullptr;
    for (const auto& answer : history) {
      const auto easiness = difficulty.of(answer.question);
      if (!isRetry(answer.question, before)) {
        features.push_back(state.features(answer.question, easiness));
        right.push_back(answer.right);
      }
      state.observe(answer, easiness);
      before = &answer;
    }
  }
};

// A class as the tablet meets it: on the first day, or with some of its
// learners gone before.
void addClass(Samples& samples, std::uint64_t seed, int learners) {
  toolkit::Random random(seed, 0xc1a55);
  const int before = random.chance(0.5) ? 0 : static_cast<int>(std::exp(random.uniform(0.7, 5.3)));
  const auto all = simulateClass(seed, before + learners);
  std::vector<const History*> gone;
  for (int i = 0; i < before; ++i) gone.push_back(&all.learners[static_cast<std::size_t>(i)]);
  const auto difficulty = ClassDifficulty::fit(gone);
  for (auto i = static_cast<std::size_t>(before); i < all.learners.size(); ++i) {
    samples.add(all.learners[i], difficulty);
  }
}

class KnowledgeTask final : public toolkit::Task {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    toolkit::Fields fields(request.options, "data");
    const auto classes = fields.integer("classes", 600);
    const auto learners = fields.integer("learners", 12);
    fields.require(classes >= 2 && classes <= 100'000, "classes", "must be 2 to 100000");
    fields.require(learners >= 1 && learners <= 10'000, "learners", "must be 1 to 10000");
    PRIMER_TRY(fields.finish());
    PRIMER_TRY(toolkit::Fields(request.augmentation, "augmentation").finish());
    auto task = std::make_unique<KnowledgeTask>();
    for (std::int64_t i = 0; i < classes; ++i) {
      addClass(task->training_, kTrainingSeed + static_cast<std::uint64_t>(i),
               static_cast<int>(learners));
    }
    for (std::int64_t i = 0; i < std::max<std::int64_t>(1, classes / 10); ++i) {
      addClass(task->development_, kDevelopmentSeed + static_cast<std::uint64_t>(i),
               static_cast<int>(learners));
    }
    task->ends_.emplace_back("", task->development_.size());
    task->addRealDays(request.data);
    task->describe();
    return task;
  }

  const toolkit::TaskInfo& info() const override { return info_; }
  std::size_t size(Split split) const override { return samplesOf(split).size(); }

  void fill(Split split, std::size_t index, toolkit::Random*,
            toolkit::SampleView& sample) const override {
    const auto& samples = samplesOf(split);
    std::copy(samples.features[index].begin(), samples.features[index].end(),
              sample.inputs[0].begin());
    sample.targets[0][0] = samples.right[index] ? 1 : 0;
  }

  toolkit::Metrics measure(Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    toolkit::Metrics metrics;
    const auto& samples = samplesOf(split);
    std::size_t at = 0;
    const auto figures = [&](const std::string& prefix, std::size_t end) {
      std::vector<toolkit::Judged> judged;
      for (; at < end; ++at) {
        judged.push_back({1 / (1 + std::exp(-outputs[0][at])), samples.right[at]});
      }
      metrics[prefix + "auc"] = areaUnderCurve(judged);
      metrics[prefix + "log_loss"] = logLoss(judged);
      metrics[prefix + "ece"] = calibrationError(judged);
    };
    if (split == Split::kTraining) {
      figures("", samples.size());
    } else {
      for (const auto& [prefix, end] : ends_) figures(prefix, end);
    }
    return metrics;
  }

 private:
  const Samples& samplesOf(Split split) const {
    return split == Split::kTraining ? training_ : development_;
  }

  // First days without history on platforms whose logs are at hand; a folder
  // without them is no fault. They are looked at, never learned from.
  void addRealDays(const std::filesystem::path& data) {
    const auto add = [&](const std::string& name, Result<std::vector<LogOfLearner>> logs,
                         bool levels) {
      if (!logs) return;
      if (levels) putAuthorsLevels(*logs);
      std::size_t taken = 0;
      for (const auto& log : *logs) {
        if (isOfHistory(log.learner) || taken == kRealLearners) continue;
        development_.add(log.answers, ClassDifficulty());
        ++taken;
      }
      ends_.emplace_back(name + "_first_day_", development_.size());
    };
    add("assistments09", readAssistments09(data), false);
    add("assistments09_levels", readAssistments09(data), true);
    add("assistments15", readAssistments15(data), false);
    add("ednet", readEdnet(data), false);
  }

  void describe() {
    info_.name = "knowledge";
    info_.inputs = {{"features", {static_cast<std::int32_t>(kFeatureCount)}}};
    toolkit::OutputSpec logit;
    logit.name = "logit";
    logit.size = 1;
    logit.loss = toolkit::Loss::kBinary;
    info_.outputs = {logit};
    info_.main_metric = "auc";
    info_.use = {{"for",
                  "the chance that a pupil answers a question rightly, "
                  "from the pupil's earlier "
                  "answers; for choosing what comes next"},
                 {"not_for", "marks, reports of ability, or comparing pupils"}};
    info_.data =
        Json::array({{{"name", "simulated learners (models/knowledge/workshop/population.cpp)"},
                      {"licence", "none needed"},
                      {"credit", "made by this program"}}});
  }

  toolkit::TaskInfo info_;
  Samples training_;
  Samples development_;
  std::vector<std::pair<std::string, std::size_t>> ends_;  // groups of the development split
};

// Dense layers of soft steps. With "nonnegative" in the recipe's training the
// logit rises with every feature.
Result<std::vector<std::byte>> buildMonotoneMlp(const Json& options, const toolkit::TaskInfo& task,
                                                std::uint64_t seed) {
  toolkit::Fields fields(options, "architecture");
  const auto widths = fields.integers("widths", {32, 16}, 1, 1024);
  PRIMER_TRY(fields.finish());
  toolkit::GraphBuilder graph("monotone-mlp", seed);
  const auto features = graph.input(task.inputs[0].name, task.inputs[0].shape);
  auto x = features;
  for (const auto width : widths)
    x = graph.tanh(graph.dense(x, {.units = static_cast<int>(width)}));
  // Wide and deep: what is nearly straight need not go through the steps.
  graph.output(graph.dense(graph.concat({features, x}), {.units = task.outputs[0].size}),
               task.outputs[0].name);
  return graph.finish();
}

}  // namespace

void addKnowledgeTask(toolkit::Workshop& workshop) {
  workshop.addTask("knowledge", "whether the next answer is right", KnowledgeTask::open);
  workshop.addArchitecture("monotone-mlp", buildMonotoneMlp);
}

}  // namespace primer::knowledge::workshop
