#include "text_rules.h"

#include <algorithm>

namespace primer::content {

namespace {

bool isUtf8WithoutControls(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const int more = lead < 0x80         ? 0
                     : (lead >> 5) == 6  ? 1
                     : (lead >> 4) == 14 ? 2
                     : (lead >> 3) == 30 ? 3
                                         : -1;
    if (more < 0 || lead < 0x20 || lead == 0x7F || lead == 0xC0 || lead == 0xC1 || lead > 0xF4) {
      return false;
    }
    if (i + static_cast<std::size_t>(more) >= text.size()) return false;
    for (int k = 1; k <= more; ++k) {
      if ((static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]) & 0xC0) != 0x80) {
        return false;
      }
    }
    i += static_cast<std::size_t>(more) + 1;
  }
  return true;
}

}  // namespace

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool isId(std::string_view id) {
  return !id.empty() && id.size() <= 48 && id.front() != '-' && id.back() != '-' &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

std::string faultOfText(const std::string& text, std::size_t most) {
  if (text.empty()) return "is missing or empty";
  if (!isUtf8WithoutControls(text)) return "must be one line of UTF-8 text";
  if (characters(text) > most) {
    return "has " + std::to_string(characters(text)) + " characters; at most " +
           std::to_string(most) + " fit on the page";
  }
  return {};
}

}  // namespace primer::content
