#pragma once

// Checking worked lines: which is right, where it went wrong and why, and the next small help.
//
// A line is judged against the last right line (the problem, at first). A right line is never
// called wrong: what can be read in two ways is read in the pupil's favour, a true side calculation
// is right, and what could not be decided in time is `unreadable`, never `wrong`. A line that
// follows rightly from a wrong one is `wrong` with `follows_error`.
//
// Pure functions, safe on any thread. A line takes at most `Limits::line`; once wrong for certain,
// the search for the reason ends with what it has.

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/maths/picture.h"
#include "primer/maths/problem.h"

namespace primer::maths {

enum class LineState : std::uint8_t {
  kRight,
  kOffPath,     // right, a detour
  kIncomplete,  // not yet a statement
  kUnreadable,
  kSlip,           // right method, a fact or a copy wrong
  kMisconception,  // named
  kWrong,
};
// "right", "off_path", ...
const char* stateName(LineState state);

struct LineVerdict {
  LineState state = LineState::kUnreadable;
  std::string misconception;      // a key of the contracts, or empty
  std::vector<std::string> also;  // further keys that explain the same line
  bool follows_error = false;
  std::string explanation;  // to the child; empty only where there is nothing to say
  // Plain text, at most 160 characters each, all different: where to look (never the answer), the
  // idea, the next step.
  std::array<std::string, 3> hints;
  // Goes with the second hint: the idea, drawn with the numbers of this line. Only where a
  // misconception is named, and where a picture helps.
  std::optional<Picture> picture;
  // Another reading of this line that would make it right: ask, do not blame. Only where
  // alternatives were given; the state is then kUnreadable.
  std::string second_reading;
};

struct Verdict {
  std::vector<LineVerdict> lines;
  bool finished = false;  // answered in the form asked
};

struct WrittenLine {
  std::string text;                       // text or LaTeX
  std::vector<std::string> alternatives;  // of the reader of ink, likelier first
};

struct Limits {
  std::chrono::microseconds line = std::chrono::milliseconds(20);
  std::size_t lines = 200;
};

// kInvalidArgument: the problem cannot be understood. kLimitExceeded: too many lines.
Result<Verdict> checkWorking(const ProblemSource& source, const std::vector<WrittenLine>& lines,
                             const Limits& limits = {});

}  // namespace primer::maths
