#pragma once

// The numbers of answer_features.h.

#include <array>
#include <string>
#include <vector>

#include "primer/writing/answer_features.h"
#include "src/alignment.h"

namespace primer::writing {

// An answer beside one reference.
struct Comparison {
  WeighedText reference;
  Coverage met;    // of the reference, by the answer
  Coverage used;   // of the answer, by the reference
  Coverage asked;  // of the reference, by the question
  float recall = 0;
  float precision = 0;

  float f1() const {
    return recall + precision > 0 ? 2 * recall * precision / (recall + precision) : 0;
  }
};

// Which words of a reference an answer puts others in the place of (substitutions.h).
struct Substitutions {
  float fresh = 0;         // share, by weight, of the reference's words beyond the question
  float all = 0;           // of all its weighty words
  bool rarest = false;     // the rarest of those beyond the question is among them
  int by_opposite = 0;     // words whose opposite stands in their place
  int by_kind = 0;         // words in whose place another of their kind stands
  bool exchanged = false;  // two of its words stand in each other's place: "rises in the west and
                           // sets in the east"

  bool contrary() const { return by_opposite > 0 || by_kind > 0 || exchanged; }
};

struct PairTexts {
  const Vocabulary& vocabulary;
  const WeighedText& answer;
  const WeighedText& question;
  const Coverage& answer_in_question;
  const std::vector<Comparison>& comparisons;
  std::size_t nearest;
  const Substitutions& substitutions;  // of the nearest reference

  const Comparison& best() const { return comparisons[nearest]; }
};

void writePairNumbers(const PairTexts& texts, std::array<float, kPairNumbers>& numbers);

// One of the two says "not" where the other does not.
bool negationDiffers(const PairTexts& texts);
// The answer has the opposite of a word of the reference, which it does not have.
bool saysOpposite(const PairTexts& texts);

}  // namespace primer::writing
