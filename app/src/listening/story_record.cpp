// A running record in words and in the usual marks (Clay): a dash for a word left out, what was
// heard over it for one replaced, SC for a self-correction, R for a word said again, W for a long
// wait.

#include <QCoreApplication>

#include "primer/app/mouth.h"
#include "primer/pronunciation/running_record.h"
#include "said.h"

namespace primer::app {

namespace {

using pronunciation::RecordEntry;
using pronunciation::RecordMark;
using pronunciation::TextFit;

constexpr qsizetype kMostHardWords = 10;
constexpr qsizetype kMostMarks = 60;
constexpr int kOfferedAfterMs =
    4000;  // as long a silence as the page waits before it offers a word
constexpr qsizetype kShortestHardWord = 3;  // letters: of shorter ones our ears are not sure enough

QString say(const char* text) { return QCoreApplication::translate("StoryRecord", text); }

// "TH IH N" as a child writes it: "thin".
QString spelled(const std::string& phones) {
  QString letters;
  for (const auto& phone : QString::fromStdString(phones).split(QLatin1Char(' '))) {
    letters += lettersOf(phone);
  }
  return letters;
}

// Empty for a word that was simply right.
QString markOf(const RecordEntry& entry) {
  const auto word = QString::fromStdString(entry.word);
  const QString wait = entry.hesitated ? QStringLiteral(" W") : QString();
  switch (entry.mark) {
    case RecordMark::kRight:
      return entry.hesitated ? word + wait : QString();
    case RecordMark::kCorrected:
      return word + QStringLiteral(" SC") + wait;
    case RecordMark::kRepeated:
      return word + QStringLiteral(" R") + wait;
    case RecordMark::kOmitted:
      return word + QStringLiteral(" \u2013");
    case RecordMark::kReplaced:
      return spelled(entry.heard) + QLatin1Char('/') + word + wait;
    case RecordMark::kInserted:
      return QStringLiteral("+ ") + spelled(entry.heard);
  }
  return {};
}

// What a reader did not get, or was given: not what was mended alone.
bool isHard(const RecordEntry& entry) {
  return entry.mark == RecordMark::kOmitted || entry.mark == RecordMark::kReplaced ||
         (entry.mark != RecordMark::kInserted && entry.pause_before_ms >= kOfferedAfterMs);
}

QString fitWords(TextFit fit) {
  switch (fit) {
    case TextFit::kEasy:
      return say(QT_TRANSLATE_NOOP("StoryRecord", "easy for you"));
    case TextFit::kRightToLearn:
      return say(QT_TRANSLATE_NOOP("StoryRecord", "just right"));
    case TextFit::kTooHard:
      break;
  }
  return say(QT_TRANSLATE_NOOP("StoryRecord", "still steep"));
}

}  // namespace

std::optional<StoryRecord> recordOf(const pronunciation::Judgement& judgement) {
  const auto record = pronunciation::runningRecord(judgement);
  if (!record) return std::nullopt;
  StoryRecord told;
  told.words = static_cast<int>(record->words);
  told.right = static_cast<int>(record->words - record->errors);
  told.easy = record->fit == TextFit::kEasy;
  told.too_hard = record->fit == TextFit::kTooHard;
  told.fit_words = fitWords(record->fit);
  QStringList marks;
  for (const auto& entry : record->entries) {
    const auto mark = markOf(entry);
    if (mark.isEmpty()) continue;
    if (marks.size() < kMostMarks) marks.append(mark);
    const auto word = QString::fromStdString(entry.word).toLower();
    if (isHard(entry) && word.size() >= kShortestHardWord && !told.hard_words.contains(word) &&
        told.hard_words.size() < kMostHardWords) {
      told.hard_words.append(word);
    }
  }
  told.marks = marks.join(QStringLiteral(" · "));
  return told;
}

}  // namespace primer::app
