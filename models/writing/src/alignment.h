#pragma once

// Two texts laid beside each other, word by word.

#include <cstddef>
#include <span>
#include <vector>

#include "primer/writing/vocabulary.h"
#include "src/likeness.h"

namespace primer::writing {

// A text with what is counted of its words.
struct WeighedText {
  std::vector<Word> words;
  std::vector<float> weights;  // 0.1 for "the", up to 1 for what is rare; function words little

  float total() const;
};

WeighedText weigh(const Vocabulary& vocabulary, std::vector<Word> words);

// How well each word of one text is met by the other, 0..1, and where.
struct Coverage {
  std::vector<float> likeness;
  std::vector<int> place;  // in the other text; -1: nowhere

  // Weighted share of the text that is met; `left_out`, if not empty, has how far each word is not
  // to be counted (1: not at all).
  float share(const WeighedText& text, std::span<const float> left_out = {}) const;
};

// Function words are met by themselves only. Among equally like words the one nearest in order is
// taken.
Coverage cover(Likeness& likeness, const WeighedText& text, const WeighedText& by);

}  // namespace primer::writing
