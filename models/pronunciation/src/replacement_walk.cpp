#include "src/replacement_walk.h"

#include <algorithm>

namespace primer::pronunciation {

namespace {

constexpr float kNever = -1e9f;
constexpr float kLeastLog = -8;
constexpr std::size_t kSides = 2;

// How well a unit fits a step: its prior is taken off, as in the walks of a text.
float fit(const Posteriors& posteriors, std::size_t step, std::size_t unit) {
  return std::max(posteriors.at(step)[unit], kLeastLog) - unitPriors()[unit];
}

// The worth of walking `units` from the beginning of a stretch (or, turned round, its end) up to
// each border of two steps: score[t] for t steps.
class Side {
 public:
  Side(const Posteriors& posteriors, StepRange steps, bool backwards)
      : posteriors_(posteriors), steps_(steps), backwards_(backwards), score_(steps.size() + 1) {
    std::fill(score_.begin(), score_.end(), kNever);
    score_[0] = 0;
  }

  // One more unit, of a step at least.
  void add(std::size_t unit) {
    std::vector<float> next(score_.size(), kNever);
    for (std::size_t t = 1; t < score_.size(); ++t) {
      next[t] = std::max(next[t - 1], score_[t - 1]) + fit(posteriors_, stepAt(t - 1), unit);
    }
    score_ = std::move(next);
  }

  float at(std::size_t steps) const { return score_[steps]; }

 private:
  std::size_t stepAt(std::size_t t) const {
    return backwards_ ? steps_.last - 1 - t : steps_.first + t;
  }

  const Posteriors& posteriors_;
  StepRange steps_;
  bool backwards_;
  std::vector<float> score_;
};

struct Worth {
  float score = kNever;
  std::size_t steps = 0;
};

}  // namespace

Replacements replacementsOf(const Posteriors& posteriors, const std::vector<SaidPhone>& sounds,
                            std::size_t at) {
  // Up to a pause.
  std::size_t first = at, last = at;
  while (first > 0 && at - first < kSides &&
         sounds[first - 1].steps.last == sounds[first].steps.first) {
    --first;
  }
  while (last + 1 < sounds.size() && last - at < kSides &&
         sounds[last].steps.last == sounds[last + 1].steps.first) {
    ++last;
  }
  const StepRange stretch = {sounds[first].steps.first, sounds[last].steps.last};
  Side before(posteriors, stretch, false), after(posteriors, stretch, true);
  for (std::size_t i = first; i < at; ++i) before.add(sounds[i].phone);
  for (std::size_t i = last; i > at; --i) after.add(sounds[i].phone);

  const std::size_t count = stretch.size();
  const auto worthOf = [&](std::size_t unit) {
    Worth worth;
    float begun = kNever, sum = 0;  // the best beginning so far, less what came before it
    std::size_t from = 0;
    for (std::size_t t = 0; t < count; ++t) {
      if (before.at(t) - sum > begun) {
        begun = before.at(t) - sum;
        from = t;
      }
      sum += fit(posteriors, stretch.first + t, unit);
      const float score = begun + sum + after.at(count - t - 1);
      if (score > worth.score) worth = {score, t + 1 - from};
    }
    return worth;
  };

  Replacements result;
  const auto wanted = worthOf(sounds[at].phone);
  for (Phone phone = 0; phone < kPhones; ++phone) {
    const auto other = worthOf(phone);
    result.gain[phone] = other.score - wanted.score;
    result.steps[phone] = other.steps;
  }
  // A sound alone between pauses cannot be left out.
  result.without = kNever;
  for (std::size_t t = 0; first < last && t <= count; ++t) {
    result.without = std::max(result.without, before.at(t) + after.at(count - t) - wanted.score);
  }
  return result;
}

}  // namespace primer::pronunciation
