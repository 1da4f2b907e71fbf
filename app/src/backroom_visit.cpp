// What a visit begins with, out of the records.

#include <QCoreApplication>

#include "backroom.h"
#include "class_rules.h"
#include "item_view.h"

namespace primer::app {

namespace {

// What a pupil left a moment ago is on the disk long before that.
constexpr std::chrono::seconds kLongestWait(2);
constexpr std::string_view kSound = "sound-";  // a misconception: the sound that was to be tried
constexpr qsizetype kLongestNamed = 24;        // a longer problem is not said again

QString say(const char* text) { return QCoreApplication::translate("News", text); }

}  // namespace

Result<PupilHistory> Backroom::history(const LearnerId& learner) {
  PupilHistory history;
  history.right_answers_by_skill.resize(course_->size(), 0);
  PRIMER_ASSIGN(const auto events, database_->events(learner));
  for (const auto& event : events) {
    const auto place = course_->find(event.activity, event.skill);
    if (!place || !storage::isJudged(event.verdict)) continue;
    if (event.misconception.rfind(kSound, 0) == 0) {
      ++history.missed_sounds[event.misconception.substr(kSound.size())];
    }
    const bool right = storage::isRight(event.verdict);
    if (right) ++history.right_answers_by_skill[course_->at(*place)];
    if (event.attempt == 1) {
      history.first_tries.push_back({place->skill, event.difficulty.value_or(0.5), right,
                                     event.wall_time, event.item, place->lesson});
    }
  }
  return history;
}

Result<Backroom::LogIn> Backroom::logIn(const LearnerId& learner, const ClassId& of) {
  LogIn found;
  if (recorder_) recorder_->waitUntilSaved(kLongestWait);
  PRIMER_ASSIGN(found.history, beginVisit(learner, of));
  PRIMER_ASSIGN(found.history.news, newsFor(learner));
  PRIMER_ASSIGN(const auto practice, practiceOf(learner));
  found.history.due_words = practice.due(clock_.wallTime());
  PRIMER_ASSIGN(const auto set, database_->settings(of));
  found.rules = rulesFrom(set);
  PRIMER_ASSIGN(const auto hand, database_->hand(learner));
  found.left_handed = hand == storage::Hand::kLeft;
  // A sheet that cannot be opened keeps nobody from working.
  found.draft = database_->draft(learner).value_or(std::vector<std::byte>());
  return found;
}

Status Backroom::setLeftHanded(const LearnerId& learner, bool on) {
  return database_->setHand(learner, on ? storage::Hand::kLeft : storage::Hand::kRight);
}

// One sentence or two about what the teacher looked at since the pupil was here.
Result<QString> Backroom::newsFor(const LearnerId& learner) {
  PRIMER_ASSIGN(const auto events, database_->remarkedSinceLastAnswer(learner));
  if (events.empty()) return QString();
  const auto& last = events.back();
  QString what;
  if (const auto item = course_ ? course_->itemFromId(last.item)
                                : Result<content::Item>(fail(ErrorCode::kNotFound, "no course"))) {
    what = QString::fromStdString(item->prompt).trimmed();
  }
  if (what.isEmpty() || what.size() > kLongestNamed) {
    what = say(QT_TRANSLATE_NOOP("News", "one of your answers"));
  }
  const auto looked = say(QT_TRANSLATE_NOOP("News", "Your teacher looked at %1 again.")).arg(what);
  if (storage::isRight(last.verdict)) {
    return looked + QLatin1Char(' ') +
           say(QT_TRANSLATE_NOOP("News", "You were right! It is good that you said so."));
  }
  return looked + QLatin1Char(' ') +
         say(QT_TRANSLATE_NOOP("News",
                               "It does not fit yet. It was good to ask, and it will come back."));
}

}  // namespace primer::app
