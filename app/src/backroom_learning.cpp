// How hard the tablet's classes find what is asked.

#include <algorithm>
#include <span>

#include "backroom.h"

namespace primer::app {

namespace {

// A tablet learns from a class in well under a second, and from one pupil nothing about others.
constexpr std::size_t kMostOfAPupil = 500;
constexpr std::size_t kLeast = 200;

}  // namespace

bool Backroom::learnFromNext() {
  if (!database_ || !course_) return false;
  if (!to_learn_from_) {
    to_learn_from_.emplace();
    const auto classes = database_->classes();
    if (!classes) return false;
    for (const auto& card : *classes) {
      (void)soundsOfClass(card.id);  // what cannot be read now is read again at log-in, and told
      const auto pupils = database_->pupils(card.id);
      if (!pupils) continue;
      for (const auto& pupil : *pupils) to_learn_from_->push_back(pupil.id);
    }
  }
  if (to_learn_from_->empty()) return false;
  const auto learner = to_learn_from_->back();
  to_learn_from_->pop_back();
  const auto events = database_->events(learner);
  if (!events) return true;  // of whom nothing can be read, nothing is learned
  const auto past = historyFrom(*events);
  const std::span tries(past.first_tries);
  knowledge::History answered;
  for (const auto& one : tries.last(std::min(tries.size(), kMostOfAPupil))) {
    const auto at = static_cast<double>(one.at.unix_ms) / 1000;
    answered.push_back({{course_->nameOf(one.place()), one.item, at, one.difficulty}, one.right});
  }
  if (!answered.empty()) histories_.push_back(std::move(answered));
  return true;
}

std::optional<Backroom::Learning> Backroom::takeLearning() {
  const auto histories = std::exchange(histories_, {});
  std::size_t answers = 0;
  for (const auto& history : histories) answers += history.size();
  if (answers < kLeast || histories.size() < 2) return std::nullopt;
  return Learning{openKnowledge(nullptr), histories};
}

}  // namespace primer::app
