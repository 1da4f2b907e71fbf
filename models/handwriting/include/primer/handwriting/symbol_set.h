#pragma once

// The symbols that handwriting is read as, and sets of them.

#include <array>
#include <bitset>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "primer/base/result.h"

namespace primer::handwriting {

// Every class of the symbol model, in the order of its outputs: the 94 printable ASCII characters,
// the signs of school mathematics, money and degrees, and last the empty string: junk, "not a
// symbol". The order is part of the shipped model's format; new symbols would go before junk.
inline constexpr std::size_t kSymbolCount = 105;
inline constexpr std::size_t kJunk = kSymbolCount - 1;

// UTF-8 of symbol `index`, which is below kSymbolCount.
std::string_view symbolText(std::size_t index);

// The index of the symbol whose whole text is `text`, or nothing. Junk is found by "".
std::optional<std::size_t> symbolIndex(std::string_view text);

// A set of symbols that a reading may choose from. Junk belongs to every set, because "none of
// these" is always a possible reading. A plain value.
class SymbolSet {
 public:
  SymbolSet() { members_.set(kJunk); }  // nothing but junk

  static SymbolSet digits();   // 0-9
  static SymbolSet upper();    // A-Z
  static SymbolSet lower();    // a-z
  static SymbolSet letters();  // A-Z a-z
  static SymbolSet school();   // 0123456789+-=()/.,<>≤≥≠÷×√πxyabcn
  static SymbolSet all();

  // By the name that command lines use: "digits", "upper", "lower", "letters", "school", "all".
  static std::optional<SymbolSet> named(std::string_view name);

  // Of the characters of `text` (UTF-8). kInvalidArgument for a character that no model of ours
  // knows, or broken UTF-8.
  static Result<SymbolSet> of(std::string_view text);

  bool contains(std::size_t index) const { return index < kSymbolCount && members_.test(index); }
  std::size_t size() const { return members_.count(); }  // with junk
  void add(std::size_t index) { members_.set(index); }

  friend SymbolSet operator&(const SymbolSet& a, const SymbolSet& b) {
    SymbolSet both;
    both.members_ = a.members_ & b.members_;
    return both;
  }
  friend bool operator==(const SymbolSet& a, const SymbolSet& b) {
    return a.members_ == b.members_;
  }

 private:
  std::bitset<kSymbolCount> members_;
};

}  // namespace primer::handwriting
