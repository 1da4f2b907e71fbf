#pragma once

// Which words of a text were said, and when: a walk through the text that may pause, leave words
// out, put others in, go back and say words again.

#include <cstdint>
#include <vector>

#include "primer/pronunciation/acoustic_model.h"
#include "primer/pronunciation/lexicon.h"

namespace primer::pronunciation {

// Steps first .. last-1 of the posteriors.
struct StepRange {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t size() const { return last - first; }
};

struct SaidPhone {
  Phone phone = 0;
  StepRange steps;
};

struct WordFound {
  std::size_t way = 0;            // of the word's ways
  std::vector<SaidPhone> phones;  // none: the word was left out
  std::size_t repeats = 0;        // times that it had been begun before
  StepRange steps() const { return {phones.front().steps.first, phones.back().steps.last}; }
};

// Speech that is none of the text's words.
struct ForeignSpeech {
  std::size_t before = 0;  // the word that comes after it; words.size() at the end
  StepRange steps;
};

struct Alignment {
  std::vector<WordFound> words;  // one for each of the text
  std::vector<ForeignSpeech> foreign;
  std::size_t repetitions = 0;  // words said again; the last time counts
};

// Natural logarithms, added to a walk's score. The units' priors are taken off: else silence, the
// most frequent of all, would take the fading ends of words, and common phones the edges of rare
// ones.
struct AlignmentOptions {
  float omission = -9;    // of every word left out
  float insertion = -7;   // of speech that is none of the words
  float foreign = -1.3f;  // for each step of it, under the likeliest phone's score
  float repetition = -10;
  float prior = 1;  // how much of the units' priors (acoustic_model.h) is taken off
};

// For words that are known to have been said: a badly said sound is no reason to doubt them.
AlignmentOptions carefulAlignment();

// The words of `first` that were found, aligned again as words that were said.
Alignment alignFound(const std::vector<TextWord>& text, const Posteriors& posteriors,
                     const Alignment& first, const AlignmentOptions& options = carefulAlignment());

// Every word that cannot be walked is left out, also where nothing was said at all.
Alignment align(const std::vector<TextWord>& text, const Posteriors& posteriors,
                const AlignmentOptions& options = {});

}  // namespace primer::pronunciation
