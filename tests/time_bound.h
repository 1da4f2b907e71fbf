#pragma once
// How long a test lets work take, so that a busy machine or a sanitizer never decides it.

#include "primer/base/thread_clock.h"

namespace primer::test {

using primer::threadMilliseconds;

/// What a limit is multiplied by in this build: sanitizers and missing optimisation cost ten to
/// thirty times.
#if defined(__SANITIZE_ADDRESS__) || !defined(NDEBUG)
inline constexpr double kSlowBuild = 50;
#else
inline constexpr double kSlowBuild = 1;
#endif

}  // namespace primer::test
