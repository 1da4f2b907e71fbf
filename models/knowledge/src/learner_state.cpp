#include "primer/knowledge/learner_state.h"

#include <algorithm>
#include <cmath>

#include "src/logistic.h"

namespace primer::knowledge {

namespace {

constexpr double kRetryWeight = 0.4;  // of a second try at once, as evidence
constexpr double kHour = 3600;
constexpr double kDay = 24 * kHour;

double signedLog(double x) { return x < 0 ? -std::log1p(-x) : std::log1p(x); }

// Falls from 1 to 0 by a power law (Wixted and Carpenter 2007).
double memory(double gap, double half) { return 1 / std::sqrt(1 + 3 * gap / half); }

// A constant step of an average that follows surprise.
void follow(double& value, bool right, double easiness, double step) {
  value += step * ((right ? 1.0 : 0.0) - logistic(easiness + value));
}

}  // namespace

void LearnerState::Ability::learn(bool right, double easiness, double weight, double least_step,
                                  double spread) {
  // The steps of a Bayesian estimate whose information grows by about .18 an answer; below 4, so
  // that a higher estimate stays higher whatever the next answer is.
  const double step = std::max(least_step, 1 / (1 / spread + 0.18 * answers));
  value += weight * step * ((right ? 1.0 : 0.0) - logistic(easiness + value));
  answers += weight;
}

void LearnerState::Counts::add(bool is_right, double weight) {
  (is_right ? right : wrong) += weight;
  // The end of a chain of retries is nearly always right: a streak is of first attempts.
  if (weight < 1) return;
  streak = is_right ? std::max(streak, 0) + 1 : std::min(streak, 0) - 1;
}

void LearnerState::observe(const Answer& answer, const Easiness& easiness) {
  const auto& question = answer.question;
  const double weight = isRetry(question, before_ ? &*before_ : nullptr) ? kRetryWeight : 1;
  const double easy = easiness.logit;
  ++answers_;
  if (!question.skill.empty()) {
    const auto [at, is_new] = skills_.try_emplace(question.skill);
    auto& skill = at->second;
    if (is_new) {  // a new skill begins at the learner's general ability
      skill.ability.value = ability_.value;
      skill.quick = ability_.value;
    }
    skill.ability.learn(answer.right, easy, weight, 0.08, 1.0);
    if (weight == 1) follow(skill.quick, answer.right, easy, 0.7);
    skill.counts.add(answer.right, weight);
    if (answer.right) {
      skill.last_right = answers_;
      if (question.at && std::isfinite(*question.at)) {
        skill.last_right_at = std::max(skill.last_right_at.value_or(*question.at), *question.at);
      }
    }
  }
  if (!question.item.empty()) items_[question.item].counts.add(answer.right, 1);
  ability_.learn(answer.right, easy, weight, 0.03, 1.0);
  if (weight == 1) follow(quick_, answer.right, easy, 0.25);
  counts_.add(answer.right, weight);
  before_ = answer;
}

Features LearnerState::features(const Question& question, const Easiness& easiness) const {
  Features features{};
  std::size_t next = 0;
  const auto put = [&](double value) {
    features[next++] = static_cast<float>(std::clamp(value, -4.0, 4.0));
  };
  const auto found = skills_.find(question.skill);
  const bool met = found != skills_.end() && !question.skill.empty();
  static const Skill kNewSkill;
  const Skill& skill = met ? found->second : kNewSkill;
  const double skill_ability = met ? skill.ability.value : ability_.value;
  const double skill_quick = met ? skill.quick : ability_.value;

  put(easiness.logit);
  put(ability_.value);
  put(quick_);
  put(skill_ability);
  put(skill_quick);
  put(std::log1p(skill.counts.right) - 1);
  put(1 - std::log1p(skill.counts.wrong));
  put(std::log1p(counts_.right) / 2 - 1);
  put(1 - std::log1p(counts_.wrong) / 2);
  put(signedLog(skill.counts.streak));
  put(signedLog(counts_.streak));
  put(std::clamp(skill.counts.streak, -1, 1));
  put(std::clamp(skill.counts.streak, -3, 3) / 3.0);
  put(std::clamp(counts_.streak, -1, 1));

  const auto seen = items_.find(question.item);
  static const Item kNewItem;
  const Item& item = seen != items_.end() && !question.item.empty() ? seen->second : kNewItem;
  put(std::clamp(item.counts.streak, -1, 1));
  put(std::log1p(item.counts.right));
  put(-std::log1p(item.counts.wrong));

  // Memory of the last right answer: by answers since, and by time where clocks say something.
  // None: nothing to remember.
  const bool remembers = skill.last_right > 0;
  const double lag = static_cast<double>(answers_ + 1 - skill.last_right);
  const double by_lag = remembers ? memory(lag - 1, 10) : 0;
  const bool timed = remembers && skill.last_right_at && question.at && std::isfinite(*question.at);
  const double gap = timed ? std::max(0.0, *question.at - *skill.last_right_at) : 0;
  const double by_time = timed ? 1.0 : 0.6;  // where no clock speaks: a gap of some days
  put(by_lag);
  put(!remembers ? 0 : timed ? memory(gap, kHour) : by_time);
  put(!remembers ? 0 : timed ? memory(gap, kDay) : by_time);
  put(!remembers ? 0 : timed ? memory(gap, 10 * kDay) : by_time);
  put(!remembers ? 0 : timed ? memory(gap, kDay * (1 + skill.counts.right)) : by_time);

  const auto putFree = [&](double value) {
    put(value);
    put(-value);
  };
  putFree(easiness.skill);
  putFree(easiness.item);
  putFree(std::log1p(easiness.skill_answers) / 3);
  putFree(std::log1p(easiness.item_answers) / 2);
  putFree(easiness.author ? 1 : 0);
  putFree(question.at ? 1 : 0);
  putFree(question.item.empty() ? 0 : 1);
  return features;
}

}  // namespace primer::knowledge
