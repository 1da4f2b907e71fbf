#pragma once

// The graph that align() walks.

#include <vector>

#include "primer/pronunciation/alignment.h"
#include "primer/pronunciation/best_path.h"

namespace primer::pronunciation {

// Units beyond those of the acoustic model.
inline constexpr std::int32_t kAnyPhoneUnit = kUnits;  // speech, whatever it is
inline constexpr std::int32_t kPauseUnit = kUnits + 1;
inline constexpr std::size_t kPassageUnits = kUnits + 2;

struct PassageGraph {
  enum class Kind : std::uint8_t { kWord, kPause, kForeign };
  struct Place {
    Kind kind = Kind::kPause;
    std::int32_t word = 0;  // for pauses and foreign speech: the word that comes after
    std::int32_t way = 0;
    std::int32_t phone = 0;
  };
  PathGraph path;
  std::vector<Place> places;  // of every node
};

PassageGraph passageGraph(const std::vector<TextWord>& text, const AlignmentOptions& options);

// A step's scores of all kPassageUnits.
void passageScores(std::span<const float> posteriors, const AlignmentOptions& options,
                   std::span<float> scores);

// The score of the likeliest walk through some steps in which all words are said once, with other
// speech between them at the options' price.
double walkScore(const std::vector<TextWord>& text, const Posteriors& posteriors, StepRange steps,
                 AlignmentOptions options);

}  // namespace primer::pronunciation
