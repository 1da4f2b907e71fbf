#pragma once

// Whether a word of the text was left out, from a walk that may leave words out and one that may
// not.

#include "src/judgement.h"

namespace primer::pronunciation {

// `forced` is of a walk in which every word is said: a word that was not is squeezed into a few
// steps there, or heard where something else sounds. Doubt is not enough: every witness must speak
// against the word, for being told that one left out a word that one said is worse than not being
// told.
bool leftOut(const View& first, const View& forced, const Posteriors& posteriors, std::size_t word);

}  // namespace primer::pronunciation
