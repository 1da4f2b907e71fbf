#include "src/tables/pin_guard.h"

#include <algorithm>

namespace primer::storage {

namespace {
constexpr std::int64_t kFreeGuesses = 5;
constexpr std::chrono::milliseconds kFirstDelay = std::chrono::seconds(30);
constexpr std::chrono::milliseconds kLongestDelay = std::chrono::hours(1);
}  // namespace

const TableShape& PinGuard::shape() {
  static const TableShape shape = {"pin_guard",
                                   "only_row",
                                   {{"failures", ColumnType::kInteger},
                                    {"last_failure_ms", ColumnType::kInteger},
                                    {"revision", ColumnType::kInteger}},
                                   "only_row",
                                   true,
                                   true};
  return shape;
}

std::chrono::milliseconds PinGuard::delayAfter(std::int64_t failures) {
  if (failures < kFreeGuesses) return std::chrono::milliseconds(0);
  const auto doublings = std::min<std::int64_t>(failures - kFreeGuesses, 16);
  return std::min(kFirstDelay * (std::int64_t{1} << doublings), kLongestDelay);
}

std::chrono::milliseconds PinGuard::wait(WallTime now) {
  const State state = read();
  const auto delay = delayAfter(state.failures);
  if (delay.count() == 0) return delay;
  const std::chrono::milliseconds passed(now.unix_ms - state.last_ms);
  return std::clamp(delay - passed, std::chrono::milliseconds(0), delay);
}

void PinGuard::noticeClock(WallTime now) {
  const State state = read();
  if (now.unix_ms < state.last_ms) write({state.failures, now.unix_ms, state.revision + 1});
}

void PinGuard::countGuess(WallTime now) {
  const State state = read();
  write({state.failures + 1, now.unix_ms, state.revision + 1});
}

void PinGuard::forgive() { write({0, 0, read().revision + 1}); }

PinGuard::State PinGuard::read() {
  SQLite::Statement select(connection_, selectAll(shape()));
  if (!select.executeStep()) return {};
  return {select.getColumn(1).getInt64(), select.getColumn(2).getInt64(),
          select.getColumn(3).getInt64()};
}

void PinGuard::write(const State& state) {
  store(connection_, shape(), {state.failures, state.last_ms, state.revision});
}

}  // namespace primer::storage
