#pragma once

// Column arithmetic between the reader of ink and the checker of columns.

#include "primer/handwriting/column_text.h"
#include "primer/maths/column_work.h"

namespace primer::app {

// What the checker asks for. Left of what is written in a result, columns that the numbers above
// take are blank. The steps of a division are not judged.
maths::ColumnWork columnWorkOf(const handwriting::ColumnText& text);

}  // namespace primer::app
