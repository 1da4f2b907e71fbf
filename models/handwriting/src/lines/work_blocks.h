#pragma once

// Where on a sheet column work could stand: by shape alone.

#include <cstddef>
#include <vector>

#include "primer/base/ink.h"
#include "src/lines/page_rows.h"

namespace primer::handwriting::lines {

// Rows that could be one piece of column work, from top to bottom, with a level line or a wall in
// one of them. Each row holds indices into the shapes.
struct WorkBlock {
  std::vector<RowOfStrokes> rows;
};

// At most kMostBlocks, the upper ones. `ink` and `shapes` are the same strokes.
inline constexpr std::size_t kMostBlocks = 12;
std::vector<WorkBlock> possibleColumns(const Ink& ink, const std::vector<StrokeShape>& shapes);

}  // namespace primer::handwriting::lines
