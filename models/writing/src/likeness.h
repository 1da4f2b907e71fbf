#pragma once

// How near two words are to saying the same.

#include <string>
#include <string_view>
#include <unordered_map>

#include "primer/writing/vocabulary.h"

namespace primer::writing {

// Insertions, deletions, changes and swaps of neighbours between two words (optimal string
// alignment), or `most` + 1 where there are more. Words are at most 64 bytes long.
int spellingDistance(std::string_view a, std::string_view b, int most);

// Remembers what it was asked. Refers to the vocabulary. One thread.
class Likeness {
 public:
  explicit Likeness(const Vocabulary& vocabulary) : vocabulary_(&vocabulary) {}

  // 1: the same word; .95 a form of it, or a misspelling; .8 a word of nearly the same sense; .7 of
  // one family ("evaporate", "evaporator"); else 0. Between: the more letters are off, the less.
  float of(const Word& a, const Word& b);

 private:
  float compute(const Word& a, const Word& b) const;

  const Vocabulary* vocabulary_;
  std::unordered_map<std::string, float> known_;
};

}  // namespace primer::writing
