#include "src/turned_round.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace primer::writing {

namespace {

template <std::size_t N>
bool isOneOf(const Word& word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word.text) != words.end();
}

std::ptrdiff_t countOf(const std::vector<Word>& words, std::size_t begin, std::size_t end,
                       const Word& word) {
  const auto at = [&](std::size_t i) { return words.begin() + static_cast<std::ptrdiff_t>(i); };
  return std::count_if(at(begin), at(end),
                       [&](const Word& other) { return other.stem == word.stem; });
}

// Where a text's only "than" stands.
std::optional<std::size_t> onlyThan(const std::vector<Word>& words) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].text != "than") continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

// "Ice is less dense than water": both things change sides, and what compares them stays.
bool comparedTheOtherWay(const Vocabulary& vocabulary, const WeighedText& answer,
                         const Comparison& comparison) {
  const auto& reference = comparison.reference.words;
  const auto than = onlyThan(reference), own_than = onlyThan(answer.words);
  if (!than || !own_than) return false;
  bool to_right = false, to_left = false, other_comparison = false;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const auto& word = reference[i];
    if (word.function) continue;
    if (comparison.met.place[i] < 0) {  // "more" for "less" turns it round once more
      for (std::size_t j = 0; j < *own_than && i < *than; ++j) {
        other_comparison = other_comparison || vocabulary.opposite(word.stem, answer.words[j].stem);
      }
      continue;
    }
    if (countOf(reference, 0, reference.size(), word) > 1) continue;  // on both sides, may be
    const auto place = static_cast<std::size_t>(comparison.met.place[i]);
    if (countOf(answer.words, 0, answer.words.size(), answer.words[place]) > 1) continue;
    to_right = to_right || (i < *than && place > *own_than);
    to_left = to_left || (i > *than && place < *own_than);
  }
  return to_right && to_left && !other_comparison;
}

// One of the parts that a reference sets against each other.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::optional<std::size_t> subject;  // its first weighty word that the other parts lack
  std::vector<std::size_t> said;       // further ones
};

bool beginsPart(const Word& word) {
  static constexpr std::array<std::string_view, 3> kContrasting = {"while", "whereas", "but"};
  return word.sentence_start || word.clause_start || isOneOf(word, kContrasting);
}

// Before a subject there is nothing but such words.
bool leadsIn(const Word& word) {
  static constexpr std::array<std::string_view, 8> kLeading = {"a",   "an",      "the", "while",
                                                               "but", "whereas", "all", "most"};
  return isOneOf(word, kLeading);
}

bool pointsBack(const Word& word) {
  static constexpr std::array<std::string_view, 5> kPronouns = {"it", "them", "they", "one",
                                                                "ones"};
  return isOneOf(word, kPronouns);
}

std::vector<Part> partsOf(const std::vector<Word>& words) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == 0 || beginsPart(words[i])) parts.push_back({i, i, {}, {}});
    parts.back().end = i + 1;
  }
  for (auto& part : parts) {
    bool leading = true;
    for (std::size_t i = part.begin; i < part.end; ++i) {
      const bool in_others = countOf(words, 0, words.size(), words[i]) >
                             countOf(words, part.begin, part.end, words[i]);
      if (!words[i].function && !in_others) {
        if (part.subject) {
          part.said.push_back(i);
        } else if (leading) {
          part.subject = i;
        }
      }
      leading = leading && leadsIn(words[i]);
    }
  }
  // What another part only points back to ("and dark ones absorb it") is said there too.
  for (auto& part : parts) {
    const bool pointed_to = std::any_of(parts.begin(), parts.end(), [&](const Part& other) {
      return other.begin != part.begin &&
             std::any_of(words.begin() + static_cast<std::ptrdiff_t>(other.begin),
                         words.begin() + static_cast<std::ptrdiff_t>(other.end), pointsBack);
    });
    if (pointed_to && !part.said.empty()) part.said.erase(part.said.begin() + 1, part.said.end());
  }
  return parts;
}

bool saidOfTheOther(const WeighedText& answer, const Comparison& comparison) {
  const auto& reference = comparison.reference.words;
  const auto parts = partsOf(reference);
  const auto subjects = std::count_if(parts.begin(), parts.end(),
                                      [](const Part& part) { return part.subject.has_value(); });
  if (subjects < 2) return false;
  const Part* of = nullptr;  // whose subject the answer speaks of
  for (std::size_t j = 0; j < answer.words.size(); ++j) {
    const auto& word = answer.words[j];
    if (isNegation(word)) return false;
    if (beginsPart(word) || word.text == "and") of = nullptr;
    if (word.function || comparison.used.place[j] < 0) continue;
    const auto place = static_cast<std::size_t>(comparison.used.place[j]);
    for (const auto& part : parts) {
      if (!part.subject) continue;
      if (reference[*part.subject].stem == reference[place].stem) of = &part;
      const bool said = std::any_of(part.said.begin(), part.said.end(), [&](std::size_t i) {
        return reference[i].stem == reference[place].stem;
      });
      if (said && of != nullptr && of != &part) return true;
    }
  }
  return false;
}

}  // namespace

bool turnedRound(const Vocabulary& vocabulary, const WeighedText& answer,
                 const Comparison& comparison) {
  return comparedTheOtherWay(vocabulary, answer, comparison) || saidOfTheOther(answer, comparison);
}

}  // namespace primer::writing
