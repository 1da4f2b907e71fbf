#pragma once

// What a stretch of sounds would be worth if one of them were another, or were not there: each
// guess walks the stretch anew, so that a sound said wrong is no worse for having been aligned
// badly.

#include <array>
#include <cstddef>

#include "primer/pronunciation/alignment.h"

namespace primer::pronunciation {

// Natural logarithms, over the walk in which the wanted sound stands.
struct Replacements {
  std::array<float, kPhones> gain{};         // of each phone in its place; 0 for the wanted one
  std::array<std::size_t, kPhones> steps{};  // how long it lasts then
  float without = 0;                         // of the sound left out
};

// For the sound at `at` of `sounds`, which stand one beside the other; those about it may move
// their ends. Two to each side are looked at.
Replacements replacementsOf(const Posteriors& posteriors, const std::vector<SaidPhone>& sounds,
                            std::size_t at);

}  // namespace primer::pronunciation
