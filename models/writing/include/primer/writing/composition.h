#pragma once

// A look at longer writing: what kind of text it is, and what its writer might try next. No mark is
// ever given: traits say what is there, advice says one thing that is good and one or two to try.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/writing/reading_level.h"

namespace primer::writing {

struct Composition {
  Level level = Level::kElementary;
  float grade = 1;  // see ReadingLevel
  std::size_t words = 0;
  std::size_t sentences = 0;
  float words_per_sentence = 0;
  std::size_t longest_sentence = 0;
  float variety = 0;                  // different words among 50 neighbours, 0..1
  float rare_share = 0;               // of weighty words
  float linking = 0;                  // words like "because" and "then", a sentence
  float capital_starts = 0;           // sentences that begin with a capital letter
  std::vector<std::string> overused;  // weighty words that come again and again
  std::vector<std::string> advice;    // two or three sentences for the writer, the first is praise
};

// kInvalidArgument for a text without a word of plain letters. Bounded as ReadingLeveller::judge.
Result<Composition> lookAt(const ReadingLeveller& leveller, std::string_view text);

}  // namespace primer::writing
