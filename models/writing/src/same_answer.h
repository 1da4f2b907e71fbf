#pragma once

// An answer that is a reference, but for spelling.

#include <cstdint>
#include <vector>

#include "primer/writing/vocabulary.h"
#include "primer/writing/words.h"

namespace primer::writing {

enum class Sameness : std::uint8_t {
  kOther,
  kShuffled,  // its words, five or more, in an order that keeps few neighbours together
  kSame,      // word for word, but for slips of the pen
  kNegated,   // the same when negations are left out on both sides, and not with them
};

Sameness sameness(const Vocabulary& vocabulary, const std::vector<Word>& answer,
                  const std::vector<Word>& reference);

}  // namespace primer::writing
