#pragma once

// What one line may cost. Work is counted in steps of about a microsecond, and the clock is looked
// at now and then; whatever is spent first ends the work by BudgetSpent, which never crosses the
// room's edge.

#include <chrono>
#include <cstdint>

namespace primer::maths {

struct BudgetSpent {};

class Budget {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Budget(std::chrono::microseconds time) : end_(Clock::now() + time) {}

  void spend(std::uint32_t steps = 1) {
    steps_ += steps;
    if (steps_ >= next_look_) {
      next_look_ = steps_ + 64;
      if (Clock::now() >= end_) throw BudgetSpent{};
    }
  }
  bool spent() const { return Clock::now() >= end_; }

 private:
  Clock::time_point end_;
  std::uint64_t steps_ = 0;
  std::uint64_t next_look_ = 64;
};

}  // namespace primer::maths
