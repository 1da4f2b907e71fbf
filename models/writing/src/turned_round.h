#pragma once

// Answers that have a reference's words and say of one thing what the reference says of the other:
// "water is less dense than ice", "a bat has feathers" beside "a bat has fur; a bird has feathers".

#include "src/alignment.h"
#include "src/pair_numbers.h"

namespace primer::writing {

// Only what is written in so many words is seen: sides of one "than", and parts that the reference
// sets against each other by a new sentence, ";", "but", "while" or "whereas", each of a subject.
bool turnedRound(const Vocabulary& vocabulary, const WeighedText& answer,
                 const Comparison& comparison);

}  // namespace primer::writing
