#pragma once

// The processor time of the calling thread: what work costs, whatever else the machine does.

#include <chrono>
#include <ctime>
#include <ratio>
#include <utility>

namespace primer {

// A clock in the sense of <chrono>. Its times mean something within one thread only.
struct ThreadClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<ThreadClock, duration>;
  static constexpr bool is_steady = true;

  static time_point now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time_point(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
  }
};

// What this thread spends on `work`, in milliseconds; threads that `work` starts do not count.
template <typename Work>
double threadMilliseconds(Work&& work) {
  const auto begin = ThreadClock::now();
  std::forward<Work>(work)();
  return std::chrono::duration<double, std::milli>(ThreadClock::now() - begin).count();
}

}  // namespace primer
