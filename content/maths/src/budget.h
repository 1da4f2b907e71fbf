#pragma once

// What one line may cost: time of the calling thread, so that a busy machine changes no verdict.
// The clock is looked at now and then; once it is spent, BudgetSpent is thrown, which never crosses
// the room's edge.

#include <chrono>
#include <cstdint>
#include <ctime>

namespace primer::maths {

struct BudgetSpent {};

class Budget {
 public:
  // The processor time of this thread.
  struct Clock {
    using duration = std::chrono::nanoseconds;
    using time_point = std::chrono::time_point<Clock, duration>;
    static time_point now() {
      timespec t{};
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
      return time_point(std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec));
    }
  };

  explicit Budget(std::chrono::microseconds time) : end_(Clock::now() + time) {}

  void spend(std::uint32_t steps = 1) {
    steps_ += steps;
    if (steps_ >= next_look_) {
      next_look_ = steps_ + 64;
      if (Clock::now() >= end_) throw BudgetSpent{};
    }
  }

 private:
  Clock::time_point end_;
  std::uint64_t steps_ = 0;
  std::uint64_t next_look_ = 64;
};

}  // namespace primer::maths
