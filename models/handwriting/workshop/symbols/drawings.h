#pragma once

// Small drawings as children leave them between their sums: no symbol, and not a scribble either.

#include <array>
#include <string_view>

#include "primer/handwriting/ink_features.h"
#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

// The kinds that models are trained on, and others by which they are judged.
inline constexpr std::array<std::string_view, 8> kDrawings = {"house",  "face", "star",   "heart",
                                                              "flower", "tree", "person", "grid"};
inline constexpr std::array<std::string_view, 4> kUnseenDrawings = {"fish", "car", "cat", "cup"};

// A drawing of one of those kinds, never twice alike, within about the unit square.
void makeDrawing(std::string_view kind, toolkit::Random& random, FlatInk& ink);

}  // namespace primer::handwriting::workshop
