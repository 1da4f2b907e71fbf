#pragma once

#include <QString>

#include "primer/base/clock.h"

namespace primer::app {

// "today, 10:42", "yesterday, 10:42", "18 November", "18 November 2025"; where the clock was not
// set when it was written down: "time not known".
QString timeWords(WallTime at, bool trusted, WallTime now);

// "today", "yesterday", "last week"; completes sentences.
QString daysAgoWords(int days);

// Whole days of the tablet's calendar from one to the other; negative where a clock ran backwards.
int daysBetween(WallTime from, WallTime to);

// Whether both lie on the same day where the tablet is.
bool sameDay(WallTime left, WallTime right);

}  // namespace primer::app
