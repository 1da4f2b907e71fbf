#pragma once

// Whether a text was said at all, and which of its words were left out: from a walk that may leave
// words out, one that may not, and ones from which the word is taken away. A small int8 net weighs
// what they say.

#include <array>
#include <cstddef>
#include <filesystem>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/alignment.h"
#include "primer/pronunciation/panel.h"
#include "primer/pronunciation/scorer.h"
#include "primer/pronunciation/substitution.h"
#include "primer/pronunciation/witness_net.h"

namespace primer::pronunciation {

// A walk through the text, and what the nets for sounds say of it.
struct View {
  Alignment alignment;
  Scores scores;
  std::vector<float> replaced;  // log odds of each of the scores' phones (SubstitutionFinder)
};
// `panel` has heard the recording.
Result<View> viewOf(Alignment walk, const Posteriors& posteriors, Scorer& scorer, Panel& panel,
                    SubstitutionFinder& substitutions);

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

inline constexpr std::size_t kOmissionFeatures = 44;
using OmissionFeatures = std::array<float, kOmissionFeatures>;

// What speaks for and against a word that the forced walk holds: the word by itself, beside its
// neighbours, and beside how the reader says the rest.
OmissionFeatures omissionFeatures(const Walks& walks, std::size_t word);

// Whether a word is doubted at all, so that the witnesses are asked.
bool doubted(const Walks& walks, std::size_t word);

// The log odds from which on a word counts as left out: to be told that one left out a word is
// worse than not to be.
inline constexpr float kLeastOmissionOdds = 0.1f;

// One thread at a time.
class OmissionFinder {
 public:
  // kUnsupported for a file that is no such net.
  static Result<OmissionFinder> open(const std::filesystem::path& file);
  static Result<OmissionFinder> openShipped();  // pronunciation-omissions.tflite

  // The log odds that a word was left out; far under 0 where nobody doubts it, far over it where
  // the forced walk cannot hold it.
  Result<float> odds(const Walks& walks, std::size_t word);

  Result<bool> leftOut(const Walks& walks, std::size_t word);

 private:
  explicit OmissionFinder(WitnessNet net) : net_(std::move(net)) {}

  WitnessNet net_;
};

}  // namespace primer::pronunciation
