#pragma once

// Whether a text was said at all, and which of its words were left out: from a walk that may leave
// words out, one that may not, and one from which the word is taken away.

#include <array>
#include <cstddef>
#include <vector>

#include "primer/pronunciation/alignment.h"
#include "primer/pronunciation/scorer.h"

namespace primer::pronunciation {

// A walk through the text, and what the scorer says of it.
struct View {
  Alignment alignment;
  Scores scores;
};

// Whether what was said is another text than the one asked for.
bool isOtherText(const View& view);

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
