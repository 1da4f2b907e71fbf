#pragma once

// The lexicon's file, little endian:
//   "PRLX1\n\0\0"                                       8 bytes
//   u32 bytes of the classes, u32 of the tree, u32 of the exceptions, u32 exceptions
//   classes:    each the number of its phones, then these
//   tree:       letter_rules.h
//   exceptions: sorted words; each: letters shared with the word before (0 for every 32nd), further
//               letters, these, number of ways, each: number of phones, these
//   then text: where it comes from, under which licence

#include <array>
#include <cstddef>

namespace primer::pronunciation {

inline constexpr std::array<char, 8> kLexiconMagic = {'P', 'R', 'L', 'X', '1', '\n', 0, 0};
inline constexpr std::size_t kLexiconHeader = 24;
inline constexpr std::size_t kLexiconBlock = 32;  // exceptions from one whole word to the next

}  // namespace primer::pronunciation
