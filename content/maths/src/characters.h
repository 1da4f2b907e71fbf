#pragma once

// Letters and digits, as notation is made of them.

#include <cctype>
#include <string>
#include <string_view>

namespace primer::maths {

inline bool letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
inline bool digit(char c) { return c >= '0' && c <= '9'; }

// Whether `what` stands in the text at that place.
inline bool begins(std::string_view text, std::size_t at, std::string_view what) {
  return text.compare(at, what.size(), what) == 0;
}

inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace primer::maths
