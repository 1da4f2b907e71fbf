#pragma once

// What the grader learns from and is judged by: pupils' answers, our own, and made ones.

#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "answer_sets.h"
#include "primer/writing/answer_features.h"

namespace primer::writing::workshop {

inline constexpr float kUnknownTarget = std::numeric_limits<float>::quiet_NaN();

struct GradingSample {
  AnswerFeatures features;
  float right = kUnknownTarget;
  float sense = kUnknownTarget;
  float kept =
      kUnknownTarget;  // it has no other words in the place of those that the reference rests on
  float weight = 1;
  bool real = false;    // a pupil's answer: figures are of these
  bool school = false;  // one of ours, by question: figures of their own
};

// Makes samples of answers, each question made ready once. Refers to the vocabulary. One thread.
class GradingSamples {
 public:
  using Answers = std::vector<const GradedAnswer*>;
  using Samples = std::vector<GradingSample>;

  explicit GradingSamples(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  const GradedQuestion& questionOf(const Question& question);
  GradingSample real(const GradedAnswer& answer);
  // One of our own answers is two samples: whether it is right counts less than what pupils wrote,
  // whether it keeps the reference's words counts as much.
  void addSchool(const Answers& answers, float weight, Samples& samples);
  // What games the grader (tricks.h), made of answers that may teach.
  void addTricks(const Answers& answers, Samples& samples);
  // Right answers, with other words in the place of those that they rest on.
  void addOtherWords(const Answers& answers, Samples& samples);

 private:
  void addMade(const Question& question, const std::string& text, float right, float sense,
               float weight, Samples& samples);

  const Vocabulary& vocabulary_;
  std::map<std::string, std::unique_ptr<GradedQuestion>> ready_;
};

}  // namespace primer::writing::workshop
