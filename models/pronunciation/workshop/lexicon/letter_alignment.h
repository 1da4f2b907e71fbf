#pragma once

// Which letter stands for which phones, in all words of a dictionary: found by expectation and
// maximisation over the likeliest alignments, each letter taking none to two phones.

#include <string>
#include <vector>

#include "data/dictionary.h"

namespace primer::pronunciation::workshop {

struct SpelledWord {
  std::string word;
  std::vector<Pronunciation> letters;  // of every letter
};

// First pronunciations only; words of other signs than letters and apostrophes, and those with more
// than two phones a letter, are left out.
std::vector<SpelledWord> alignLetters(const Dictionary& dictionary, int rounds);

}  // namespace primer::pronunciation::workshop
