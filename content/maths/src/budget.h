#pragma once

// What one line may cost: time of the calling thread, so that a busy machine changes no verdict.
// The clock is looked at now and then; once it is spent, BudgetSpent is thrown, which never crosses
// the room's edge.

#include <chrono>
#include <cstdint>

#include "primer/base/thread_clock.h"

namespace primer::maths {

struct BudgetSpent {};

class Budget {
 public:
  using Clock = ThreadClock;

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
