#pragma once

// Further ears for the scores of a reading: acoustic models with scorers of their own, trained
// apart from the first ones. They judge along the first model's walk, and what is told is the mean
// of all: nets that were trained apart err apart (Hansen and Salamon 1990). What was said, and
// when, is the first model's to know; so whoever listens while a child speaks pays for one net.

#include <cstdint>
#include <filesystem>
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
  // Each name stands for two files or more: NAME-phones.tflite, NAME-scorer.tflite and what is
  // numbered beside it.
  static Result<Panel> open(const std::vector<std::filesystem::path>& names);
  static Result<Panel> openShipped();  // pronunciation-panel-1, -2 and so on

  std::size_t size() const { return members_.size(); }

  // Lets every member hear a recording's spoken part, frames x kBands: joins are of it from now on.
  Status hear(std::span<const std::int16_t> mel);
  // Makes of `scores`, which the first model's scorer gave for `walk`, the mean with every
  // member's. kInvalidArgument where nothing was heard.
  Status join(const Alignment& walk, Scores& scores);

 private:
  std::vector<Member> members_;
  std::vector<Posteriors> heard_;  // by each member
};

}  // namespace primer::pronunciation
