// What a visit begins with, out of the records.

#include <QCoreApplication>

#include "backroom.h"
#include "class_rules.h"
#include "item_view.h"
#include "spoken_evidence.h"

namespace primer::app {

namespace {

// What a pupil left a moment ago is on the disk long before that.
constexpr std::chrono::seconds kLongestWait(2);
constexpr std::string_view kSound = "sound-";  // a misconception: the sound that was to be tried
constexpr qsizetype kLongestNamed = 24;        // a longer problem is not said again

QString say(const char* text) { return QCoreApplication::translate("News", text); }

std::vector<std::string> idsFrom(const QStringList& pictures) {
  std::vector<std::string> ids;
  for (const auto& picture : pictures) ids.push_back(picture.toStdString());
  return ids;
}

pronunciation::SpeakerPrior::Sounds soundsOf(const std::vector<storage::EventEvidence>& left) {
  pronunciation::SpeakerPrior heard;
  for (const auto& one : left) {
    // What a later version wrote says nothing to this one.
    if (const auto evidence = decodeEvidence(one.bytes)) heard.add(evidence->sounds);
  }
  return heard.sounds();
}

}  // namespace

PupilHistory Backroom::historyFrom(const std::vector<storage::Event>& events) const {
  PupilHistory history;
  history.right_answers_by_skill.resize(course_->size(), 0);
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

// Read once for a whole class; from then on each pupil's are taken anew at log-in and after it.
Result<Backroom::ClassSounds*> Backroom::soundsOfClass(const ClassId& of) {
  const auto known = heard_.find(of);
  if (known != heard_.end()) return &known->second;
  PRIMER_ASSIGN(const auto left, database_->evidenceOfClass(of, kUtterancesThatCount));
  ClassSounds sounds;
  for (const auto& [learner, evidence] : left) sounds[learner] = soundsOf(evidence);
  return &(heard_[of] = std::move(sounds));
}

Result<Backroom::LogIn> Backroom::logIn(const LearnerId& learner, const ClassId& of) {
  LogIn found;
  if (recorder_) recorder_->waitUntilSaved(kLongestWait);
  PRIMER_ASSIGN(const auto record, database_->record(learner, kUtterancesThatCount));
  found.history = historyFrom(record.events);
  found.history.news = newsFrom(record.remarked_since);
  found.history.due_words = practiceFrom(record).due(clock_.wallTime());
  PRIMER_ASSIGN(auto* sounds, soundsOfClass(of));
  (*sounds)[learner] = soundsOf(record.evidence);
  auto speaker = std::make_shared<Speaker>();
  for (const auto& [pupil, heard] : *sounds) speaker->accent.add(heard);
  speaker->prior.add((*sounds)[learner]);
  found.history.speaker = std::move(speaker);
  PRIMER_ASSIGN(const auto set, database_->settings(of));
  found.rules = rulesFrom(set);
  PRIMER_ASSIGN(const auto hand, database_->hand(learner));
  found.left_handed = hand == storage::Hand::kLeft;
  // A sheet that cannot be opened keeps nobody from working.
  found.draft = database_->draft(learner).value_or(std::vector<std::byte>());
  return found;
}

Result<Backroom::LogIn> Backroom::logInAsGuest(const ClassId& of) {
  LogIn found;
  PRIMER_ASSIGN(const auto set, database_->settings(of));
  found.rules = rulesFrom(set);
  found.history.right_answers_by_skill.resize(course_->size(), 0);
  found.history.news = say(
      QT_TRANSLATE_NOOP("News", "You are a guest. Everything works, and nothing of it is kept."));
  return found;
}

Result<bool> Backroom::picturesFit(const LearnerId& learner, const QStringList& tapped) {
  return database_->picturesFit(learner, idsFrom(tapped));
}

void Backroom::endVisit(const LearnerId& learner, const ClassId& of) {
  const auto known = heard_.find(of);
  if (known == heard_.end()) return;  // the class is read when it is needed
  const auto record = database_->record(learner, kUtterancesThatCount);
  if (record) known->second[learner] = soundsOf(record->evidence);
}

Status Backroom::setLeftHanded(const LearnerId& learner, bool on) {
  return database_->setHand(learner, on ? storage::Hand::kLeft : storage::Hand::kRight);
}

// One sentence or two about what the teacher looked at since the pupil was here.
QString Backroom::newsFrom(const std::vector<storage::Event>& remarked) const {
  if (remarked.empty()) return {};
  const auto& last = remarked.back();
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
