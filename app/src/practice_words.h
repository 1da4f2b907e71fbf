#pragma once

// The words that a pupil's stories left hard, and when each should be met again. A word is a fact
// to review (knowledge::ReviewSchedule): it comes back on a later day, alone and short, and leaves
// when it was said right on two days. A function of what was recorded; nothing of it is stored.

#include <QString>
#include <QStringList>
#include <cstddef>
#include <string>
#include <vector>

#include "primer/base/clock.h"
#include "primer/content/lesson.h"
#include "primer/knowledge/review_schedule.h"

namespace primer::app {

class PracticeWords {
 public:
  static constexpr std::size_t kMostWords = 20;  // what comes beyond waits for its next story
  static constexpr int kDaysRight = 2;
  // As events name it.
  static constexpr const char* kActivity = "practice-words";
  static constexpr const char* kSkill = "hard-words";

  struct Word {
    std::string text;   // in small letters
    QString story;      // the title of the last story that it was hard in
    WallTime met;       // when that was
    WallTime last;      // when it was met or practised last
    WallTime right_on;  // the last day when it was said right
    int days_right = 0;
    knowledge::ReviewSchedule schedule;
  };

  // Events in their order. A reading left a word hard...
  void meet(const std::string& word, const QString& story, WallTime at);
  // ...and it was practised: the first try of that time. The word as items name it
  // (content::slugOf); one that is not in the list is passed over.
  void practised(const std::string& slug, bool right, WallTime at);

  const std::vector<Word>& words() const { return words_; }
  // Those whose day has come, the longest waiting first; never on the day when it was met or said.
  std::vector<Word> due(WallTime now) const;

 private:
  std::vector<Word> words_;
};

// Why it comes now, in words for the pupil.
QString practiceReason(const PracticeWords::Word& word, WallTime now);
// "umbrella (The red kite, yesterday)", for the teacher.
QString practiceWords(const PracticeWords::Word& word, WallTime now);
// A lesson of one skill that has these words to say. At least one.
content::Lesson practiceLesson(const std::vector<PracticeWords::Word>& words);

}  // namespace primer::app
