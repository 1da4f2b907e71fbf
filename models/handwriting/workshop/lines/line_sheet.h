#pragma once

// A picture of lines of ink with what was read, misreads marked.

#include <string>
#include <vector>

#include "primer/base/ink.h"

namespace primer::handwriting::workshop {

struct SheetLine {
  Ink ink;
  std::string read;
  std::string truth;
  bool right = false;
  bool unsure = false;
};

// An SVG file: two columns; under each line its reading in print, red where it is wrong (with the
// truth beside it), grey where the reader was unsure and right.
// `ink_height`: room for the ink of one, in pixels.
std::string drawSheet(const std::vector<SheetLine>& lines, float ink_height = 74);

}  // namespace primer::handwriting::workshop
