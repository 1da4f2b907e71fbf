#pragma once

// Table `pin_guard`: wrong guesses of the PIN since the last right one, counted before each guess
// is tried, so that pulling the plug in the middle of a guess wins nothing.
//
// The first five guesses wait for nothing; then 30 seconds, doubled with each further miss, at most
// an hour.

#include <chrono>
#include <cstdint>

#include "primer/base/clock.h"
#include "src/sqlite/connection.h"

namespace primer::storage {

class PinGuard {
 public:
  explicit PinGuard(SQLite::Database& connection) : connection_(connection) {}
  static const TableShape& shape();

  static std::chrono::milliseconds delayAfter(std::int64_t failures);

  // How long until a guess is taken; never longer than the delay itself.
  std::chrono::milliseconds wait(WallTime now);
  // Where the clock was set back, the wait begins anew rather than lasting until the clock is there
  // again.
  void noticeClock(WallTime now);
  std::int64_t failures() { return read().failures; }
  void countGuess(WallTime now);
  void forgive();

 private:
  struct State {
    std::int64_t failures = 0;
    std::int64_t last_ms = 0;
    std::int64_t revision = 0;
  };
  State read();
  void write(const State& state);
  SQLite::Database& connection_;
};

}  // namespace primer::storage
