#pragma once

// Which strokes of a sheet stand in one row.

#include <cstddef>
#include <vector>

#include "primer/handwriting/lines/stroke_shape.h"

namespace primer::handwriting::lines {

struct RowOfStrokes {
  std::vector<std::size_t> strokes;  // indices, ascending
  StrokeBox box;
};

// Without ruled lines. Strokes in the order of writing make runs, which end where the pen goes back
// to the left and to another height; a run joins the row that it stands in or touches (a fraction's
// parts, a correction), or begins a new one. From top to bottom; every stroke is in one row.
std::vector<RowOfStrokes> rowsOf(const std::vector<StrokeShape>& strokes);

}  // namespace primer::handwriting::lines
