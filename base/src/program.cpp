#include "primer/base/program.h"

#include <algorithm>
#include <cstdio>
#include <string>

namespace primer {

int reportError(std::string_view program, const Error& error) {
  std::string line = error.message;
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(program.size()), program.data(),
               line.c_str());
  return error.code == ErrorCode::kInvalidArgument ? kExitUsage : kExitUnusable;
}

}  // namespace primer
