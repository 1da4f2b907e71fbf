#pragma once

// A picture of lines of ink with what was read, misreads marked.

#include <string>
#include <vector>

#include "lines/line_composer.h"
#include "primer/handwriting/line_reader.h"

namespace primer::handwriting::workshop {

struct SheetLine {
  MadeNotation made;
  LineReading reading;
};

// An SVG file: two columns; under each line its reading in print, red where it is wrong (with the
// truth beside it), grey where the reader was unsure and right.
std::string drawSheet(const std::vector<SheetLine>& lines);

}  // namespace primer::handwriting::workshop
