#pragma once

// How every command-line program of the product starts: options read by CLI11, exit codes of
// program.h, one line on standard error for whatever is wrong, and no exception out of main.

#include <functional>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's
class App;       // CLI11
}

namespace primer {

// What the command line asked for, once it has been read: runs it and returns its exit code.
using Job = std::function<int()>;

// Builds the program's App, lets `declare` add options and verbs to it, reads the command line and
// runs the job that `declare` gave. What `declare` returns may refer to what it captured, not to
// its own locals. --help is printed and ends with kExitOk, a wrong command line with kExitUsage, an
// exception of a library with kExitUnusable.
int runCommandLine(const char* program, const char* purpose, int argc, const char* const* argv,
                   const std::function<Job(CLI::App&)>& declare);

// A verb that is promised and not built yet: takes any options, says so, ends with kExitUsage.
void addLaterVerb(CLI::App& app, const char* verb);

}  // namespace primer
