#pragma once

// Letter-to-sound rules: a tree over the letters around a letter that says which phones it stands
// for (IGTree, Daelemans, van den Bosch and Weijters 1997). Made by the workshop's
// pronunciation-lexicon, read here.
//
// In bytes, a node is: its class (what its letter stands for where no child fits), the number of
// children, then each child: its letter, | 0x80 and one byte of class where it has none itself,
// else three bytes of length (low first) and the child.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "primer/pronunciation/phones.h"

namespace primer::pronunciation {

// 1..26 letters, 27 the apostrophe, 0 outside of the word.
std::uint8_t letterCode(char letter);

// The places that are looked at, in this order, seen from the letter: 0 is itself.
inline constexpr std::array<int, 10> kLetterPlaces = {0, 1, -1, 2, -2, 3, -3, 4, -4, 5};

// The class of letter `at` of a word in lower case; 0 where the tree is damaged.
std::uint8_t letterClass(std::span<const std::uint8_t> tree, std::string_view word, std::size_t at);

// What the classes stand for.
using LetterClasses = std::vector<Pronunciation>;

Pronunciation soundOut(std::span<const std::uint8_t> tree, const LetterClasses& classes,
                       std::string_view word);

}  // namespace primer::pronunciation
