#pragma once

// A text as numbers that do not depend on its length: sentences, words, how they hang together.
//
// What differs between texts for reasons that have nothing to do with reading is made even first:
// quotes, apostrophes and everything beyond ASCII are left out on all sides (one level of the
// training texts lost them in a conversion), and every number is a rate or a mean over windows.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "primer/writing/answer_features.h"
#include "primer/writing/vocabulary.h"

namespace primer::writing {

inline constexpr std::size_t kTextNumbers = 48;
inline constexpr std::uint32_t kKindBuckets = 1024;  // neighbours by kind of word
inline constexpr std::uint32_t kWordBuckets = 4096;  // stems

struct TextMeasures {
  std::array<float, kTextNumbers> numbers{};
  std::vector<Bucket> kinds;
  std::vector<Bucket> words;

  std::size_t word_count = 0;
  std::size_t sentence_count = 0;
  std::size_t longest_sentence = 0;  // words
  float words_per_sentence = 0;
  float syllables_per_word = 0;
  float variety = 0;        // different words among 50 neighbours, a mean, 0..1
  float rare_share = 0;     // of weighty words
  float unknown_share = 0;  // of weighty words that are in no table: names, and misspellings
  float connected = 0;      // words like "because" and "then", a sentence
  float same_start = 0;     // sentences that begin like the one before
};

// At most `most_words` words are looked at. Pure; linear in what is looked at.
TextMeasures measureText(const Vocabulary& vocabulary, std::string_view text,
                         std::size_t most_words = 5000);

// The text without what is made even.
std::string evenedOut(std::string_view text);

}  // namespace primer::writing
