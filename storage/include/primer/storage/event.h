#pragma once

// The event: one thing that a pupil did. Every answer of every activity is one event; later
// activities add rows, never columns (DESIGN: data that belongs to a child).
//
// What the locked tablet must read to choose the next item (skill, item, verdict, times) is kept
// plain beside a random learner id. What a child wrote or said (the answer as read, ink, sound) is
// sealed to the class's public key before it reaches the disk and comes back only with a ClassKey.

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/clock.h"
#include "primer/base/id.h"

namespace primer::storage {

// Random, made when the answer is submitted; also a valid RFC 4122 version 4 UUID.
using EventId = Id<struct EventTag>;

// A new one.
EventId newEventId();

// How an answer was judged. The stored words are those of the command lines: "right", "off_path",
// ...
enum class Verdict : std::uint8_t {
  kNotJudged,      // kept, but nothing was said about it; also a word of a later version
  kRight,          //
  kOffPath,        // right, by a detour
  kPartly,         // part of what was asked
  kIncomplete,     // not yet a statement
  kUnreadable,     // "I cannot read this yet": never counted as wrong
  kSlip,           // right method, a fact or a copy wrong
  kMisconception,  // wrong, and a rule is known that explains it: see `misconception`
  kWrong,          //
  kAskTeacher,     // the tutor is not sure enough to say
};

std::string_view verdictName(Verdict verdict);
// kNotJudged for a word that this version does not know.
Verdict verdictFromName(std::string_view name);
// Counts as right: kRight and kOffPath.
bool isRight(Verdict verdict);
// Counts as an answer at all, when shares are taken: not kUnreadable, kNotJudged, kIncomplete or
// kAskTeacher.
bool isJudged(Verdict verdict);

// Where an event stands among those of its tablet.
struct EventOrder {
  std::int64_t boot = 0;     // raised at each start of the tutor
  std::int64_t counter = 0;  // 1, 2, ... within one boot
  friend bool operator==(const EventOrder&, const EventOrder&) = default;
  friend auto operator<=>(const EventOrder&, const EventOrder&) = default;
};

// What the tutor knows when a pupil has answered. Given to Recorder::submit.
struct Answer {
  EventId id;  // null: one is made
  LearnerId learner;
  std::string activity;              // "number-facts"
  std::string item;                  // the item's id, stable within its activity: "7+5"
  std::string skill;                 // "add-within-20"
  std::optional<double> difficulty;  // 0..1: the share of pupils expected to fail
  int attempt = 1;                   // 1 for the first try at this item
  std::string answer_as_read;        // sealed: it is a child's own text
  std::optional<double> confidence;  // 0..1, of the reading
  Verdict verdict = Verdict::kNotJudged;
  std::string misconception;  // a key of the contracts, or empty
  int hints_taken = 0;
  std::chrono::milliseconds taken{0};  // from the item shown to the answer given
  std::string why_chosen;              // the reason in words, or a key of it; names nobody
  std::vector<std::byte> ink;          // encoded by the caller; sealed; may be empty
  std::vector<std::byte> sound;        // sealed; only where the pupil saved it; may be empty
  // What later choices and judgements need of it beyond this row (how each sound was said, which
  // words were hard), encoded by the caller. Sealed with the tablet's own key: this tablet reads it
  // while it is locked, nobody else does. May be empty.
  std::vector<std::byte> evidence;
  // Of an answer with which the pupil says that our judgement of an earlier one is wrong: that one.
  std::optional<EventId> about;
  // The sheet as it stands after this answer, saved with it: see Recorder::keepDraft(). Nothing: as
  // it was.
  std::optional<std::vector<std::byte>> draft;
};

// What a teacher says of an answer, after all: an event of its own. The latest counts.
struct Remark {
  LearnerId learner;
  EventId about;
  Verdict verdict = Verdict::kRight;  // kRight, kPartly or kWrong
};

// The most bytes that an event's sound may have; its evidence likewise.
inline constexpr std::size_t kMostSoundBytes = 2u << 20;
inline constexpr std::size_t kMostEvidenceBytes = 4096;
// How many sounds of a learner are kept: of the next one the oldest makes room, its event stays.
inline constexpr std::int64_t kMostSoundsOfALearner = 40;

// An event as any tablet may read it, locked or not.
struct Event {
  EventId id;
  TabletId tablet;
  EventOrder order;
  std::int64_t arrival = 0;  // 1, 2, ... in the order in which rows came to this tablet
  WallTime wall_time;
  bool wall_time_trusted = false;
  LearnerId learner;
  std::string activity;
  std::string item;
  std::string skill;
  std::optional<double> difficulty;
  int attempt = 1;
  std::optional<double> confidence;
  Verdict verdict = Verdict::kNotJudged;  // as it counts: the teacher's, where there is one
  // What the teacher has said of it; of an answer `about` another, what was said of that one.
  std::optional<Verdict> remark;
  std::optional<EventId> about;  // see Answer::about; such an event counts for nothing itself
  std::string misconception;     // as it was judged at first
  int hints_taken = 0;
  std::chrono::milliseconds taken{0};
  std::string why_chosen;
  bool has_ink = false;
  bool has_sound = false;
};

// An event with what was sealed, for the teacher; its sound is large and comes by itself
// (Database::sound).
struct OpenedEvent {
  Event event;
  std::string answer_as_read;
  std::vector<std::byte> ink;
  // False where the sealed parts belong to another class's key or are damaged; they are then empty.
  bool readable = true;
};

// What an answer left for later ones (Answer::evidence).
struct EventEvidence {
  EventId event;
  std::vector<std::byte> bytes;
};

// All that was recorded of one learner and that a locked tablet may read.
struct LearnerRecord {
  std::vector<Event> events;            // in history order: see sortIntoHistory
  std::vector<EventEvidence> evidence;  // of the newest answers that left any, oldest first
  // What the teacher re-marked since the learner's last answer: the answers, as they count now.
  std::vector<Event> remarked_since;
};

// Puts events of any number of tablets into the one order that history has: on one tablet by
// (boot, counter); between tablets by wall time where both are trusted, else by arrival.
void sortIntoHistory(std::vector<Event>& events);

}  // namespace primer::storage
