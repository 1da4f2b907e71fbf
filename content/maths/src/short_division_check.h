#pragma once

// Short division by one digit, as it was written: judged from the left, each place from what stands
// before it.

#include "primer/maths/column_work.h"
#include "primer/maths/short_division.h"

namespace primer::maths {

// `work` is a short division of checked operands and digits.
ColumnVerdict checkShortDivision(const ColumnWork& work, const ShortDivision& division);

}  // namespace primer::maths
