#pragma once

// What an answer and its nearest reference share: words, letters, their order, and how long they
// are.

#include "src/number_list.h"
#include "src/pair_numbers.h"

namespace primer::writing {

void putOverlap(const PairTexts& texts, NumberList& out);
void putLetters(const PairTexts& texts, NumberList& out);
void putOrder(const PairTexts& texts, NumberList& out);
void putLengths(const PairTexts& texts, NumberList& out);

}  // namespace primer::writing
