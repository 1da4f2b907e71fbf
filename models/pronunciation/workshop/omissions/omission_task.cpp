#include "omissions/omission_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "data/witness_task.h"
#include "primer/pronunciation/omission.h"

namespace primer::pronunciation::workshop {

namespace {

// Words told to be left out, and those that were.
struct Told {
  double found = 0, missed = 0, mistaken = 0, said = 0;

  void add(bool never_said, bool out) {
    if (never_said) {
      (out ? found : missed) += 1;
    } else {
      ++said;
      mistaken += out ? 1 : 0;
    }
  }
  double f1() const { return 2 * found / std::max(2 * found + missed + mistaken, 1.0); }
  double foundPercent() const { return 100 * found / std::max(found + missed, 1.0); }
  double mistakenPercent() const { return 100 * mistaken / std::max(said, 1.0); }
};

class OmissionTask final : public WitnessTask {
 public:
  static Result<std::unique_ptr<toolkit::Task>> open(const toolkit::TaskRequest& request) {
    auto task = std::make_unique<OmissionTask>();
    PRIMER_TRY(
        task->read(request, {"omissions.bin", "left_out", kOmissionFeatures, word_row::kClear}));
    task->info_.name = "pronunciation-omissions";
    task->info_.main_metric = "best_f1";
    task->info_.use = {
        {"for", "which words of an English text read aloud were left out or replaced"},
        {"not_for", "exams; other languages"}};
    return task;
  }

  // Of all words, those included that nobody doubts and those that no walk could hold.
  toolkit::Metrics measure(toolkit::Split split,
                           const std::vector<std::vector<float>>& outputs) const override {
    const auto& side = sideOf(split);
    const auto at = [&](float threshold) {
      std::pair<Told, Told> told;  // with a word never said; as read
      const auto add = [&](const WitnessRow& one, bool out) {
        (one.is(word_row::kAsRead) ? told.second : told.first).add(one.is(kTrue), out);
      };
      for (const auto number : side.settled) add(row(number), !row(number).is(word_row::kHeld));
      for (std::size_t i = 0; i < side.asked.size(); ++i) {
        add(row(side.asked[i]), outputs[0][i] > threshold);
      }
      return told;
    };
    toolkit::Metrics metrics;
    const auto put = [&](float threshold, const std::string& suffix) {
      const auto [made_up, as_read] = at(threshold);
      metrics["f1" + suffix] = made_up.f1();
      metrics["found_percent" + suffix] = made_up.foundPercent();
      metrics["said_called_left_out_percent" + suffix] = made_up.mistakenPercent();
      metrics["as_read_called_left_out_percent" + suffix] = as_read.mistakenPercent();
      return made_up.f1();
    };
    put(kLeastOmissionOdds, "");
    double best = 0;
    for (const float odds : {-0.5f, 0.0f, 0.5f, 1.0f, 1.5f, 2.0f}) {
      best = std::max(best, put(odds, fmt::format("_at_{:.1f}", odds)));
    }
    metrics["best_f1"] = best;
    return metrics;
  }
};

}  // namespace

void addOmissions(toolkit::Workshop& workshop) {
  workshop.addTask("pronunciation-omissions", "which words of a text were left out",
                   OmissionTask::open);
}

}  // namespace primer::pronunciation::workshop
