#include "choices/choice_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "data/witness_task.h"
#include "primer/pronunciation/choosing.h"

namespace primer::pronunciation::workshop {

namespace {

class ChoiceTask final : public WitnessTask {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    auto task = std::make_unique<ChoiceTask>();
    PRIMER_TRY(task->read(request, {"choices.bin", "said", kChoiceFeatures}));
    task->info_.name = "pronunciation-choices";
    task->info_.main_metric = "mean_percent";
    task->info_.use = {{"for", "whether any of a closed list of answers was spoken, in English"},
                       {"not_for", "dictation; telling who speaks"}};
    return task;
  }

  toolkit::Metrics measure(toolkit::Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    toolkit::Metrics metrics;
    put(split, outputs[0], kLeastChoiceOdds, "", metrics);
    for (const float odds : {-2.0f, -1.5f, -1.0f, -0.5f, 0.0f}) {
      put(split, outputs[0], odds, fmt::format("_at_{:.1f}", odds), metrics);
    }
    return metrics;
  }

 private:
  struct Right {
    double right = 0, of = 0;
    double percent() const { return 100 * right / std::max(of, 1.0); }
  };

  // If an answer were taken from some log odds on.
  void put(toolkit::Split split, const std::vector<float>& outputs, float least,
           const std::string& suffix, toolkit::Metrics& metrics) const {
    Right chosen[2], none[2];
    const auto& asked = sideOf(split).asked;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const auto& one = row(asked[i]);
      const bool there = one.is(choice_row::kRightThere), said = outputs[i] > least;
      auto& count = (there ? chosen : none)[one.is(choice_row::kFewWords) ? 1 : 0];
      count.of += 1;
      count.right += (there ? said && one.is(kTrue) : !said) ? 1 : 0;
    }
    metrics["right_percent" + suffix] = chosen[0].percent();
    metrics["none_percent" + suffix] = none[0].percent();
    metrics["mean_percent" + suffix] = (chosen[0].percent() + none[0].percent()) / 2;
    metrics["few_words_right_percent" + suffix] = chosen[1].percent();
    metrics["few_words_none_percent" + suffix] = none[1].percent();
  }
};

}  // namespace

void addChoices(toolkit::Workshop& workshop) {
  workshop.addTask("pronunciation-choices", "whether the likeliest of several answers was said",
                   ChoiceTask::open);
}

}  // namespace primer::pronunciation::workshop
