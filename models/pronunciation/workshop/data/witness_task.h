#pragma once

// A task of weighing witnesses: one logit from a row of features. What its figures are is said by
// the class that is derived from it.

#include "data/corpus.h"
#include "data/witness_rows.h"
#include "primer/toolkit/workshop.h"

namespace primer::pronunciation::workshop {

class WitnessTask : public toolkit::Task {
 public:
  const toolkit::TaskInfo& info() const override { return info_; }
  std::size_t size(toolkit::Split split) const override { return sideOf(split).asked.size(); }

  void fill(toolkit::Split split, std::size_t index, toolkit::Random* augment,
            toolkit::SampleView& sample) const override;

 protected:
  struct Kind {
    const char* rows;      // the file, unless the recipe names another
    const char* output;    // of the graph
    std::size_t width;     // features
    RowFlags unasked = 0;  // rows with one of these flags count in the figures only
  };

  Status read(const toolkit::TaskRequest& request, const Kind& kind);

  // Rows of a split, by number: those that the net is asked, in the order of its samples, and
  // those that are settled without it.
  struct Side {
    std::vector<std::size_t> asked, settled;
  };
  const Side& sideOf(toolkit::Split split) const {
    return split == toolkit::Split::kTraining ? training_ : development_;
  }
  const WitnessRow& row(std::size_t number) const { return rows_[number]; }

  toolkit::TaskInfo info_;

 private:
  Status divide(const std::vector<Utterance>& utterances, const std::optional<toolkit::Fold>& fold,
                RowFlags unasked);

  double jitter_ = 0.1;
  std::vector<WitnessRow> rows_;
  Side training_, development_;
};

// The architecture "witnesses-dense".
void addWitnessesDense(toolkit::Workshop& workshop);

}  // namespace primer::pronunciation::workshop
