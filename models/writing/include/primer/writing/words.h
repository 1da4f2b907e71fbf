#pragma once

// A text as words: what everything in this room compares and counts.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace primer::writing {

struct Word {
  std::string text;  // lower case, accents taken off; a number as digits ("two" is "2")
  std::string stem;  // "evaporated" and "evaporation" have one (Porter 1980, and irregular verbs)
  bool number = false;
  bool function = false;        // says how others hang together: "the", "of", "because"
  bool sentence_start = false;  // the first of its sentence
  bool clause_start = false;    // the first after a semicolon
  bool capital = false;         // begins with a capital letter
};

// How much of a text is letters of which kind; tells writing that this room cannot judge.
struct Letters {
  std::size_t latin = 0;
  std::size_t other = 0;  // of other scripts
  std::size_t digits = 0;
  bool none() const { return latin + other + digits == 0; }
};

// Any bytes: what is not UTF-8 and control characters part words. "isn't", "isnt" and "is not" give
// the same words. At most `most` words; the rest is not looked at. Pure.
std::vector<Word> wordsOf(std::string_view text, std::size_t most = 400);
Letters lettersOf(std::string_view text);

// The stem of a word of plain lower-case letters.
std::string stemOf(std::string_view word);

// "not", "never", "without", ...: turns the sense of what is near.
bool isNegation(const Word& word);

// Sentences as the reader of a text sees them: ended by . ! ? or an empty line. Pure.
std::vector<std::string_view> sentencesOf(std::string_view text);

// Vowel groups, with English's silent e: near enough to count for a text.
int syllablesOf(std::string_view word);

}  // namespace primer::writing
