#pragma once

#include "data/witness_rows.h"
#include "primer/toolkit/workshop.h"

namespace primer::pronunciation::workshop {

// Sounds of readings: those that stand in the place of others (kTrue), and those that all raters
// hold right.
namespace sound_row {
inline constexpr RowFlags kAsRead = 2;  // of a text that was read as it stands; kTrue: most raters
                                        // hold the sound to be another one, or none
inline constexpr RowFlags kNative = 4;  // of a native speaker, whose sounds are all right
}  // namespace sound_row

// The task "pronunciation-substitutions": which sounds stand in the place of others.
void addSubstitutions(toolkit::Workshop& workshop);

}  // namespace primer::pronunciation::workshop
