#pragma once

// In what order, and turned by which words, one text says what another says.

#include <cstddef>

#include "src/alignment.h"
#include "src/pair_numbers.h"

namespace primer::writing {

struct OrderFigures {
  float in_order = 0;         // longest run of met words in the same order, of all words
  float in_order_of_met = 0;  // of those that are met
  float neighbours = 0;  // pairs of neighbours that are (nearly) neighbours there, of all pairs
  float neighbours_of_met = 0;
  float inverted = 0;  // pairs of met weighty words that stand the other way round
  float spread = 0;    // how far apart the met words stand there, by its length
};

OrderFigures orderOf(const WeighedText& text, const Coverage& coverage, std::size_t other_length);

// Share of a text's pairs of neighbouring words (by stem) that the other text has too.
float samePairs(const WeighedText& text, const WeighedText& other);

// Which words stand under a negation in one text or in the other.
struct Negations {
  int in_text = 0;
  int in_other = 0;
  int text_only = 0;   // met words that are negated here and not there
  int other_only = 0;  // the other way round
  int both = 0;
};
Negations negations(const WeighedText& text, const WeighedText& other, const Coverage& coverage);

// Words of the answer that are so related (the opposite, of one kind) to a word of the reference
// which the answer lacks.
using VocabularyRelation = bool (Vocabulary::*)(std::string_view, std::string_view) const;
int relatedIn(const Vocabulary& vocabulary, VocabularyRelation relation, const WeighedText& answer,
              const Comparison& comparison);

}  // namespace primer::writing
