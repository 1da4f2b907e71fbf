#pragma once

// What a page is told while somebody speaks, and afterwards: plain values, copied from thread to
// thread. Every QString is ready to be shown (translated) unless it says that it is a key.

#include <QList>
#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace primer::app {

// Why nothing can be said of what was heard. Each is told in words of its own; none is a fault of
// the pupil's, and none leaves a record.
enum class ListenTrouble : std::uint8_t {
  kNone,
  kNotThere,      // the files that hearing needs are missing or damaged
  kNoMicrophone,  // none is there; it is looked for while the page listens
  kLost,          // it vanished in the middle; the same
  kTooQuiet,
  kClipped,  // too loud, too near
  kNoisy,
  kNobodySpoke,
  kTooShort,
  kOtherText,  // something else was said
};

// Nothing can be heard whatever the pupil does.
constexpr bool isOfDevice(ListenTrouble trouble) {
  return trouble == ListenTrouble::kNotThere || trouble == ListenTrouble::kNoMicrophone ||
         trouble == ListenTrouble::kLost;
}

// A trouble in words: what happened, and what to do.
struct TroubleWords {
  QString title;  // "I could not hear you"
  QString words;  // "Come a little closer and say it once more."
};

// How a word of the text stands while it is being read.
enum class WordLight : std::uint8_t { kToCome, kNow, kSaid, kPassed };

// Many times a second while a page listens.
struct HeardNow {
  float level = 0;                               // 0..1, for the meter
  std::vector<WordLight> words;                  // of the text, as Lexicon::words() counts them
  int now = -1;                                  // the word that sounds
  int heard_ms = 0;                              // since the listening began
  int silent_ms = 0;                             // of these, since the last sound of speech
  ListenTrouble trouble = ListenTrouble::kNone;  // no microphone, or it is gone
  TroubleWords trouble_words;
  bool begun_again = false;  // it came back: what was said before is forgotten
};

// How one sound of a word came out. Each has a shape of its own on the page.
enum class SoundMark : std::uint8_t {
  kClear,
  kToTry,       // flagged: "let us try this one"
  kCannotTell,  // the model is in doubt: nothing is said
};

// Some letters of a word and the sound that they stand for.
struct LetterSound {
  QString letters;  // "th"
  QString phone;    // a key: ARPABET, "TH"; of several sounds under the letters the one to look at
  SoundMark mark = SoundMark::kCannotTell;
};

struct SaidWord {
  QString written;                   // without the punctuation around it
  bool said = true;                  // false: it was left out
  QList<LetterSound> sounds;         // cover the word
  int begins_ms = -1, ends_ms = -1;  // in the recording; -1 where it was left out
};

// One of at most two sounds to work on.
struct SoundToTry {
  QString phone;    // a key
  QString letters;  // as they are written in the word: "th"
  int word = 0;     // the first word that has it so
  QString in_word;  // "three"
  QString heard;    // what it sounded like, as letters: "s"; empty where that says nothing
  QString how;      // how the mouth makes it, one sentence
};

// Two words that sound nearly alike, of a set that practises the sound that tells them apart.
struct SoundDrill {
  QString phone;        // a key; for Tutor::practiseSound()
  QString word, other;  // "thin", "fin"
};

// What a running record (Clay) says of a story, in words.
struct StoryRecord {
  int words = 0, right = 0;
  bool easy = false;       // from 95 % of its words read right: the next level may come
  bool too_hard = false;   // less than 90 %
  QString fit_words;       // "easy for you"
  QStringList hard_words;  // to practise: left out, replaced or waited for; at most ten
  QString marks;  // for the teacher, in the usual marks: what was not simply right, word by word
};

struct SpokenEvidence;  // how its sounds came out: for later judgements, never for a page

// What was heard, kept in memory only. Whoever saves it seals it (storage).
struct HeardSound {
  std::vector<std::int16_t> samples;  // 16 kHz mono
};

// What becomes of playing something.
enum class Playing : std::uint8_t {
  kOver,    // to its end, or stopped
  kNow,     //
  kCannot,  // there is nothing to play with, or it takes nothing
};

// How many recordings of a pupil are kept: of the next one the oldest makes room.
inline constexpr int kRecordingsKept = 40;

// Whether what was said last can be kept for the teacher. Nothing is, unless the pupil wants it.
enum class KeepState : std::uint8_t {
  kNothing,  // nothing was said, or it cannot be kept
  kOffered,
  kKeeping,  // wanted; not yet on the disk
  kKept,     // sealed and saved
};

// What is said of a text that was read aloud.
struct SaidView {
  ListenTrouble trouble = ListenTrouble::kNone;  // then there is nothing else below its words
  TroubleWords trouble_words;
  QList<SaidWord> words;
  QList<SoundToTry> to_try;
  std::optional<SoundDrill> drill;    // of the one among them that the pupil has missed most so far
  std::optional<StoryRecord> record;  // of a story
  int words_said = 0;
  int sounds = 0, sounds_clear = 0;
  std::optional<int> words_per_minute;
  QString flow;  // in a word: a mean over the last utterances, as is words_per_minute for a page
  double fluency = 0;      // 0..1, of this one time: for means, never to be shown
  double total = 0;        // likewise
  int milliseconds = 0;    // of sound
  double thinking_ms = 0;  // from the end of listening to this
  std::shared_ptr<const SpokenEvidence> evidence;  // null where nothing was judged
  std::shared_ptr<const HeardSound> sound;         // null where nothing was heard
};

// Which of a few answers was spoken.
struct ChosenView {
  ListenTrouble trouble = ListenTrouble::kNone;
  TroubleWords trouble_words;
  int choice = -1;                          // none of these
  bool unsure = false;                      // ask, do not judge
  std::shared_ptr<const HeardSound> sound;  // null where nothing was heard
};

}  // namespace primer::app
