#pragma once

// An assertion for programming mistakes, loud where developers look and survivable where children
// do.
//
//   PRIMER_VERIFY(index < size) { return {}; }
//
// In a debug build a false condition stops the program. In a release build it is written to
// standard error and the block runs, so every use states how to go on.

namespace primer::internal {
// Reports a broken expectation; returns true so that the fallback block runs.
bool reportBrokenExpectation(const char* condition, const char* file, int line);
}  // namespace primer::internal

#define PRIMER_VERIFY(condition) \
  if (!(condition) && ::primer::internal::reportBrokenExpectation(#condition, __FILE__, __LINE__))
