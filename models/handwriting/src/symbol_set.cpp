#include "primer/handwriting/symbol_set.h"

#include <string>

namespace primer::handwriting {

namespace {

constexpr std::size_t kAsciiCount = 94;
constexpr char kAscii[] =
    "!\"#$%&'()*+,-./"
    "0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}"
    "~";
static_assert(sizeof(kAscii) == kAsciiCount + 1);

constexpr std::array<std::string_view, 10> kSigns = {"≤", "≥", "≠", "÷", "×",
                                                     "√", "π", "°", "€", "£"};
static_assert(kAsciiCount + kSigns.size() + 1 == kSymbolCount);

// The length in bytes of the UTF-8 character that begins with `lead`; 0 where none does.
std::size_t characterLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

// Sets that this file itself spells cannot fail.
SymbolSet known(std::string_view text) { return SymbolSet::of(text).value_or(SymbolSet{}); }

}  // namespace

std::string_view symbolText(std::size_t index) {
  if (index < kAsciiCount) return {kAscii + index, 1};
  if (index < kJunk) return kSigns[index - kAsciiCount];
  return {};
}

std::optional<std::size_t> symbolIndex(std::string_view text) {
  if (text.empty()) return kJunk;
  if (text.size() == 1) {
    const auto code = static_cast<unsigned char>(text[0]);
    if (code > 0x20 && code < 0x7F) return code - 0x21u;
    return std::nullopt;
  }
  for (std::size_t i = 0; i < kSigns.size(); ++i) {
    if (kSigns[i] == text) return kAsciiCount + i;
  }
  return std::nullopt;
}

SymbolSet SymbolSet::digits() { return known("0123456789"); }
SymbolSet SymbolSet::upper() { return known("ABCDEFGHIJKLMNOPQRSTUVWXYZ"); }
SymbolSet SymbolSet::lower() { return known("abcdefghijklmnopqrstuvwxyz"); }
SymbolSet SymbolSet::letters() {
  SymbolSet set = upper();
  set.members_ |= lower().members_;
  return set;
}
SymbolSet SymbolSet::school() { return known("0123456789+-=()/.,<>≤≥≠÷×√πxyabcn"); }
SymbolSet SymbolSet::all() {
  SymbolSet set;
  set.members_.set();
  return set;
}

std::optional<SymbolSet> SymbolSet::named(std::string_view name) {
  if (name == "digits") return digits();
  if (name == "upper") return upper();
  if (name == "lower") return lower();
  if (name == "letters") return letters();
  if (name == "school") return school();
  if (name == "all") return all();
  return std::nullopt;
}

Result<SymbolSet> SymbolSet::of(std::string_view text) {
  SymbolSet set;
  for (std::size_t at = 0; at < text.size();) {
    const auto length = characterLength(static_cast<unsigned char>(text[at]));
    if (length == 0 || at + length > text.size()) {
      return fail(ErrorCode::kInvalidArgument, "a set of symbols is not valid UTF-8");
    }
    const auto character = text.substr(at, length);
    const auto index = symbolIndex(character);
    if (!index) {
      return fail(ErrorCode::kInvalidArgument,
                  std::string(character).append(" is not a symbol that can be read"));
    }
    set.members_.set(*index);
    at += length;
  }
  return set;
}

}  // namespace primer::handwriting
