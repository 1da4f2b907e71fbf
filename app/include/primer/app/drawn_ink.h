#pragma once

// Ink as a steady hand writes it, for the tour and for journeys through the pages.

#include <QString>
#include <cstdint>

#include "primer/app/values.h"

namespace primer::app {

// The digits of `number` in the middle of `box`, about half as high as the box (less where they
// would not fit its width). The same seed draws the same ink.
Ink drawNumberIn(const InkBox& box, const QString& number, std::uint32_t seed = 1);

// Two numbers one below the other, a line, and `result` below it, in `box` from its top left
// corner, as large as it fits. Empty where the operands are no whole numbers.
Ink drawSumIn(const InkBox& box, const QString& first, const QString& second,
              const QString& result);

// What is written into a division that is printed on squares: a digit or a blank for each of the
// dividend's, above and small before it; and the remainder.
Ink drawDivisionIn(const SheetPaper::Division& at, const DivisionView& division,
                   const QString& quotient, const QString& carries, const QString& remainder = {},
                   std::uint32_t seed = 1);

}  // namespace primer::app
