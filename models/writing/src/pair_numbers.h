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

struct PairTexts {
  const Vocabulary& vocabulary;
  const WeighedText& answer;
  const WeighedText& question;
  const Coverage& answer_in_question;
  const std::vector<Comparison>& comparisons;
  std::size_t nearest;

  const Comparison& best() const { return comparisons[nearest]; }
};

void writePairNumbers(const PairTexts& texts, std::array<float, kPairNumbers>& numbers);

// One of the two says "not" where the other does not.
bool negationDiffers(const PairTexts& texts);
// The answer has the opposite of a word of the reference, which it does not have.
bool saysOpposite(const PairTexts& texts);

}  // namespace primer::writing
