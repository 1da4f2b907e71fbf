#pragma once

// Further ears for the scores of a reading: acoustic models with scorers of their own, trained
// apart from the first ones. They judge along the first model's walk, and what is told is the mean
// of all: nets that were trained apart err apart (Hansen and Salamon 1990). What was said, and
// when, is the first model's to know; so whoever listens while a child speaks pays for one net.

#include <span>
#include <utility>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/acoustic_model.h"
#include "primer/pronunciation/scorer.h"

namespace primer::pronunciation {

// One thread at a time.
class Panel {
 public:
  struct Member {
    AcousticModel acoustic;
    Scorer scorer;
  };

  Panel() = default;  // nobody: scores stay as they are
  explicit Panel(std::vector<Member> members) : members_(std::move(members)) {}
  // pronunciation-panel-1-phones.tflite with pronunciation-panel-1-scorer*.tflite, and so on.
  static Result<Panel> openShipped();

  std::size_t size() const { return members_.size(); }

  // Makes of `scores`, which the first model's scorer gave for `walk`, the mean with every
  // member's. `mel` is the spoken part that the walk is of, frames x kBands.
  Status join(const Alignment& walk, std::span<const std::int16_t> mel, Scores& scores);

 private:
  std::vector<Member> members_;
};

}  // namespace primer::pronunciation
