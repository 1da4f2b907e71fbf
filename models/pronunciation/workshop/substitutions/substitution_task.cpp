#include "substitutions/substitution_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "data/credits.h"
#include "data/witness_task.h"
#include "primer/pronunciation/substitution.h"

namespace primer::pronunciation::workshop {

namespace {

class SubstitutionTask final : public WitnessTask {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    auto task = std::make_unique<SubstitutionTask>();
    PRIMER_TRY(task->read(request, {"substitutions.bin", "replaced", kSubstitutionWitnesses}));
    task->info_.data = allSpeech();
    task->info_.name = "pronunciation-substitutions";
    task->info_.main_metric = "found_percent_at_0.25";
    task->info_.use = {{"for", "which sounds of English read aloud were said as other ones"},
                       {"not_for", "exams; telling accents apart; other languages"}};
    return task;
  }

  // How many replaced sounds are found, and how many of those that raters hold wrong, where some
  // share (per cent) of the sounds that all of them hold right is taken for replaced.
  toolkit::Metrics measure(toolkit::Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    std::vector<float> right, replaced, wrong;
    const auto& asked = sideOf(split).asked;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const auto& one = row(asked[i]);
      const bool as_read = one.is(sound_row::kAsRead);
      if (one.is(kTrue)) {
        (as_read ? wrong : replaced).push_back(outputs[0][i]);
      } else if (as_read) {
        right.push_back(outputs[0][i]);
      }
    }
    toolkit::Metrics metrics;
    if (right.empty()) return metrics;
    std::sort(right.rbegin(), right.rend());
    for (const double percent : {0.05, 0.1, 0.25, 0.5, 1.0}) {
      const auto at = static_cast<std::size_t>(static_cast<double>(right.size()) * percent / 100);
      const float least = right[std::min(at, right.size() - 1)];
      const auto found = [least](const std::vector<float>& odds) {
        const auto over =
            std::count_if(odds.begin(), odds.end(), [least](float one) { return one > least; });
        return 100 * static_cast<double>(over) /
               static_cast<double>(std::max<std::size_t>(odds.size(), 1));
      };
      const auto suffix = fmt::format("_at_{:.2f}", percent);
      metrics["found_percent" + suffix] = found(replaced);
      metrics["rated_wrong_found_percent" + suffix] = found(wrong);
      metrics["odds" + suffix] = least;
    }
    return metrics;
  }
};

}  // namespace

void addSubstitutions(toolkit::Workshop& workshop) {
  workshop.addTask("pronunciation-substitutions", "which sounds stand in the place of others",
                   SubstitutionTask::open);
}

}  // namespace primer::pronunciation::workshop
