#pragma once

// Where glyphs stand on the line, how large, and how bars and roots are fitted to what they hold.
// The base line is y = 0, y grows downward, a digit is 1 high.

#include <cstddef>

#include "lines/hand_style.h"
#include "primer/handwriting/ink_features.h"
#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

// Sizes and moves a glyph in its unit square to its place; x begins at 0.
void placeGlyph(FlatInk& ink, std::size_t label, float relative_size, float scale,
                const HandStyle& style, toolkit::Random& random);

// A dash from x = 0 to `width` at height `y`.
void stretchBar(FlatInk& ink, float width, float y, toolkit::Random& random);

// A collected root sign, its bar drawn out, to fill `room`; its hook is `hook` wide.
void stretchRoot(FlatInk& ink, const Extent& room, float hook);

// A root sign by code.
FlatInk drawRoot(const Extent& room, float hook, bool parted, toolkit::Random& random);

}  // namespace primer::handwriting::workshop
