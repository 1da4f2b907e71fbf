#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>

namespace primer::inference {

// "1, 2, 3". (fmt::join would bring fmt's own ways of formatting into the engine, 15 KB.)
template <typename List>
std::string listText(const List& list, std::string_view between = ", ") {
  std::string text;
  std::string_view before;
  for (const auto& item : list) {
    text.append(before).append(fmt::format("{}", item));
    before = between;
  }
  return text;
}

}  // namespace primer::inference
