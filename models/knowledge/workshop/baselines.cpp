#include "baselines.h"

#include <array>
#include <cmath>
#include <numeric>

#include "primer/toolkit/random.h"

namespace primer::knowledge::workshop {

namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// Places among the features: easiness, the skill's right and wrong answers, all
// of them, the streak.
constexpr std::array<std::size_t, 6> kPlain = {0, 5, 6, 7, 8, 9};

}  // namespace

double EloBaseline::easiness(const Question& question) const {
  if (const auto item = items_.find(question.item); item != items_.end()) return item->second.value;
  if (const auto skill = skills_.find(question.skill); skill != skills_.end()) {
    return skill->second.value;
  }
  return question.difficulty ? authorLogit(*question.difficulty) : base_;
}

void EloBaseline::fit(const std::vector<const History*>& histories) {
  // Items by themselves, and skills for items that the history does not know.
  for (const auto* history : histories) {
    Rating ability;
    std::unordered_map<std::string, Rating> in_skill;
    const Answer* before = nullptr;
    for (const auto& answer : *history) {
      const auto& question = answer.question;
      if (!isRetry(question, before)) {
        const auto start = [&](std::unordered_map<std::string, Rating>& ratings,
                               const std::string& name) -> Rating& {
          const auto [at, is_new] = ratings.try_emplace(name);
          if (is_new)
            at->second.value = question.difficulty ? authorLogit(*question.difficulty) : base_;
          return at->second;
        };
        auto& item = start(items_, question.item);
        auto& skill = start(skills_, question.skill);
        auto& own = in_skill[question.skill];
        const double p = sigmoid(ability.value + own.value + item.value);
        const double surprise = (answer.right ? 1 : 0) - p;
        skill.move((answer.right ? 1 : 0) - sigmoid(ability.value + own.value + skill.value));
        item.move(surprise);
        ability.move(surprise);
        own.move(surprise);
      }
      before = &answer;
    }
  }
}

std::vector<float> EloBaseline::chances(const History& history) const {
  std::vector<float> chances;
  Rating ability;
  std::unordered_map<std::string, Rating> in_skill;
  const Answer* before = nullptr;
  for (const auto& answer : history) {
    auto& own = in_skill[answer.question.skill];
    const double p = sigmoid(ability.value + own.value + easiness(answer.question));
    chances.push_back(static_cast<float>(p));
    if (!isRetry(answer.question, before)) {
      const double surprise = (answer.right ? 1 : 0) - p;
      ability.move(surprise);
      own.move(surprise);
    }
    before = &answer;
  }
  return chances;
}

double LogisticBaseline::score(const Features& features) const {
  double sum = weights_[kInputs];
  for (std::size_t i = 0; i < kInputs; ++i) sum += weights_[i] * features[kPlain[i]];
  return sum;
}

void LogisticBaseline::fit(const std::vector<Features>& rows, const std::vector<bool>& right) {
  // Stochastic gradient descent with a falling step: enough for seven numbers.
  toolkit::Random random(1);
  const std::size_t steps = 8 * rows.size();
  for (std::size_t step = 0; step < steps; ++step) {
    const std::size_t at = random.below(rows.size());
    const double error = sigmoid(score(rows[at])) - (right[at] ? 1 : 0);
    const double rate = 0.02 * (1 - static_cast<double>(step) / static_cast<double>(steps));
    for (std::size_t i = 0; i < kInputs; ++i) weights_[i] -= rate * error * rows[at][kPlain[i]];
    weights_[kInputs] -= rate * error;
  }
}

float LogisticBaseline::chance(const Features& features) const {
  return static_cast<float>(sigmoid(score(features)));
}

}  // namespace primer::knowledge::workshop
