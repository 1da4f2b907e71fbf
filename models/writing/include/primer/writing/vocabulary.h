#pragma once

// What this room knows of words: how usual they are, and which say nearly the same or the opposite.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "primer/base/result.h"
#include "primer/writing/words.h"

namespace primer::writing {

// Immutable once opened; may be shared between threads.
class Vocabulary {
 public:
  // `words`: a word and its level a line (writing-words.txt); `senses`: groups of words a line
  // (writing-senses.txt). kDamaged names the line that is not so.
  static Result<Vocabulary> open(const std::filesystem::path& words,
                                 const std::filesystem::path& senses);
  static Result<Vocabulary> openShipped();
  static Result<Vocabulary> fromText(std::string_view words, std::string_view senses);

  // How rare a word is: 0 for "the", each step half as usual, kUnknownLevel for a word that is not
  // in the table.
  static constexpr int kUnknownLevel = 17;
  int level(std::string_view word) const;
  // The level of the most usual word of a stem.
  int levelOfStem(std::string_view stem) const;
  bool knows(std::string_view word) const { return levels_.count(std::string(word)) > 0; }

  // By stems.
  bool nearlySame(std::string_view stem, std::string_view other) const;
  bool opposite(std::string_view stem, std::string_view other) const;

  std::size_t size() const { return levels_.size(); }

 private:
  Status readWords(std::string_view text);
  Status readSenses(std::string_view text);

  std::unordered_map<std::string, std::uint8_t> levels_;
  std::unordered_map<std::string, std::uint8_t> stem_levels_;
  std::unordered_set<std::string> same_;      // "stem other", both ways
  std::unordered_set<std::string> opposite_;  // likewise
};

}  // namespace primer::writing
