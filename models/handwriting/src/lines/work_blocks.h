#pragma once

// Where on a sheet column work could stand: by shape alone.

#include <cstddef>
#include <utility>
#include <vector>

#include "primer/base/ink.h"
#include "src/lines/page_rows.h"

namespace primer::handwriting::lines {

// Rows that could be one piece of column work, from top to bottom, with a level line or a wall in
// one of them. Each row holds indices into the shapes.
struct WorkBlock {
  std::vector<RowOfStrokes> rows;
  std::vector<bool> ruled;  // of each row, whether it holds a line or a wall

  bool anyRuled() const;
};

// The parts above and below its widest gap; the block has at least two rows.
std::pair<WorkBlock, WorkBlock> parted(const WorkBlock& block);

// At most kMostBlocks, the upper ones. `ink` and `shapes` are the same strokes.
inline constexpr std::size_t kMostBlocks = 12;
std::vector<WorkBlock> possibleColumns(const Ink& ink, const std::vector<StrokeShape>& shapes);

}  // namespace primer::handwriting::lines
