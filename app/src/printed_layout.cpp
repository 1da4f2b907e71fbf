#include "printed_layout.h"

#include "primer/maths/short_division.h"

namespace primer::app {

std::optional<handwriting::PrintedDivision> printedDivision(const std::string& problem,
                                                            const SheetPaper::Division& at) {
  const auto division = maths::shortDivisionOf(problem);
  if (!division) return std::nullopt;
  handwriting::PrintedDivision printed;
  printed.dividend = division->dividend;
  printed.divisor = std::to_string(division->divisor);
  printed.right = at.right;
  printed.bar = at.bar;
  printed.cell = at.cell;
  printed.remainder = division->with_remainder;
  printed.remainder_left = at.remainder_left;
  return printed;
}

}  // namespace primer::app
