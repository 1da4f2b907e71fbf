#pragma once

// Texts that ask for other sounds than those that were said, and said rightly: what a reader does
// who says one sound for another, seen from the other side.

#include <utility>
#include <vector>

#include "primer/pronunciation/lexicon.h"
#include "primer/toolkit/random.h"

namespace primer::pronunciation::workshop {

using SoundRatings = std::vector<std::vector<float>>;    // of each sound by word, 0 to 2
using SoundPlace = std::pair<std::size_t, std::size_t>;  // word, place in it

inline constexpr float kRightSound = 1.99f;  // of 2: all raters hold it right

// One sound of about three words in ten, of those that all raters hold right, becomes another: a
// vowel for a vowel, a consonant for a consonant, half of them of the same kind, none that an
// established accent says there or that stands beside it anyway. Words have one way each.
std::vector<SoundPlace> replaceSounds(std::vector<TextWord>& text, const SoundRatings& ratings,
                                      toolkit::Random& random);

}  // namespace primer::pronunciation::workshop
