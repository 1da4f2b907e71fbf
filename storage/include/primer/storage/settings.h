#pragma once

// What a teacher sets for a class, and what is a pupil's own. Whoever has set nothing has the
// defaults; what cannot be read stands as by default as well, and is told.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace primer::storage {

// When the lines of a worked problem are judged. Each includes those after it.
enum class JudgedWhen : std::uint8_t {
  kPause,     // after a quiet pause
  kNextLine,  // when the next line is begun
  kButton,    // when the pupil says so
};

enum class Hand : std::uint8_t { kRight, kLeft };

struct ClassSettings {
  static constexpr std::chrono::minutes kShortest{5};
  static constexpr std::chrono::minutes kLongest{240};

  std::optional<std::chrono::minutes> session;      // of a visit; none: no limit
  std::optional<std::chrono::minutes> break_after;  // a reminder; none: no reminder
  JudgedWhen judged = JudgedWhen::kPause;
  double sensitivity = 0.5;  // how much of what is said is flagged, 0..1

  friend bool operator==(const ClassSettings&, const ClassSettings&) = default;
};

// `faults`: what of the stored row could not be meant, one text for developers each
// ("session_minutes: 7000 is not 5 to 240"); there the default stands. The row itself is left as it
// is until somebody sets another value.
struct StoredClassSettings {
  ClassSettings settings;
  std::vector<std::string> faults;
};

}  // namespace primer::storage
