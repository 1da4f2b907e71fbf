#pragma once

// Lines of school notation as trees, at random: sums, equations, fractions, powers, roots, units.

#include <cstddef>
#include <string_view>
#include <vector>

#include "primer/handwriting/lines/notation.h"
#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

struct NotationLine {
  lines::Row row;
  std::vector<std::size_t> labels;  // the class of each symbol, in about the order of reading
};

// One line, of 1 to about 20 symbols.
NotationLine makeNotation(toolkit::Random& random);

}  // namespace primer::handwriting::workshop
