#include "grading_samples.h"

#include <map>
#include <utility>

#include "tricks.h"

namespace primer::writing::workshop {

const GradedQuestion& GradingSamples::questionOf(const Question& question) {
  auto& ready = ready_[question.id];
  if (ready == nullptr) {
    ready = std::make_unique<GradedQuestion>(vocabulary_, question.text, question.references);
  }
  return *ready;
}

GradingSample GradingSamples::real(const GradedAnswer& answer) {
  GradingSample sample;
  sample.features = questionOf(*answer.question).features(answer.text);
  sample.right = answer.grade == Grade::kRight ? 1 : 0;
  sample.sense = 1;
  if (answer.grade == Grade::kRight) sample.kept = 1;
  sample.real = true;
  return sample;
}

void GradingSamples::addSchool(const Answers& answers, float weight, Samples& samples) {
  for (const auto* answer : answers) {
    auto sample = real(*answer);
    sample.real = false;
    sample.school = true;
    sample.weight = weight;
    sample.kept = kUnknownTarget;
    samples.push_back(sample);
    if (answer->grade == Grade::kPartly) continue;
    sample.kept = answer->grade == Grade::kRight ? 1 : 0;
    sample.right = kUnknownTarget;
    sample.weight = 1;
    samples.push_back(std::move(sample));
  }
}

void GradingSamples::addMade(const Question& question, const std::string& text, float right,
                             float sense, float weight, Samples& samples) {
  if (text.empty()) return;
  GradingSample sample;
  sample.features = questionOf(question).features(text);
  sample.right = right;
  sample.sense = sense;
  sample.weight = weight;
  samples.push_back(std::move(sample));
}

void GradingSamples::addTricks(const Answers& answers, Samples& samples) {
  constexpr float kTrick = 0.3f;  // of a pupil's answer's weight
  Random random(0x7212, 5);
  std::vector<std::string> references;
  std::map<std::string, std::shared_ptr<const Question>> questions;
  for (const auto* answer : answers) questions.emplace(answer->question->id, answer->question);
  for (const auto& [id, question] : questions) {
    references.insert(references.end(), question->references.begin(), question->references.end());
  }
  for (const auto& [id, question] : questions) {
    for (const auto& reference : question->references) {
      addMade(*question, reference, 1, 1, kTrick, samples);
      addMade(*question, misspelt(reference, 3, random), 1, 1, kTrick, samples);
      for (int i = 0; i < 3; ++i) {
        addMade(*question, withNot(reference, random), 0, 1, kTrick, samples);
        addMade(*question, shuffled(reference, random), kUnknownTarget, 0, 1, samples);
      }
      addMade(*question, repeatedWord(vocabulary_, reference, random), 0, kUnknownTarget, kTrick,
              samples);
    }
    addMade(*question, question->text, 0, 1, kTrick, samples);
    addMade(*question, wordSalad(references, 6 + random.below(14), random), 0, 0, kTrick, samples);
    addMade(*question, references[random.below(references.size())], 0, 1, kTrick, samples);
  }
  for (const auto* answer : answers) {
    addMade(*answer->question, shuffled(answer->text, random), kUnknownTarget, 0, 1, samples);
    if (answer->grade == Grade::kRight && random.chance(0.3)) {
      addMade(*answer->question, withNot(answer->text, random), 0, 1, kTrick, samples);
    }
  }
}

void GradingSamples::addOtherWords(const Answers& answers, Samples& samples) {
  constexpr int kOfReference = 6;
  Random random(0x07e2, 5);
  std::map<std::string, std::shared_ptr<const Question>> questions;
  std::vector<std::string> references;
  for (const auto* answer : answers) {
    if (!questions.emplace(answer->question->id, answer->question).second) continue;
    references.insert(references.end(), answer->question->references.begin(),
                      answer->question->references.end());
  }
  const OtherWords others(vocabulary_, references);
  const auto add = [&](const Question& question, const std::string& text, float kept) {
    if (text.empty()) return;
    GradingSample sample;
    sample.features = questionOf(question).features(text);
    sample.kept = kept;
    samples.push_back(std::move(sample));
  };
  for (const auto& [id, question] : questions) {
    for (const auto& reference : question->references) {
      add(*question, misspelt(reference, 3, random), 1);
      for (int i = 0; i < kOfReference; ++i) {
        add(*question, others.in(reference, question->text, random), 0);
      }
    }
  }
  for (const auto* answer : answers) {
    if (answer->grade != Grade::kRight) continue;
    add(*answer->question, others.in(answer->text, answer->question->text, random), 0);
  }
}

}  // namespace primer::writing::workshop
