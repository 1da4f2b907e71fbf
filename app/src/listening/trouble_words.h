#pragma once

#include "primer/app/heard.h"
#include "primer/pronunciation/hearing.h"

namespace primer::app {

// What happened and what to do, for a child; empty for kNone.
TroubleWords troubleWords(ListenTrouble trouble);

ListenTrouble troubleOf(pronunciation::SignalProblem problem);

}  // namespace primer::app
