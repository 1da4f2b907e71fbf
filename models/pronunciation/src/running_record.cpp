#include "primer/pronunciation/running_record.h"

#include <algorithm>
#include <array>

namespace primer::pronunciation {

namespace {

constexpr int kHesitation = 1500;  // ms; breaths and full stops are shorter
constexpr float kEasy = 95, kRightToLearn = 90;

class Recorder {
 public:
  RunningRecord record(const Judgement& judgement) {
    for (const auto& word : judgement.words) {
      word.error == WordError::kInsertion ? takeInserted(word) : takeWritten(word);
    }
    putInserted();
    finish(judgement);
    return std::move(record_);
  }

 private:
  // It may stand in the place of a word that was left out beside it: then it is that word's.
  void takeInserted(const JudgedWord& word) {
    RecordEntry entry;
    entry.mark = RecordMark::kInserted;
    entry.heard = word.word;
    notePause(word, entry);
    if (!record_.entries.empty() && record_.entries.back().mark == RecordMark::kOmitted) {
      replace(record_.entries.back(), entry);
      return;
    }
    putInserted();
    waiting_.push_back(std::move(entry));
  }

  void takeWritten(const JudgedWord& word) {
    ++record_.words;
    RecordEntry entry;
    entry.word = word.word;
    entry.repeats = word.repeats;
    if (word.error == WordError::kOmission) {
      entry.mark = RecordMark::kOmitted;
      if (!waiting_.empty()) {
        replace(entry, waiting_.back());
        waiting_.clear();
      }
    } else if (word.corrected) {
      entry.mark = RecordMark::kCorrected;
    } else if (word.repeats > 0) {
      entry.mark = RecordMark::kRepeated;
    }
    putInserted();
    notePause(word, entry);
    record_.entries.push_back(std::move(entry));
  }

  static void replace(RecordEntry& omitted, const RecordEntry& inserted) {
    omitted.mark = RecordMark::kReplaced;
    omitted.heard = inserted.heard;
    omitted.pause_before_ms = inserted.pause_before_ms;
    omitted.hesitated = inserted.hesitated;
  }

  void putInserted() {
    for (auto& entry : waiting_) record_.entries.push_back(std::move(entry));
    waiting_.clear();
  }

  void notePause(const JudgedWord& word, RecordEntry& entry) {
    if (!word.time) return;
    if (end_ms_ >= 0) entry.pause_before_ms = std::max(0, word.time->start_ms - end_ms_);
    entry.hesitated = entry.pause_before_ms >= kHesitation;
    end_ms_ = std::max(end_ms_, word.time->end_ms);
  }

  void finish(const Judgement& judgement) {
    std::size_t omitted = 0;
    for (const auto& entry : record_.entries) {
      const bool missing =
          entry.mark == RecordMark::kOmitted || entry.mark == RecordMark::kReplaced;
      omitted += missing ? 1 : 0;
      record_.errors += missing || entry.mark == RecordMark::kInserted ? 1 : 0;
      record_.self_corrections += entry.mark == RecordMark::kCorrected ? 1 : 0;
      record_.repetitions += entry.repeats;
      record_.hesitations += entry.hesitated ? 1 : 0;
      record_.longest_pause_ms = std::max(record_.longest_pause_ms, entry.pause_before_ms);
    }
    const auto at_first = record_.errors + record_.self_corrections;
    record_.errors = std::min(record_.errors, record_.words);
    const auto words = static_cast<float>(record_.words);
    record_.accuracy_percent =
        100 * static_cast<float>(record_.words - record_.errors) / std::max(words, 1.0f);
    record_.fit = record_.accuracy_percent >= kEasy           ? TextFit::kEasy
                  : record_.accuracy_percent >= kRightToLearn ? TextFit::kRightToLearn
                                                              : TextFit::kTooHard;
    if (record_.self_corrections > 0) {
      record_.one_mended_in =
          static_cast<float>(at_first) / static_cast<float>(record_.self_corrections);
    }
    record_.words_per_minute = judgement.words_per_minute;
    const auto said = record_.words - omitted;
    if (judgement.words_per_minute && said > 0) {
      record_.right_words_per_minute = *judgement.words_per_minute *
                                       static_cast<float>(record_.words - record_.errors) /
                                       static_cast<float>(said);
    }
  }

  RunningRecord record_;
  std::vector<RecordEntry> waiting_;  // one inserted, the word after it is not known yet
  int end_ms_ = -1;                   // of what was said last
};

}  // namespace

std::string_view recordMarkName(RecordMark mark) {
  constexpr std::array<std::string_view, 6> kNames = {"right",   "corrected", "repeated",
                                                      "omitted", "replaced",  "inserted"};
  return kNames[static_cast<std::size_t>(mark)];
}

std::string_view textFitName(TextFit fit) {
  constexpr std::array<std::string_view, 3> kNames = {"easy", "right_to_learn", "too_hard"};
  return kNames[static_cast<std::size_t>(fit)];
}

std::optional<RunningRecord> runningRecord(const Judgement& judgement) {
  if (judgement.problem || judgement.other_text || !judgement.sentence) return std::nullopt;
  Recorder recorder;
  return recorder.record(judgement);
}

}  // namespace primer::pronunciation
