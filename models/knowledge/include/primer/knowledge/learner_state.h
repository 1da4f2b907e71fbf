#pragma once

// What one learner's answers so far come to, as numbers without names: the input of the knowledge
// model. Streaming: an answer costs O(1), whatever came before.
//
// The promise that every chance of success of this room stands on: *each signed feature can only
// rise with a right answer and only fall with a wrong one, for every question of the same skill;
// can only fall as a question becomes harder or as time goes by.* It holds for an answer added at
// the end and for one that is changed in the middle. So a function that rises with its inputs keeps
// the laws that teachers expect, whatever its weights: the network and the class's own head are
// held to that (weights not below 0). Features that these things do not touch (what is known, how a
// class found a skill) come twice, with either sign, which leaves a function free in them.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "primer/knowledge/answer.h"
#include "primer/knowledge/class_difficulty.h"

namespace primer::knowledge {

inline constexpr std::size_t kSignedFeatures = 22;
inline constexpr std::size_t kFreeFeatures = 7;
inline constexpr std::size_t kFeatureCount = kSignedFeatures + 2 * kFreeFeatures;
// Places of some of them.
inline constexpr std::size_t kEasinessFeature = 0;
inline constexpr std::size_t kAbilityFeature = 1;
inline constexpr std::size_t kSkillAbilityFeature = 3;
using Features = std::array<float, kFeatureCount>;

// Used by one thread at a time.
class LearnerState {
 public:
  // What is known before the answer to `question`. Each number is about -3..3.
  Features features(const Question& question, const Easiness& easiness) const;

  // The answer was given. `easiness` is the question's as at features().
  void observe(const Answer& answer, const Easiness& easiness);

  std::size_t answers() const { return answers_; }

 private:
  // An estimate of ability in the manner of Elo: moved by surprise, less and less.
  struct Ability {
    double value = 0;
    double answers = 0;
    void learn(bool right, double easiness, double weight, double least_step, double spread);
  };
  struct Counts {
    double right = 0;
    double wrong = 0;
    int streak = 0;  // right answers running, or minus the wrong ones
    void add(bool right, double weight);
  };
  struct Skill {
    Ability ability;
    double quick = 0;
    Counts counts;
    std::size_t last_right = 0;           // number of the answer; 0: none
    std::optional<double> last_right_at;  // the latest clock reading
  };
  struct Item {
    Counts counts;
  };

  Ability ability_;
  double quick_ = 0;
  Counts counts_;
  std::size_t answers_ = 0;
  std::optional<Answer> before_;
  std::unordered_map<std::string, Skill> skills_;
  std::unordered_map<std::string, Item> items_;
};

}  // namespace primer::knowledge
