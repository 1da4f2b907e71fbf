#pragma once

// The program `primer-model`.

#include "primer/toolkit/workshop.h"

namespace primer::toolkit {

// Runs one command line over what the model rooms brought; returns the exit code.
int runModelProgram(int argc, const char* const* argv, const Workshop& workshop);

}  // namespace primer::toolkit
