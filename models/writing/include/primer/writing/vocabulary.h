#pragma once

// What this room knows of words: how usual they are, and which say nearly the same or the opposite.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "primer/base/result.h"
#include "primer/writing/words.h"

namespace primer::writing {

// Immutable once opened; may be shared between threads.
class Vocabulary {
 public:
  // `words`: a word and its level a line (writing-words.txt); `senses`: words that are related a
  // line (writing-senses.txt, whose head has the format). kDamaged names the line that is not so.
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

  // By stems, both ways round. Two words may be more than one of these.
  bool nearlySame(std::string_view stem, std::string_view other) const;
  bool opposite(std::string_view stem, std::string_view other) const;
  // Other things of one kind, of which only one can be meant: "heart" and "lung".
  bool ofOneKind(std::string_view stem, std::string_view other) const;

  std::size_t size() const { return levels_.size(); }
  std::vector<std::string> words() const;  // in alphabetical order

 private:
  enum Relation : std::uint8_t { kSame = 1, kOpposite = 2, kOneKind = 4 };
  using Stems = std::vector<std::uint32_t>;

  Status readWords(std::string_view text);
  Status readSenses(std::string_view text);
  Stems stemsOf(std::string_view words);
  void relate(const Stems& some, const Stems& others, Relation relation);
  bool related(std::string_view stem, std::string_view other, Relation relation) const;

  std::unordered_map<std::string, std::uint8_t> levels_;
  std::unordered_map<std::string, std::uint8_t> stem_levels_;
  std::unordered_map<std::string, std::uint32_t> sense_stems_;  // stems that have relations
  // Two stems, the lower number first, and how they are related; in ascending order.
  std::vector<std::pair<std::uint64_t, std::uint8_t>> relations_;
};

}  // namespace primer::writing
