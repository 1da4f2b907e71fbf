#pragma once

// Ink of bad kinds, and changes of ink, for the tests of the readers.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "primer/base/ink.h"

namespace primer::test {

inline Ink scribble(int turns, float size = 100) {
  Ink ink;
  Stroke stroke;
  for (int i = 0; i < 40 * turns; ++i) {
    const float u = static_cast<float>(i) / 40;
    const float across = std::abs(std::fmod(u * 2, 2.0f) - 1);
    stroke.push_back({size * (u / static_cast<float>(turns) + 0.3f * across), size * across,
                      static_cast<float>(10 * i), 1});
  }
  ink.strokes.push_back(std::move(stroke));
  return ink;
}

inline Ink oneDot() {
  Ink ink;
  ink.strokes = {{{50, 50, 0, 1}}};
  return ink;
}

inline Ink manyStrokes(std::size_t count) {
  Ink ink;
  std::uint32_t state = 12345;
  const auto next = [&state] {
    state = state * 1664525u + 1013904223u;
    return static_cast<float>(state >> 8 & 0xFFFFu) / 65535.0f * 100;
  };
  for (std::size_t i = 0; i < count; ++i) {
    ink.strokes.push_back({{next(), next(), 0, 1}, {next(), next(), 5, 1}});
  }
  return ink;
}

// Every kind of ink that must never be read as sure, with its name.
inline std::vector<std::pair<std::string, Ink>> badInk() {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInf = std::numeric_limits<float>::infinity();
  std::vector<std::pair<std::string, Ink>> bad;
  bad.emplace_back("nothing", Ink{});
  bad.emplace_back("empty strokes", Ink{{{}, {}, {}}});
  bad.emplace_back("a dot", oneDot());
  bad.emplace_back("a held pen", Ink{{Stroke(5000, InkPoint{7, 7, 0, 1})}});
  bad.emplace_back("not numbers", Ink{{{{kNan, 1, 0, 1}, {2, kInf, kNan, 1}}}});
  bad.emplace_back("too far", Ink{{{{1e30f, 1, 0, 1}, {-1e30f, 9, 0, 1}}}});
  bad.emplace_back("a scribble", scribble(12));
  bad.emplace_back("a wild scribble", scribble(25));
  bad.emplace_back("forty strokes", manyStrokes(40));
  bad.emplace_back("two thousand strokes", manyStrokes(2000));
  return bad;
}

inline Ink mirrored(Ink ink) {
  for (auto& stroke : ink.strokes) {
    for (auto& p : stroke) p.x = -p.x;
  }
  return ink;
}

inline Ink moved(Ink ink, float scale, float dx, float dy) {
  for (auto& stroke : ink.strokes) {
    for (auto& p : stroke) {
      p.x = scale * p.x + dx;
      p.y = scale * p.y + dy;
    }
  }
  return ink;
}

}  // namespace primer::test
