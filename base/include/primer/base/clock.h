#pragma once

// The two clocks of a tablet, behind a seam so that tests can move them.
//
// Wall time may be wrong (tablets lose their battery) and may jump; it is for showing and, when
// trusted, for ordering between tablets. Steady time never runs backwards and is for durations.

#include <chrono>
#include <cstdint>

namespace primer {

// Milliseconds since 1970-01-01T00:00:00Z.
struct WallTime {
  std::int64_t unix_ms = 0;
  friend bool operator==(const WallTime&, const WallTime&) = default;
  friend auto operator<=>(const WallTime&, const WallTime&) = default;
};

// Thread-safe: every method may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual WallTime wallTime() const = 0;
  // False where the wall clock is known to be unset: earlier than the day on which this version was
  // built.
  virtual bool wallTimeTrusted() const = 0;
  virtual std::chrono::milliseconds steadyTime() const = 0;
};

class SystemClock final : public Clock {
 public:
  WallTime wallTime() const override;
  bool wallTimeTrusted() const override;
  std::chrono::milliseconds steadyTime() const override;
};

// Stands still until it is moved. For tests and the tour. Not thread-safe while it is being moved.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(WallTime start = {1'700'000'000'000}) : wall_(start) {}
  WallTime wallTime() const override { return wall_; }
  bool wallTimeTrusted() const override { return trusted_; }
  std::chrono::milliseconds steadyTime() const override { return steady_; }

  void advance(std::chrono::milliseconds by) {
    wall_.unix_ms += by.count();
    steady_ += by;
  }
  void setWallTime(WallTime time) { wall_ = time; }
  void setTrusted(bool trusted) { trusted_ = trusted; }

 private:
  WallTime wall_;
  bool trusted_ = true;
  std::chrono::milliseconds steady_{0};
};

}  // namespace primer
