#pragma once

// What the knowledge model has to be better than, in the same run on the same
// learners.

#include <string>
#include <unordered_map>
#include <vector>

#include "primer/knowledge/answer.h"
#include "primer/knowledge/learner_state.h"

namespace primer::knowledge::workshop {

// Elo ratings (Pelánek 2016) of learner, learner in skill, and item. Items are
// rated by the class's history only, or by their author.
class EloBaseline {
 public:
  void fit(const std::vector<const History*>& histories);

  // The chance before each answer of one learner.
  std::vector<float> chances(const History& history) const;

 private:
  struct Rating {
    double value = 0;
    double answers = 0;
    double step() const { return 1.0 / (1 + 0.06 * answers); }
    void move(double surprise) {
      value += step() * surprise;
      ++answers;
    }
  };
  double easiness(const Question& question) const;

  std::unordered_map<std::string, Rating> items_;
  std::unordered_map<std::string, Rating> skills_;
  double base_ = 0.7;
};

// Logistic regression on six plain features: easiness, right and wrong answers
// at the skill and in all (Pavlik, Cen, Koedinger 2009), the streak.
class LogisticBaseline {
 public:
  // Rows of features, one after another.
  void fit(const std::vector<Features>& rows, const std::vector<bool>& right);
  float chance(const Features& features) const;

 private:
  static constexpr std::size_t kInputs = 6;
  double score(const Features& features) const;
  std::array<double, kInputs + 1> weights_{};
};

}  // namespace primer::knowledge::workshop
