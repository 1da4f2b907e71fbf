#pragma once

// What every text and id of a lesson has to keep to.

#include <cstddef>
#include <string>
#include <string_view>

namespace primer::content {

inline constexpr std::size_t kMaxWords = 160;  // characters of one hint or kind word
inline constexpr std::size_t kMaxTitle = 48;

std::size_t characters(std::string_view text);  // code points, not bytes
bool isId(std::string_view id);
// What is wrong with a text of at most `most` characters; empty: nothing.
std::string faultOfText(const std::string& text, std::size_t most);

}  // namespace primer::content
