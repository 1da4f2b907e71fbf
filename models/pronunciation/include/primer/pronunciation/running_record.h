#pragma once

// The record that a teacher keeps while a child reads aloud (Clay's running record): a mark for
// every word, and what follows from them. Self-corrections, repetitions and pauses are marked and
// are no errors; nor is a sound that was said badly, for a word so said was read.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "primer/pronunciation/pronunciation.h"

namespace primer::pronunciation {

enum class RecordMark : std::uint8_t {
  kRight,
  kCorrected,  // begun wrongly, then right
  kRepeated,   // said again
  kOmitted,    // error
  kReplaced,   // error: something else was said in its place
  kInserted,   // error: no word of the text
};
std::string_view recordMarkName(RecordMark mark);  // "right", "corrected", ...

// How hard the text is for this reader, by the share of words read right.
enum class TextFit : std::uint8_t { kEasy, kRightToLearn, kTooHard };  // from 95 %, from 90 %, less
std::string_view textFitName(TextFit fit);  // "easy", "right_to_learn", "too_hard"

struct RecordEntry {
  RecordMark mark = RecordMark::kRight;
  std::string word;         // of the text; empty for kInserted
  std::string heard;        // phones, for kReplaced and kInserted
  std::size_t repeats = 0;  // times it was said before
  int pause_before_ms = 0;  // silence before it, 0 for the first word
  bool hesitated = false;   // the pause was longer than a reader's breath
};

struct RunningRecord {
  std::vector<RecordEntry> entries;  // words of the text in order, insertions between them
  std::size_t words = 0;             // of the text
  std::size_t errors = 0;            // never more than words
  std::size_t self_corrections = 0;
  std::size_t repetitions = 0;
  std::size_t hesitations = 0;
  int longest_pause_ms = 0;
  float accuracy_percent = 0;
  TextFit fit = TextFit::kTooHard;
  // Of the errors that were made at first, how many in one the reader mended: 1 in 2 gives 2. None
  // without a self-correction.
  std::optional<float> one_mended_in;
  std::optional<float> words_per_minute;        // all that were said
  std::optional<float> right_words_per_minute;  // what fluency norms are given in
};

// None where nothing was judged: a signal that cannot be, another text, no words.
std::optional<RunningRecord> runningRecord(const Judgement& judgement);

}  // namespace primer::pronunciation
