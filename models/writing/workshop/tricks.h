#pragma once

// Answers that are not to be rewarded, and references as a hurried hand spells them.

#include <string>
#include <string_view>
#include <vector>

#include "primer/toolkit/random.h"
#include "primer/writing/vocabulary.h"

namespace primer::writing::workshop {

using toolkit::Random;

// The words of a text in another order; empty where it has fewer than five.
std::string shuffled(std::string_view text, Random& random);
// `count` words drawn from several texts.
std::string wordSalad(const std::vector<std::string>& texts, std::size_t count, Random& random);
// The rarest words of a text, one of them several times.
std::string repeatedWord(const Vocabulary& vocabulary, std::string_view text, Random& random);
// With "not" behind a form of "be", "do" or a modal verb, where there is one, else before some word
// inside; empty for a text of one word.
std::string withNot(std::string_view text, Random& random);
// The sentence with other words in it: one or more of a text's weighty words that the question does
// not have give way to words of another sense.
class OtherWords {
 public:
  // `texts`: where words to put in are taken from. The vocabulary must outlive this.
  OtherWords(const Vocabulary& vocabulary, const std::vector<std::string>& texts);

  // One word in half of the cases, else all of them; an opposite where there is one, in half of
  // the cases. Empty where the text has no such word.
  std::string in(std::string_view text, std::string_view question, Random& random) const;

 private:
  std::string inPlaceOf(const Word& word, const std::vector<Word>& taboo, Random& random) const;

  const Vocabulary* vocabulary_;
  std::vector<Word> known_;  // weighty words of the vocabulary
  std::vector<Word> pool_;   // and of the texts
};
// With one to `most` letters dropped, doubled, changed or swapped.
std::string misspelt(std::string_view text, int most, Random& random);

}  // namespace primer::writing::workshop
