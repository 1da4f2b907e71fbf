// Lexicon::words(): what of a text is said, and how.

#include <algorithm>
#include <cctype>
#include <map>
#include <string>

#include "primer/pronunciation/lexicon.h"
#include "src/number_words.h"

namespace primer::pronunciation {

namespace {

constexpr std::size_t kMostWays = 24;      // of one word
constexpr std::size_t kLongestWord = 200;  // bytes; what is longer is cut

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Typographic signs and accented letters as plain ones; other signs beyond ASCII as they are.
std::string plain(std::string_view text) {
  static const std::map<std::string_view, std::string_view> kPlain = {
      {"\u2018", "'"}, {"\u2019", "'"}, {"\u2032", "'"}, {"\u201c", "\""}, {"\u201d", "\""},
      {"\u2013", "-"}, {"\u2014", " "}, {"\u2010", "-"}, {"\u2011", "-"},  {"\u2026", " "},
      {"\u00a0", " "}, {"\u2009", " "}, {"\u202f", " "}, {"\u00e0", "a"},  {"\u00e1", "a"},
      {"\u00e2", "a"}, {"\u00e3", "a"}, {"\u00e4", "a"}, {"\u00e5", "a"},  {"\u00e6", "ae"},
      {"\u00e7", "c"}, {"\u00e8", "e"}, {"\u00e9", "e"}, {"\u00ea", "e"},  {"\u00eb", "e"},
      {"\u00ec", "i"}, {"\u00ed", "i"}, {"\u00ee", "i"}, {"\u00ef", "i"},  {"\u00f1", "n"},
      {"\u00f2", "o"}, {"\u00f3", "o"}, {"\u00f4", "o"}, {"\u00f5", "o"},  {"\u00f6", "o"},
      {"\u00f8", "o"}, {"\u00f9", "u"}, {"\u00fa", "u"}, {"\u00fb", "u"},  {"\u00fc", "u"},
      {"\u00fd", "y"}, {"\u00c9", "E"}, {"\u00c0", "A"}, {"\u00d6", "O"},  {"\u00dc", "U"},
      {"\u00c4", "A"}, {"\u0153", "oe"}};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    bool replaced = false;
    for (const std::size_t length : {std::size_t{2}, std::size_t{3}}) {
      if (replaced || i + length > text.size() || static_cast<unsigned char>(text[i]) < 0x80)
        continue;
      const auto found = kPlain.find(text.substr(i, length));
      if (found == kPlain.end()) continue;
      result += found->second;
      i += length;
      replaced = true;
    }
    if (!replaced) result += text[i++];
  }
  return result;
}

// Ways of saying parts after one another: every way of each with every way of the others.
void append(std::vector<Pronunciation>& ways, const std::vector<Pronunciation>& more) {
  if (more.empty()) return;
  std::vector<Pronunciation> all;
  for (const auto& head : ways) {
    for (const auto& tail : more) {
      if (all.size() == kMostWays) break;
      all.push_back(head);
      all.back().insert(all.back().end(), tail.begin(), tail.end());
    }
  }
  ways = std::move(all);
}

}  // namespace

// What stands between hyphens and the like: letters, or a number.
static std::vector<Pronunciation> waysOfPart(const Lexicon& lexicon, const std::string& part) {
  const bool digits = std::any_of(part.begin(), part.end(), isDigit);
  if (!digits) return lexicon.ways(part);
  const auto sayAll = [&](const std::string& words) {
    std::vector<Pronunciation> ways = {{}};
    std::string word;
    for (const char c : words + " ") {
      if (c != ' ') {
        word += c;
      } else if (!word.empty()) {
        append(ways, lexicon.ways(word));
        word.clear();
      }
    }
    return ways;
  };
  std::vector<Pronunciation> ways;
  for (const auto& reading : readNumber(part)) {
    for (auto& way : sayAll(reading)) {
      if (ways.size() < kMostWays) ways.push_back(std::move(way));
    }
  }
  if (!ways.empty()) return ways;
  // Letters and digits mixed ("3rd-4x", "b2"): piece by piece.
  ways = {{}};
  for (std::size_t i = 0; i < part.size();) {
    const bool number = isDigit(part[i]);
    std::size_t end = i;
    while (end < part.size() && isDigit(part[end]) == number) ++end;
    const auto piece = part.substr(i, end - i);
    if (number) {
      std::vector<Pronunciation> some;
      for (const auto& reading : readNumber(piece)) {
        for (auto& way : sayAll(reading)) some.push_back(std::move(way));
      }
      append(ways, some);
    } else {
      append(ways, lexicon.ways(piece));
    }
    i = end;
  }
  return ways;
}

static std::vector<Pronunciation> waysOfToken(const Lexicon& lexicon, const std::string& token) {
  std::vector<Pronunciation> ways = {{}};
  std::string part;
  const auto finish = [&] {
    while (!part.empty() && !isDigit(part.back()) && !isLetter(part.back())) part.pop_back();
    while (!part.empty() && (part[0] == ',' || part[0] == '\'')) part.erase(0, 1);
    if (!part.empty()) append(ways, waysOfPart(lexicon, part));
    part.clear();
  };
  static const std::map<char, const char*> kSigns = {
      {'%', "percent"}, {'&', "and"}, {'+', "plus"}, {'=', "equals"}, {'@', "at"}};
  for (std::size_t i = 0; i < token.size(); ++i) {
    const char c = token[i];
    const bool in_number = (c == '.' || c == ',') && i + 1 < token.size() && isDigit(token[i + 1]);
    if (isLetter(c) || isDigit(c) || c == '\'' || in_number) {
      part += c;
      continue;
    }
    finish();
    if (const auto sign = kSigns.find(c); sign != kSigns.end()) {
      append(ways, lexicon.ways(sign->second));
    }
  }
  finish();
  // Signs that nobody can say: some sound must stand for them.
  std::erase_if(ways, [](const Pronunciation& way) { return way.empty(); });
  if (ways.empty()) ways = {{*phoneNamed("AH")}};
  return ways;
}

std::vector<TextWord> Lexicon::words(std::string_view text) const {
  std::vector<TextWord> words;
  const auto all = plain(text);
  for (std::size_t i = 0; i < all.size();) {
    if (isSpace(all[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < all.size() && !isSpace(all[end])) ++end;
    auto token = all.substr(i, std::min(end - i, kLongestWord));
    i = end;
    const auto said = [](char c) { return isLetter(c) || isDigit(c); };
    const auto first = std::find_if(token.begin(), token.end(), said);
    if (first == token.end()) continue;
    const auto last =
        std::find_if(token.rbegin(), token.rend(), [&](char c) { return said(c) || c == '%'; });
    token = std::string(first, last.base());
    words.push_back({token, waysOfToken(*this, token)});
  }
  return words;
}

std::vector<Phone> acceptedFor(Phone phone, Phone before, Phone after) {
  const auto named = [](const char* name) { return *phoneNamed(name); };
  static const Phone kR = named("R"), kEr = named("ER"), kAh = named("AH"), kAa = named("AA"),
                     kAo = named("AO"), kAe = named("AE"), kT = named("T"), kD = named("D"),
                     kIh = named("IH"), kIy = named("IY"), kUw = named("UW"), kUh = named("UH"),
                     kS = named("S"), kF = named("F"), kTh = named("TH"), kN = named("N"),
                     kM = named("M"), kHh = named("HH"), kW = named("W"), kEh = named("EH");
  // Without a vowel after it, British R is silent and ER is a plain vowel.
  if (phone == kR && isVowel(before) && !isVowel(after)) return {kSilence, kAh};
  if (phone == kEr) return {kAh, kUh};
  // bath, laugh, dance, example
  const bool broad = after == kS || after == kF || after == kTh || after == kN || after == kM;
  if (phone == kAe && broad) return {kAa};
  // lot, cloth, thought
  if (phone == kAa) return {kAo};
  if (phone == kAo) return {kAa};
  // water, better
  if (phone == kT && isVowel(before) && isVowel(after)) return {kD};
  // Unstressed vowels (roses, happy, to, hospital)
  if (phone == kAh) return {kIh, kUh, kEr, kEh};
  if (phone == kIh) return {kAh, kIy};
  if (phone == kIy && !isVowel(after) && after == kSilence) return {kIh};
  if (phone == kUw) return {kUh};
  // which, when
  if (phone == kHh && after == kW) return {kSilence};
  return {};
}

}  // namespace primer::pronunciation
