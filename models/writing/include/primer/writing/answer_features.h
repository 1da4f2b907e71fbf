#pragma once

// A question, its reference answers and a pupil's answer as the numbers that the grading model
// sees.
//
// Both texts are aligned word by word (likeness by form, spelling and sense). What is counted: how
// much of what a reference says the answer says, and how much of what the answer says is in the
// reference, in the question, or nowhere; words weighted by how rare they are; what is new beyond
// the question; order and neighbours; negations and opposites on either side; numbers and labels;
// letters in common; length; repetition. After overlap features of Dzikovska et al. 2013
// (SemEval-2013 task 7), Jimenez et al. 2013 (soft cardinality) and Sultan et al. 2016 (alignment
// without the question's words).

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "primer/writing/vocabulary.h"
#include "primer/writing/words.h"

namespace primer::writing {

inline constexpr std::size_t kPairNumbers = 104;

// Hashed word and letter sequences, each in its own part of one long vector of 0s and some weights.
struct Bucket {
  std::uint32_t at = 0;
  float weight = 0;
};
inline constexpr std::uint32_t kOrderBuckets = 1024;  // neighbours in the answer, by kind of word
inline constexpr std::uint32_t kQuestionBuckets = 16384;  // words of the answer to this question

struct MissedWord {
  std::string text;    // as the reference has it
  float weight = 0;    // how much of what the reference says rests on it
  bool asked = false;  // stands in the question
};

struct MetWord {
  std::string text;         // as the pupil says it
  bool other_word = false;  // of nearly the same sense: too little to be praised by itself
};

struct AnswerFeatures {
  std::array<float, kPairNumbers> numbers{};
  std::vector<Bucket> order;
  std::vector<Bucket> question;
  Bucket question_itself;          // how hard this question is, apart from its words
  std::uint64_t question_key = 0;  // of the question's words

  // For feedback, by the reference that is nearest to the answer; without names of people and words
  // that say too little to be named.
  std::size_t nearest_reference = 0;
  std::vector<MissedWord> missed;  // heaviest first
  // Words of the reference that the answer has, each once: the question's last, else heaviest
  // first.
  std::vector<MetWord> met;
  float new_recall = 0;  // share of what the reference says beyond the question that is met
  float novelty = 0;     // share of the answer's weighty words that are not the question's
  bool negation_differs = false;
  bool opposite = false;  // says the opposite of a word of the reference
  // In the place of a word of the reference stands its opposite or another of its kind, or two of
  // its words are exchanged.
  bool other_in_place = false;
  bool turned_round = false;  // says of one thing what the reference says of the other
};

// A question made ready, for any number of answers.
class GradedQuestion {
 public:
  // At most 16 references, 200 words of each and of the question, are looked at.
  GradedQuestion(const Vocabulary& vocabulary, std::string_view question,
                 std::span<const std::string> references);

  // Bounded: at most 300 words of the answer are looked at.
  AnswerFeatures features(std::string_view answer) const;

  bool hasReferences() const { return !references_.empty(); }
  std::uint64_t key() const { return key_; }

 private:
  const Vocabulary* vocabulary_;
  std::vector<Word> question_;
  std::vector<std::vector<Word>> references_;
  std::uint64_t key_ = 0;
};

// Names of the numbers, in order, for people who look at them.
std::vector<std::string> pairNumberNames();

}  // namespace primer::writing
