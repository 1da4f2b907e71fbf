#pragma once

#include "data/witness_rows.h"
#include "primer/toolkit/workshop.h"

namespace primer::pronunciation::workshop {

// Words of texts that were read as they stand, and of texts with a word that was never said
// (kTrue).
namespace word_row {
inline constexpr RowFlags kHeld = 2;    // the forced walk holds the word; others are left out
inline constexpr RowFlags kAsRead = 4;  // of a text that was read as it stands
inline constexpr RowFlags kClear = 8;   // nobody doubts it, or it is not held: the net is not asked
}  // namespace word_row

// The task "pronunciation-omissions": which words of a text were left out.
void addOmissions(toolkit::Workshop& workshop);

}  // namespace primer::pronunciation::workshop
