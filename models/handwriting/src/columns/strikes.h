#pragma once

// Strokes through digits: what lent a ten, or was crossed out.

#include <cstddef>
#include <vector>

#include "primer/handwriting/lines/line_strokes.h"

namespace primer::handwriting::columns {

// Straight strokes that go slantwise through the middle of an earlier one, which they may strike;
// they may also be a part of its sign. At most kMostStrikes.
inline constexpr std::size_t kMostStrikes = 4;
std::vector<std::size_t> possibleStrikes(const lines::LineStrokes& line);

}  // namespace primer::handwriting::columns
