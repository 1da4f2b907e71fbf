#include "primer/pronunciation/letter_rules.h"

namespace primer::pronunciation {

std::uint8_t letterCode(char letter) {
  if (letter >= 'a' && letter <= 'z') return static_cast<std::uint8_t>(letter - 'a' + 1);
  return letter == '\'' ? 27 : 0;
}

std::uint8_t letterClass(std::span<const std::uint8_t> tree, std::string_view word,
                         std::size_t at) {
  std::uint8_t found = 0;
  for (std::size_t depth = 0; depth <= kLetterPlaces.size(); ++depth) {
    if (tree.size() < 2) return found;
    found = tree[0];
    const std::size_t children = tree[1];
    if (children == 0 || depth == kLetterPlaces.size()) return found;
    const auto place = static_cast<std::ptrdiff_t>(at) + kLetterPlaces[depth];
    const bool inside = place >= 0 && place < static_cast<std::ptrdiff_t>(word.size());
    const unsigned letter = inside ? letterCode(word[static_cast<std::size_t>(place)]) : 0u;
    auto rest = tree.subspan(2);
    bool descended = false;
    for (std::size_t c = 0; c < children && !descended; ++c) {
      if (rest.size() < 2) return found;
      const bool leaf = (rest[0] & 0x80u) != 0;
      const bool fits = (rest[0] & 0x7fu) == letter;
      if (leaf) {
        if (fits) return rest[1];
        rest = rest.subspan(2);
        continue;
      }
      if (rest.size() < 4) return found;
      const std::size_t length = rest[1] | static_cast<std::size_t>(rest[2]) << 8 |
                                 static_cast<std::size_t>(rest[3]) << 16;
      if (length > rest.size() - 4) return found;
      if (fits) {
        tree = rest.subspan(4, length);
        descended = true;
      } else {
        rest = rest.subspan(4 + length);
      }
    }
    if (!descended) return found;
  }
  return found;
}

Pronunciation soundOut(std::span<const std::uint8_t> tree, const LetterClasses& classes,
                       std::string_view word) {
  Pronunciation phones;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto number = letterClass(tree, word, i);
    if (number >= classes.size()) continue;
    phones.insert(phones.end(), classes[number].begin(), classes[number].end());
  }
  return phones;
}

}  // namespace primer::pronunciation
