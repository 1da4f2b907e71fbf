#pragma once
// How long a test lets work take, so that a busy machine or a sanitizer never decides it.

#include <ctime>
#include <utility>

namespace primer::test {

/// Processor time in milliseconds that this thread spends on `work`. What other processes do
/// meanwhile does not count; neither do threads that `work` starts.
template <class Work>
double threadMilliseconds(Work&& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
  };
  const double begin = now();
  std::forward<Work>(work)();
  return now() - begin;
}

/// What a limit is multiplied by in this build: sanitizers and missing optimisation cost ten to
/// thirty times.
#if defined(__SANITIZE_ADDRESS__) || !defined(NDEBUG)
inline constexpr double kSlowBuild = 50;
#else
inline constexpr double kSlowBuild = 1;
#endif

}  // namespace primer::test
