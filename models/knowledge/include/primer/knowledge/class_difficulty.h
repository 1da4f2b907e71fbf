#pragma once

// How easy questions are for a class, from the answers of its pupils: item response theory with one
// parameter (Rasch 1960), items inside skills inside the class, every level shrunk towards the one
// above by as much as the answers themselves ask for (empirical Bayes). What is not known of an
// item is said by its skill, its author or the class as a whole, so a question never seen has an
// estimate.

#include <cstddef>
#include <span>
#include <string>
#include <unordered_map>

#include "primer/knowledge/answer.h"

namespace primer::knowledge {

// All in logits of success for a pupil of middling ability: higher is easier.
struct Easiness {
  double logit = 0;  // everything together
  double skill = 0;  // the skill's part
  double item = 0;   // the item's part
  // Answers behind the parts.
  double skill_answers = 0;
  double item_answers = 0;
  bool author = false;  // the author's difficulty was given
};

// The logit of success that an author's difficulty speaks of; bounded to +-3.
double authorLogit(double difficulty);

// Immutable; safe to share between threads.
class ClassDifficulty {
 public:
  // Of a class of which nothing is known: only what authors say counts.
  ClassDifficulty() = default;

  // From first attempts (retries are passed over). Answers of all histories count alike. Linear in
  // the number of answers; the same histories give the same numbers.
  static ClassDifficulty fit(std::span<const History* const> histories);

  // Never falls as the author's difficulty falls.
  Easiness of(const Question& question) const;

  std::size_t answers() const { return answers_; }

 private:
  struct Part {
    double logit = 0;
    double answers = 0;
  };
  std::size_t answers_ = 0;
  double base_ = 0.8;          // middling success where no author speaks: 69 %
  double author_slope_ = 0.8;  // authors' scale, stretched to the class's
  double author_base_ = 0.1;
  std::unordered_map<std::string, Part> skills_;
  std::unordered_map<std::string, Part> items_;

  friend struct DifficultyFit;
};

}  // namespace primer::knowledge
