#pragma once

// Whether a word of the text was left out, from a walk that may leave words out, one that may not,
// and one from which the word is taken away.

#include <array>

#include "src/judgement.h"

namespace primer::pronunciation {

// What was heard of a text. `forced` is of a walk in which every word is said: a word that was not
// is squeezed into a few steps there, or heard where something else sounds.
struct Walks {
  const std::vector<TextWord>& text;
  const Posteriors& posteriors;
  const View& first;
  const View& forced;
};

inline constexpr std::size_t kOmissionFeatures = 16;
using OmissionFeatures = std::array<float, kOmissionFeatures>;

// What speaks for and against a word that the forced walk holds.
OmissionFeatures omissionFeatures(const Walks& walks, std::size_t word);

// Whether a word is doubted at all, so that the witnesses are asked.
bool doubted(const Walks& walks, std::size_t word);

bool leftOut(const Walks& walks, std::size_t word);

}  // namespace primer::pronunciation
