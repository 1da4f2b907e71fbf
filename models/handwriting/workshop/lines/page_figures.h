#pragma once

// Sheets of lines and column work together, and how well the reader of sheets tells one from the
// other.

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "lines/column_composer.h"
#include "lines/line_composer.h"
#include "primer/handwriting/work_reader.h"

namespace primer::handwriting::workshop {

// Reads `count` sheets of two to four pieces each, one above the other, a line or column work at
// random, 0.8 to 1.8 heights of a digit apart. Of each piece: whether its strokes came out as one
// piece of its kind, and whether it was read exactly; per cent.
nlohmann::ordered_json measureSheets(const LineComposer& lines, const ColumnComposer& columns,
                                     WorkReader& reader, std::size_t count, std::uint64_t seed);

}  // namespace primer::handwriting::workshop
