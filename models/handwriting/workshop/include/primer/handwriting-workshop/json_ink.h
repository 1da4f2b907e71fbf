#pragma once

// The JSON-lines form of ink that two of the data sets share.

#include <cstddef>
#include <nlohmann/json.hpp>

#include "primer/handwriting/ink_features.h"

namespace primer::handwriting::workshop {

// `strokes` is an array of strokes [x0, y0, dx1, dy1, dx2, dy2, ...]: the first pair absolute,
// later ones relative to the point before. False where it is anything else; `ink` is then not
// usable.
inline bool parseDeltaStrokes(const nlohmann::json& strokes, FlatInk& ink) {
  ink.clear();
  if (!strokes.is_array()) return false;
  for (const auto& stroke : strokes) {
    if (!stroke.is_array() || stroke.size() < 2 || stroke.size() % 2 != 0) return false;
    PlanePoint at;
    for (std::size_t i = 0; i < stroke.size(); i += 2) {
      if (!stroke[i].is_number() || !stroke[i + 1].is_number()) return false;
      at.x += stroke[i].get<float>();
      at.y += stroke[i + 1].get<float>();
      ink.points.push_back(at);
    }
    ink.ends.push_back(static_cast<std::uint32_t>(ink.points.size()));
  }
  return true;
}

}  // namespace primer::handwriting::workshop
