#pragma once

// Which letters of a word stand for which of its sounds, so that a sound can be shown under its
// letters: "three" is th, r, ee.
//
// The lexicon's letter-to-sound rules say what each letter stands for in such a word; the word's
// own sounds are aligned with that at the least cost (dynamic programming), so words that break the
// rules are spelled sensibly as well.

#include <cstddef>
#include <string_view>
#include <vector>

#include "primer/pronunciation/lexicon.h"

namespace primer::pronunciation {

// Some letters and the sounds that they stand for together: "x" is two sounds, "ee" one.
struct SpelledSounds {
  std::size_t first_byte = 0, bytes = 0;  // of the word, whole UTF-8 characters; never empty
  std::size_t first_phone = 0, phones = 0;
  friend bool operator==(const SpelledSounds&, const SpelledSounds&) = default;
};

// The parts cover the word and its sounds from left to right without a gap, and each has at least
// one sound. Empty where the word or its sounds are.
std::vector<SpelledSounds> spell(const Lexicon& lexicon, std::string_view written,
                                 const Pronunciation& phones);

}  // namespace primer::pronunciation
