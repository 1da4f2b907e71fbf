#pragma once

// What the knowledge model knows of a pupil: questions asked and whether they were answered
// rightly.

#include <optional>
#include <string>
#include <vector>

namespace primer::knowledge {

// Skills and items are named by whoever wrote the lesson; the model knows no name and learns none.
// Equal names are equal things. An empty name is an unknown one, equal to no other.
struct Question {
  std::string skill;
  std::string item;
  // Seconds of any clock: may be missing, jump, stand still or run backwards.
  std::optional<double> at = {};
  // The share of pupils whom the author expects to fail, 0..1.
  std::optional<double> difficulty = {};
};

struct Answer {
  Question question;
  bool right = false;
};

// One learner's answers, in the order in which they were given.
using History = std::vector<Answer>;

// A second try at once: the same item as the answer before. Retries are weaker evidence and are
// left out of every figure.
bool isRetry(const Question& question, const Answer* before);

}  // namespace primer::knowledge
