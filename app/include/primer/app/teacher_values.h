#pragma once

// What the tutor tells the teacher's pages, behind the PIN: plain values like those of values.h,
// ready to be shown.

#include <QList>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>

#include "primer/app/values.h"

namespace primer::app {

struct UnlockRefusal {
  QString words;         // "That is not the PIN." / "Please wait 30 seconds."
  int wait_seconds = 0;  // before the next guess is heard
};

struct PupilRow {
  LearnerId id;
  QString picture;
  QString picture_name;
  QString name;  // empty where the teacher gave none
  int answers_today = 0;
  int answers_all = 0;
  std::optional<double> right_share;  // of first tries, 0..1; none before the first answer
  std::optional<WallTime> last_seen;
  QString last_seen_words;  // "today, 10:42" / "18 November" / "the clock was not set" / ""
  QStringList pictures;     // to log in with, ids; empty where none were given
  bool asked = false;       // whether they are asked for
};

// Of how many pupils of a class three pictures are asked for at log-in.
enum class PicturesAsked : std::uint8_t { kOfNobody, kOfSome, kOfEverybody };

// What a teacher does about one pupil's pictures to log in with.
enum class PicturesChange : std::uint8_t { kAsk, kDoNotAsk, kNewOnes };

// What a teacher sets for a class.
struct ClassRules {
  static constexpr int kLeastMinutes = 5;
  static constexpr int kMostMinutes = 240;
  int session_minutes = 0;  // 0: no limit
  int break_minutes = 0;    // 0: no reminder
  JudgedWhen judged = JudgedWhen::kPause;
  double sensitivity = 0.5;  // how much of what is said is flagged, 0 to 1
  // Setting kOfSome changes nobody's. Who is asked and has none is given some.
  PicturesAsked pictures = PicturesAsked::kOfNobody;
  // What could not be read of what was set, in words: there the usual stands. Not for setting.
  QStringList faults;
};

struct AnswerRow {
  QString item;      // "7 × 8"
  QString answer;    // as read: "56"
  QString expected;  // "56"
  Verdict verdict = Verdict::kNotYet;
  QString verdict_words;  // "right" / "not yet"
  QString how;            // "read", "confirmed by the pupil", "typed"
  double confidence = 0;  // of the reading, 0..1
  WallTime at;
  QString at_words;  // "today, 10:42"
  int attempt = 1;
  int hints = 0;  // hints seen before this answer
  int milliseconds = 0;
  QString skill;
  QString reason;  // why the item was chosen
  Ink ink;         // empty where it was typed or cannot be opened
  int sound = -1;  // what the pupil kept of what was said, for Tutor::playKept(); -1: nothing
};

// An answer that waits for the teacher, or that the teacher has decided about.
struct DisputeRow {
  QString key;  // for Tutor::remark()
  LearnerId pupil;
  QString picture;
  QString name;  // or the picture's
  QString why;   // "The pupil disagrees" / "I could not tell"
  AnswerRow answer;
  std::optional<bool> right;  // as the teacher decided
};

struct ClassView {
  ClassCard shown;
  QString title;    // "Today in 4A"
  QString summary;  // "5 of 15 pupils worked · 43 answers"
  QList<PupilRow> pupils;
  QList<Problem> problems;
  QList<DisputeRow> disputes;  // those that wait first, newest first
  int disputes_open = 0;
  ClassRules rules;
};

struct PupilView {
  PupilRow pupil;
  QList<AnswerRow> answers;       // newest first
  int answers_not_shown = 0;      // older ones beyond the limit
  QStringList words_to_practise;  // of stories: "umbrella (The red kite, yesterday)"
  QStringList free_pictures;      // ids that no other pupil of the class has
  QString told;                   // what came of the last change, in words; mostly empty
  bool refused = false;           // it was not made
};

}  // namespace primer::app
