#pragma once

// The classic first task of sound: which digit was said.

#include "primer/toolkit/workshop.h"

namespace primer::speech::workshop {

// Adds the task "spoken-digits" (data options: "speakers", those that are held out for development)
// and the architecture "digits-cnn" (options: "widths", four numbers of channels).
void addSpokenDigits(toolkit::Workshop& workshop);

}  // namespace primer::speech::workshop
