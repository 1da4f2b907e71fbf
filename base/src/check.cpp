#include "primer/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace primer::internal {

bool reportBrokenExpectation(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "primer: expected %s at %s:%d\n", condition, file, line);
#ifndef NDEBUG
  std::abort();
#endif
  return true;
}

}  // namespace primer::internal
