#include "practice_words.h"

#include <QCoreApplication>
#include <algorithm>

#include "time_words.h"

namespace primer::app {

namespace {

using knowledge::Rating;

constexpr int kDifficulty = 300;  // of 1000 who met it hard once

QString say(const char* text) { return QCoreApplication::translate("PracticeWords", text); }

}  // namespace

void PracticeWords::meet(const std::string& word, const QString& story, WallTime at) {
  auto known = std::find_if(words_.begin(), words_.end(),
                            [&word](const Word& one) { return one.text == word; });
  if (known == words_.end()) {
    if (words_.size() == kMostWords) return;
    words_.push_back({word, story, at, at, {}, 0, {}});
    known = words_.end() - 1;
  }
  known->schedule.review(Rating::kAgain, daysBetween(known->last, at));
  known->story = story;
  known->met = known->last = at;
  known->days_right = 0;
}

void PracticeWords::practised(const std::string& slug, bool right, WallTime at) {
  const auto known = std::find_if(words_.begin(), words_.end(), [&slug](const Word& one) {
    return content::slugOf(one.text) == slug;
  });
  if (known == words_.end()) return;
  known->schedule.review(right ? Rating::kGood : Rating::kAgain, daysBetween(known->last, at));
  known->last = at;
  if (!right || (known->days_right > 0 && sameDay(known->right_on, at))) return;
  known->right_on = at;
  if (++known->days_right == kDaysRight) words_.erase(known);
}

std::vector<PracticeWords::Word> PracticeWords::due(WallTime now) const {
  std::vector<Word> due;
  for (const auto& word : words_) {
    const int days = daysBetween(word.last, now);
    if (days >= 1 && days >= word.schedule.nextDays().value_or(1)) due.push_back(word);
  }
  std::stable_sort(due.begin(), due.end(),
                   [](const Word& a, const Word& b) { return a.last.unix_ms < b.last.unix_ms; });
  return due;
}

QString practiceReason(const PracticeWords::Word& word, WallTime now) {
  if (word.days_right > 0) {
    return say(QT_TRANSLATE_NOOP("PracticeWords",
                                 "You said it well %1. Once more, so that it stays."))
        .arg(daysAgoWords(daysBetween(word.right_on, now)));
  }
  return say(QT_TRANSLATE_NOOP("PracticeWords", "This word was hard in \"%1\" %2."))
      .arg(word.story, daysAgoWords(daysBetween(word.met, now)));
}

QString practiceWords(const PracticeWords::Word& word, WallTime now) {
  return QStringLiteral("%1 (%2, %3)")
      .arg(QString::fromStdString(word.text), word.story, daysAgoWords(daysBetween(word.met, now)));
}

content::Lesson practiceLesson(const std::vector<PracticeWords::Word>& words) {
  const auto text = [](const char* english) { return say(english).toStdString(); };
  content::Lesson lesson;
  lesson.id = PracticeWords::kActivity;
  lesson.title = text(QT_TRANSLATE_NOOP("PracticeWords", "Words from your stories"));
  lesson.language = "en";
  lesson.right = {text(QT_TRANSLATE_NOOP("PracticeWords", "That is the word.")),
                  text(QT_TRANSLATE_NOOP("PracticeWords", "I heard the whole word."))};
  lesson.not_yet = {text(QT_TRANSLATE_NOOP("PracticeWords", "Listen, and say it once more."))};
  lesson.laid_aside = {
      text(QT_TRANSLATE_NOOP("PracticeWords", "This one will come back another day."))};
  lesson.request = text(QT_TRANSLATE_NOOP("PracticeWords", "Say the word"));
  content::Skill skill;
  skill.id = PracticeWords::kSkill;
  skill.title = lesson.title;
  skill.did = text(QT_TRANSLATE_NOOP("PracticeWords", "practised words from your stories"));
  skill.kind = content::Kind::kSaying;
  skill.request = lesson.request;
  skill.explain = text(QT_TRANSLATE_NOOP(
      "PracticeWords", "Look at the whole word. Listen to it, if you like, and say it."));
  content::Level level;
  level.difficulty = kDifficulty;
  for (const auto& word : words) level.sayings.push_back({word.text, {}});
  skill.levels = {level};
  lesson.skills = {skill};
  return lesson;
}

}  // namespace primer::app
