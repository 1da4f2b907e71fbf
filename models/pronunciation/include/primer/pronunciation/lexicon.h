#pragma once

// How words are said: letter-to-sound rules of our own, learned from the CMU dictionary, and a
// table of the words that the rules get wrong or that have several pronunciations. One small file.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"
#include "primer/pronunciation/phones.h"

namespace primer::pronunciation {

// A word of a text, as it stands there without the punctuation around it.
struct TextWord {
  std::string written;
  std::vector<Pronunciation> ways;  // at least one; none is empty
};

// Immutable; may be shared between threads.
class Lexicon {
 public:
  // kDamaged for what is no lexicon.
  static Result<Lexicon> open(const std::filesystem::path& path);
  static Result<Lexicon> openShipped();  // pronunciation-lexicon.bin
  static Result<Lexicon> fromBytes(std::vector<std::uint8_t> bytes, const std::string& name);

  // All ways of saying one word of letters and apostrophes (case does not matter), the usual one
  // first: from the table, else sounded out, which is never empty for a word with a letter.
  std::vector<Pronunciation> ways(std::string_view word) const;
  // What the rules say that each letter of a word stands for, whatever the table says; nothing for
  // silent letters and for what is no letter.
  std::vector<Pronunciation> soundsOfLetters(std::string_view word) const;
  // Whether the table has it.
  bool lists(std::string_view word) const;

  // The words of a text: what stands between spaces and has a letter or digit. Numbers are read out
  // ("1984", "2.5", "1st", "3/4", "50%") in the ways that people do; hyphens and slashes part
  // what is said, not the word; accents are taken off Latin letters; letters of other scripts are
  // silent.
  std::vector<TextWord> words(std::string_view text) const;

 private:
  struct Table;
  explicit Lexicon(std::shared_ptr<const Table> table);
  std::shared_ptr<const Table> table_;
};

// What else counts as right for `phone` between its neighbours in a word (kSilence: the word's
// edge): what British, American and other established accents do. kSilence in the list: it may be
// left out.
std::vector<Phone> acceptedFor(Phone phone, Phone before, Phone after);

}  // namespace primer::pronunciation
