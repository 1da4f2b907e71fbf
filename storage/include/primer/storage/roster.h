#pragma once

// Classes and their pupils. The log-in grid (picture, short label) can be shown by a locked tablet:
// it is sealed with the device's key. Full names are sealed to the class's key.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "primer/base/clock.h"
#include "primer/base/id.h"

namespace primer::storage {

struct NewPupil {
  std::string picture;  // id of the picture to tap: "fox"
  std::string label;    // short, under the picture: a first name or a nickname; may be empty
  std::string name;     // full name; may be empty; only an unlocked class shows it
};

struct NewClass {
  std::string label;  // "4A"
  std::vector<NewPupil> pupils;
};

struct ClassCard {
  ClassId id;
  std::string label;
  int pupils = 0;
};

// How many pictures a pupil taps, in their order, where log-in asks for them. A weak secret, on
// purpose: storage/README.md says what it keeps out.
inline constexpr std::size_t kPicturesToLogIn = 3;

// A cell of the log-in grid.
struct PupilCard {
  LearnerId id;
  std::string picture;
  std::string label;
  bool asks = false;  // three pictures are asked for after this one
};

// A row of the teacher's list.
struct NamedPupil {
  PupilCard card;
  std::string name;                   // empty where none was given
  std::vector<std::string> pictures;  // to log in with; empty where none were given
};

// What a teacher changes about a pupil, one of the two: an event of its own, and the roster with
// it.
struct PupilChange {
  LearnerId learner;
  std::optional<std::string> name = {};     // full name; empty: none any more
  std::optional<std::string> picture = {};  // of the log-in grid
};

// What the locked tablet can say about one pupil.
struct PupilSummary {
  LearnerId learner;
  std::int64_t answers = 0;           // all events
  std::int64_t judged = 0;            // those that count for the share: see isJudged
  std::int64_t right = 0;             //
  std::int64_t hints_taken = 0;       //
  std::optional<WallTime> last_seen;  // of the last event, if it has any

  // 0..1; nothing where nothing was judged.
  std::optional<double> rightShare() const {
    if (judged == 0) return std::nullopt;
    return static_cast<double>(right) / static_cast<double>(judged);
  }
};

struct SkillSummary {
  std::string skill;
  std::int64_t answers = 0;
  std::int64_t judged = 0;
  std::int64_t right = 0;
};

// What one pupil practised since a moment, by skill in the order of first practice.
struct VisitSummary {
  std::int64_t answers = 0;
  std::int64_t judged = 0;
  std::int64_t right = 0;
  std::vector<SkillSummary> skills;
};

}  // namespace primer::storage
