#pragma once

// What every command-line program of the product does alike: exit codes, and one line on standard
// error that says what is wrong.

#include "primer/base/result.h"

namespace primer {

enum ExitCode : int {
  kExitOk = 0,
  kExitSomeFailed = 1,  // finished, but a check failed or some lines were bad
  kExitUsage = 2,       // the command line is wrong, or asks for what this version does not have
  kExitUnusable = 3,    // the input cannot be used: missing, not what it should be, unsafe
};

// Prints "PROGRAM: message" on standard error, in one line, and returns the exit code that fits the
// error.
int reportError(std::string_view program, const Error& error);

}  // namespace primer
