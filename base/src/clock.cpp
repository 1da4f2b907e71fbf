#include "primer/base/clock.h"

namespace primer {

namespace {
// 2026-11-01T00:00:00Z. A tablet that shows an earlier date than this version's has lost its clock.
constexpr std::int64_t kEarliestCredibleMs = 1'793'491'200'000;
}  // namespace

WallTime SystemClock::wallTime() const {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  return {duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

bool SystemClock::wallTimeTrusted() const { return wallTime().unix_ms >= kEarliestCredibleMs; }

std::chrono::milliseconds SystemClock::steadyTime() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace primer
