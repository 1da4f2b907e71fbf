#pragma once

// A reference answer clause by clause: a pupil who says one of its sentences in full has often said
// what was asked, where the words of all of them together would call it half.

#include <cstddef>

#include "src/pair_numbers.h"

namespace primer::writing {

// How much of what a clause says beyond the question is met, over the reference's clauses.
struct ClauseFigures {
  float most = 0;
  float least = 0;
  float mean = 0;
  float first = 0;
  float last = 0;
};

// Clauses begin with a sentence and at "and", "because", "so" and the like, once the one before has
// two weighty words. What says hardly anything beyond the question counts as a whole, by half.
ClauseFigures clausesOf(const Comparison& comparison);

// Weighty words of the reference that the question does not have.
struct FreshWords {
  std::size_t met = 0;  // different ones
  bool all = false;     // all of them are met, and there are some
  float rarest = 0;     // how far the rarest that is met comes up to the rarest of all, 0..1
};

FreshWords freshWordsOf(const Comparison& comparison);

}  // namespace primer::writing
