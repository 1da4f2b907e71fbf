#include "primer/content/recording.h"

#include <algorithm>
#include <array>

namespace primer::content {

namespace {

// Punctuation at a word's edges. No sign of maths is among them: 3 + 4 is not 3 − 4.
constexpr std::array<std::string_view, 17> kMarks = {".", ",", "!", "?", ";", ":", "\"", "'", "(",
                                                     ")", "*", "‘", "“", "”", "…", "–",  "—"};

std::string_view withoutMarks(std::string_view word) {
  const auto cut = [&word](auto matches, auto remove) {
    const auto mark = std::find_if(kMarks.begin(), kMarks.end(), matches);
    if (mark != kMarks.end()) remove(mark->size());
    return mark != kMarks.end();
  };
  while (cut([&](std::string_view mark) { return word.substr(0, mark.size()) == mark; },
             [&](std::size_t size) { word.remove_prefix(size); })) {
  }
  while (cut(
      [&](std::string_view mark) {
        return word.size() >= mark.size() && word.substr(word.size() - mark.size()) == mark;
      },
      [&](std::size_t size) { word.remove_suffix(size); })) {
  }
  return word;
}

}  // namespace

std::string spokenKey(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  constexpr std::string_view kCurlyApostrophe = "’";
  std::string straight(text);
  for (auto at = straight.find(kCurlyApostrophe); at != std::string::npos;
       at = straight.find(kCurlyApostrophe, at)) {
    straight.replace(at, kCurlyApostrophe.size(), "'");
  }
  std::string key;
  const std::string_view all = straight;
  for (std::size_t at = 0; at < all.size();) {
    const auto end = std::min(all.find_first_of(kBlanks, at), all.size());
    const auto word = withoutMarks(all.substr(at, end - at));
    if (!word.empty() && !key.empty()) key += ' ';
    for (const char c : word) key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    at = end + 1;
  }
  return key;
}

}  // namespace primer::content
