#pragma once

// The pictures that a lesson may name: small drawings that ship with the pages (ui/assets/pictures,
// one NAME.svg each; a test holds that every one of these is there). A name never changes its
// meaning; new ones are added.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace primer::content {

inline constexpr std::array<std::string_view, 38> kPictures = {
    "acorn",  "anchor", "apple",  "ball",  "balloon", "bee", "bell", "boat",     "book",   "bus",
    "cactus", "chair",  "cherry", "clock", "cloud",   "cup", "drum", "fish",     "flower", "hat",
    "house",  "key",    "kite",   "leaf",  "letter",  "map", "moon", "mushroom", "owl",    "pear",
    "rocket", "shell",  "snail",  "sock",  "star",    "sun", "tree", "umbrella"};

constexpr bool isPicture(std::string_view name) {
  return std::find(kPictures.begin(), kPictures.end(), name) != kPictures.end();
}

// "acorn, anchor, ...", for whoever named another one.
inline std::string pictureList() {
  std::string all;
  for (const auto name : kPictures) all += (all.empty() ? "" : ", ") + std::string(name);
  return all;
}

}  // namespace primer::content
