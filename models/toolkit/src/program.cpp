#include "primer/toolkit/program.h"

#include <cstdio>

#include "primer/base/program.h"

namespace primer::toolkit {

int runModelProgram(int /*argc*/, const char* const* /*argv*/, const Workshop& /*workshop*/) {
  std::fputs("primer-model: not in this version\n", stderr);
  return kExitUsage;
}

}  // namespace primer::toolkit
