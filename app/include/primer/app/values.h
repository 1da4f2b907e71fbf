#pragma once

// What the tutor tells the pages and what the pages tell the tutor: plain values that are copied
// from thread to thread. Every QString in here is ready to be shown (translated) unless it says
// that it is an id or a key.

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "primer/app/placing.h"
#include "primer/base/clock.h"
#include "primer/base/id.h"
#include "primer/base/ink.h"
#include "primer/content/kind.h"
#include "primer/content/quiz.h"

namespace primer::app {

Q_NAMESPACE

// Which page stands on the screen. The tutor decides, the pages follow.
enum class Stage : std::uint8_t {
  kStarting,  // opening the records, the lesson and the model
  kStopped,   // the records cannot be used at all: show problems(), offer tryAgain()
  kSetUp,     // no class yet: the teacher makes one
  kLogIn,     // the grid of pictures
  kHome,      // the doors, and the garden
  kWorking,   // a sum and the ink box
  kBreak,     // the reminder of a break, between two items
  kWellDone,  // the end of a set
  kTeacher,   // unlocked: the class and its answers
};
Q_ENUM_NS(Stage)

enum class Severity : std::uint8_t {
  kNotice,   // works, with something missing: for the teacher's page
  kWarning,  // something a teacher should mend soon: for the teacher's page
  kStops,    // nothing can go on: for whoever looks at the screen
};
Q_ENUM_NS(Severity)

// Something that is wrong with this tablet, in words.
struct Problem {
  QString key;  // stable: "model.missing", "database.full", ...; never shown
  Severity severity = Severity::kNotice;
  QString title;   // a few words: "Handwriting is switched off"
  QString words;   // one or two sentences: what this means and what to do
  QString detail;  // for a technician: the error as developers wrote it (English); may be empty
  friend bool operator==(const Problem&, const Problem&) = default;
};

// ---- Log-in --------------------------------------------------------------------------------

struct PupilCard {
  LearnerId id;
  QString picture;       // an id of kPictureIds
  QString picture_name;  // "Kite"
  QString label;         // a short name under the picture; usually empty
  bool asks = false;     // three pictures are asked for after this one: picturesAsked()
  bool guest = false;    // of a visit that leaves nothing behind; on no grid
};

// "Now your three pictures": small and friendly, for a child who cannot read yet.
struct PicturesView {
  PupilCard pupil;
  QStringList pictures;  // ids, in the order in which they are shown: always the same
  int count = 0;         // so many are tapped
  QString words;         // what to do; after a wrong try a kind word
  bool wrong = false;    // the last try did not lead in
  int wait_seconds = 0;  // after several: a breath before the next
};

struct ClassCard {
  ClassId id;
  QString label;  // "4A", as the teacher typed it
};

struct LogInGrid {
  ClassCard shown;
  QList<ClassCard> classes;  // all of this tablet's; showClass() turns to another
  QList<PupilCard> pupils;   // of the class that is shown
};

// ---- Setting up ----------------------------------------------------------------------------

struct ClassSetUp {
  QString class_name;
  QString pin;        // digits
  QString pin_again;  // must be equal
  int pupils = 15;    // each gets the next picture of kPictureIds; 1..30
  QStringList names;  // full names in the order of the pictures; may be shorter, or empty. Sealed:
                      // only the unlocked teacher's page shows them
};

// What is wrong with a ClassSetUp; a field's words are empty where it is all right.
struct ClassSetUpFaults {
  QString class_name, pin, pin_again, pupils;
  QString all;  // it is all right, but keeping it failed
  bool none() const {
    return class_name.isEmpty() && pin.isEmpty() && pin_again.isEmpty() && pupils.isEmpty() &&
           all.isEmpty();
  }
};

// ---- Home ----------------------------------------------------------------------------------

// The ways on from home. The first visit has one door only.
enum class DoorKind : std::uint8_t { kBegin, kGoOn, kReview, kSomethingNew };
Q_ENUM_NS(DoorKind)

struct DoorView {
  DoorKind kind = DoorKind::kGoOn;
  QString title;     // "Go on"
  QString skill;     // what would come first behind it; empty where the door is closed
  QString reason;    // why, or why it is closed; one or two sentences
  bool open = true;  // a closed door is shown, quietly: doors never change places
};

// How far a skill has grown: the garden's picture of it.
struct Flower {
  QString skill;
  int grown = 0;  // 0..kFlowerOpensAt right answers, ever
  bool opened_now = false;
};
inline constexpr int kFlowerOpensAt = 5;

// A skill that the pupil may choose.
struct SkillChoice {
  int skill = 0;  // place in the course, for Tutor::chooseSkill()
  QString title;
  int grown = 0;  // as Flower::grown
  QString group;  // the lesson that it is from: skills of one stand together
};

struct HomeView {
  QString hello;          // "Hello, Moon"
  QString news;           // what the teacher said of an answer meanwhile; mostly empty
  QList<DoorView> doors;  // kBegin alone, or the other three in their order
  QList<Flower> garden;   // of every skill, in the course's order
  QString garden_words;   // "6 flowers open, 3 growing"; on a first visit what a garden is
  QList<SkillChoice> skills;
  QString spoken;  // the page as it is read aloud
};

// ---- Working -------------------------------------------------------------------------------

// How an item is asked for and answered; each kind has its page.
using ItemKind = content::Kind;

// When lines are judged: the teacher's choice. Each includes those after it.
enum class JudgedWhen : std::uint8_t { kPause, kNextLine, kButton };
Q_ENUM_NS(JudgedWhen)

// How an item of the set went. Each has a shape of its own.
enum class Step : std::uint8_t { kToCome, kNow, kRight, kNotYet, kForTeacher };
Q_ENUM_NS(Step)

// How a question of a quiz is answered.
using Answering = content::Answering;

struct QuizOption {
  int id = 0;  // for QuizReply::places
  QString text;
};

// What a quiz's page needs beside the question itself.
struct QuizView {
  Answering answering = Answering::kChooseOne;
  QList<QuizOption> options;         // in the order in which they are shown
  QList<QuizOption> partners;        // of a match: to be put to the options
  int gaps = 0;                      // "___" in the prompt
  int low = 0, high = 1, parts = 1;  // of a number line: its ends, steps to every whole number
  QString unit;                      // of a number; may be empty
  QString word;                      // to be spelt: for who cannot hear it
  PlacingView placing;               // of things to be placed; options and partners are its words
};

// An answer to it, by the ids of its options.
struct QuizReply {
  // Of a choice what was chosen; of gaps what stands in each; of an order in that order; of a match
  // per option, in the order of their ids, the partner that was put to it; of things to be placed,
  // in the order of their ids, the place of each, -1: none.
  QList<int> places;
  int at = 0;    // of a number line: steps from its lower end
  QString text;  // of a number or a text
  friend bool operator==(const QuizReply&, const QuizReply&) = default;
};

// A question about a story.
struct QuestionView {
  QString ask;
  QStringList answers;  // in the order in which they are shown
  QString right;
};

// What lies on the page of an item that is not finished.
struct EarlierTry {
  Ink ink;
  QString read;
};
struct SheetWork {
  Ink ink;
  bool keys = false;               // keys instead of the pen
  QStringList typed;               // line by line; of a number the digits
  QList<EarlierTry> earlier;       // of a number: tries that were not right yet, oldest first
  std::optional<QuizReply> reply;  // of a quiz
  bool empty() const { return ink.empty() && typed.isEmpty() && earlier.isEmpty() && !reply; }
};

// A short division that is set up on squares, to be filled in.
struct DivisionView {
  QString dividend;
  QString divisor;         // one digit
  bool remainder = false;  // what is left over is asked for, behind an r
};

struct ItemView {
  ItemKind kind = ItemKind::kNumber;
  int number = 0;  // 1-based place in the set
  int of = 0;      // length of the set
  QString lesson_title;
  QString skill;             // in a child's words: "Times tables of 6 to 9"
  QString request;           // small line above the sum: "Work it out"
  QString prompt;            // the sum as set in print: "7 × 8 ="
  QString spoken;            // the same to be said or given to a screen reader: "7 times 8"
  QString reason;            // why this one now, in words
  bool keypad_only = false;  // handwriting is not there: show the number keypad
  QString explain;           // the card that says what this is about; of sums it may be empty
  QuizView quiz;             // of ItemKind::kQuiz
  bool squared = false;      // of lines: column work is expected, on squared paper
  std::optional<DivisionView> division;  // and this is printed on it
  QString sound;                         // of a saying: the sound that is practised, a key ("TH")
  QString other;           // of a saying: the word that sounds nearly like it; may be empty
  QStringList paragraphs;  // of a story
  QString picture;         // the name of a drawing, where a story has one
  QList<QuestionView> questions;
  bool walk = false;  // of a first visit's walk: stepping stones instead of dots, no hints
  JudgedWhen judged = JudgedWhen::kPause;  // of lines
  SheetWork begun;                         // what lay on its page when it was left
};

// Between two items: the teacher's reminder of a break.
struct BreakView {
  QString title;
  QString words;
  bool may_put_off = true;  // once
};

// The inside of the box on the page that the pupil writes in, in the ink's units (pixels).
struct InkBox {
  float left = 0, top = 0, right = 0, bottom = 0;
};

struct DigitView {
  QString symbol;                    // "7"
  QStringList alternatives;          // other readings, likeliest first; without `symbol`
  bool doubtful = false;             // draw the dotted ring, offer the alternatives
  bool confirmed = false;            // the pupil has said that this is what was written
  bool mirrored = false;             // written mirror-wise, read as the digit
  std::vector<std::size_t> strokes;  // indices into the ink that was given to readInk()
  InkBox box;                        // where it stands in the ink
};

// What the tutor reads in the ink that lies on the page now. `digits` is empty where it cannot be
// read.
struct ReadingView {
  QString text;  // "56"; empty: cannot be read
  QList<DigitView> digits;
  double confidence = 0;  // chance that `text` is what was meant
  bool unsure = true;     // a digit is doubtful and not confirmed
  QString words;  // "You wrote 56." / "I cannot read this yet." ; for print and for the voice
};

enum class Verdict : std::uint8_t {
  kRight,
  kNotYet,      // a kind word and one hint
  kCannotRead,  // nothing is recorded; say so, keep the ink, let the pupil write again
  kForTeacher,  // cannot be judged here: kept for the teacher, and the item is over
  kAsk,  // is this what you wrote? show the doubtful digits' alternatives; nothing is recorded
};
Q_ENUM_NS(Verdict)

struct HintView {
  int rung = 0;   // 1 points, 2 teaches, 3 tells; 0: no hint
  QString title;  // "A nudge", "The idea", "The answer"
  QString text;
  QString picture;                      // the idea as an SVG document, where there is one
  std::optional<QuizReply> shows = {};  // of things to be placed: where, on the last rung
};

struct JudgementView {
  Verdict verdict = Verdict::kCannotRead;
  QString words;  // one kind sentence about the answer; names no child clever or slow
  HintView hint;  // with kNotYet
  ReadingView reading;
  int attempt = 0;            // graded tries at this item so far; 0 before the first
  bool item_over = false;     // show "next": it is right, or it is laid aside for another day
  QString why;                // of a quiz that is over: why the answer is what it is
  QList<bool> fits;           // of a quiz: per place that was given, whether it is right there
  QuizReply solution;         // of a quiz that is over
  bool offer_keypad = false;  // reading failed several times: offer to type instead
};

// ---- Working line by line ------------------------------------------------------------------

// A ruled line to write on, y in the ink's units.
struct RuledLine {
  float top = 0, bottom = 0;
};

// The paper that the ink lies on.
struct SheetPaper {
  std::vector<RuledLine> rules;  // empty on squares: what is a row is found in the ink
  // Where ItemView::division is printed, in the ink's units: the end of the column of the ones, the
  // line above the dividend, a column's width and both rows' height; where the place behind the r
  // begins.
  struct Division {
    float right = 0, bar = 0, cell = 0, remainder_left = 0;
  };
  std::optional<Division> division;
};

// What stands beside a line. Each has a shape of its own.
enum class LineMark : std::uint8_t {
  kNone,     // not looked at yet
  kRight,    // a tick
  kDetour,   // right, a way round: a hollow tick
  kAsk,      // cannot be read, or may be two things: a question mark
  kNotYet,   // the gentle wave
  kFollows,  // follows rightly from a line that is not: a dot; it is not blamed again
  kKept,     // the pupil disagrees: kept for the teacher
};
Q_ENUM_NS(LineMark)

struct LineView {
  QString text;              // "2x = 16"; empty: cannot be read
  QStringList alternatives;  // other readings of the line, likeliest first
  bool doubtful = false;     // dotted ring; the alternatives are offered
  InkBox box;                // where the line stands in the ink
  QList<InkBox> not_yet;     // the place that went wrong, in the ink
  QList<InkBox> fits;        // of column work that is not right or not finished: its cells that are
  LineMark mark = LineMark::kNone;
};

// The sheet as it stands.
struct WorkView {
  QList<LineView> lines;  // from the top
  // Strokes that a scratch-out took away, and the scratch itself: the page removes them, as one
  // step that can be undone. Empty most of the time.
  std::vector<std::size_t> scratched;
  QString words;           // "Lines 1 and 2 are right. Line 3 does not fit yet."
  int first_not_yet = -1;  // the line to look at; -1: none
  bool ready = false;      // the last line answers the problem in the form asked
  bool item_over = false;  // show "next"
  QString over_words;      // a kind word about the whole, where it is over
  int attempt = 0;
};

// A problem like the one at hand, done step by step.
struct ExampleStep {
  QString line;
  QString words;         // what was done to get there
  QString drawing = {};  // in place of the line, where it is drawn: an SVG document
};
struct ExampleView {
  QString problem;
  QList<ExampleStep> steps;
};

enum class SaveState : std::uint8_t {
  kSaved,    // every answer given so far is on the disk
  kSaving,   // written down, not acknowledged yet
  kFailing,  // kept in memory and tried again; problems() says why
  kNotKept,  // a guest's: nothing of it is written anywhere
};
Q_ENUM_NS(SaveState)

// ---- Well done -----------------------------------------------------------------------------

// One item of the set that is over, as the pupil left it.
struct DoneItem {
  QString prompt;      // "7 × 8 =", "2(x + 3) = 16"
  QString answer;      // as read or typed, line by line; empty where it was laid aside unwritten
  Ink ink;             // empty where it was typed
  bool right = false;  // else it comes back another day
  int tries = 0;
};

struct SummaryView {
  QString title;      // names what was done: "You worked out 8 sums"
  QStringList lines;  // what the pupil did, each from the answers: "You mended two yourself."
  QString next;       // what comes next and why; may be empty
  QString lesson_title;
  QStringList skills;  // practised, in a child's words
  int right_first_time = 0;
  int mended = 0;  // right after one or more tries
  int laid_aside = 0;
  bool visit_over = false;  // the session's length has gone by: no more sets
  QString over_words;       // why there are no more, kindly; where the visit is over
  bool all_saved = true;    // else say that the tablet must not be switched off yet
  QList<Flower> garden;
  QList<DoneItem> done;  // in the order in which they were shown
};

}  // namespace primer::app
