// The teacher's page: what the records say, opened with the class's key.

#include <QCoreApplication>
#include <algorithm>

#include "backroom.h"
#include "class_rules.h"
#include "primer/app/ink_codec.h"
#include "primer/app/pictures.h"
#include "primer/content/generator.h"
#include "primer/speech/kept_sound.h"
#include "spoken_evidence.h"
#include "time_words.h"

namespace primer::app {

namespace {

constexpr std::int64_t kAnswersShown = 200;

QString say(const char* text, int n = -1) {
  return QCoreApplication::translate("Teacher", text, nullptr, n);
}

Verdict verdictFrom(storage::Verdict verdict) {
  if (verdict == storage::Verdict::kAskTeacher) return Verdict::kAsk;
  return storage::isRight(verdict)    ? Verdict::kRight
         : storage::isJudged(verdict) ? Verdict::kNotYet
                                      : Verdict::kCannotRead;
}

QString verdictWords(Verdict verdict) {
  switch (verdict) {
    case Verdict::kRight:
      return say(QT_TRANSLATE_NOOP("Teacher", "right"));
    case Verdict::kNotYet:
      return say(QT_TRANSLATE_NOOP("Teacher", "not yet"));
    case Verdict::kAsk:
      return say(QT_TRANSLATE_NOOP("Teacher", "to look at"));
    case Verdict::kForTeacher:
      return say(QT_TRANSLATE_NOOP("Teacher", "for you to read"));
    case Verdict::kCannotRead:
      break;
  }
  return say(QT_TRANSLATE_NOOP("Teacher", "not judged"));
}

QString howWords(const storage::Event& event) {
  if (!event.confidence) return say(QT_TRANSLATE_NOOP("Teacher", "typed"));
  return *event.confidence >= 1 ? say(QT_TRANSLATE_NOOP("Teacher", "confirmed by the pupil"))
                                : say(QT_TRANSLATE_NOOP("Teacher", "read"));
}

// "7 × 8" of "7 × 8 =".
QString withoutEquals(const std::string& prompt) {
  auto text = QString::fromStdString(prompt).trimmed();
  if (text.endsWith(u'=')) text.chop(1);
  return text.trimmed();
}

// How a question was answered, where the event does not say; empty for what is read or typed.
QString answeredHow(const content::Item& item) {
  const auto tapped = say(QT_TRANSLATE_NOOP("Teacher", "tapped"));
  if (item.story && item.prompt != item.story->title) return tapped;
  if (!item.question) return {};
  switch (item.question->answering) {
    case Answering::kNumber:
    case Answering::kText:
    case Answering::kSpell:
      return {};
    case Answering::kSay:  // where nothing can be heard, its answers are tapped
      return say(QT_TRANSLATE_NOOP("Teacher", "spoken or tapped"));
    case Answering::kPlace:
      return say(QT_TRANSLATE_NOOP("Teacher", "placed"));
    default:
      return tapped;
  }
}

}  // namespace

Error lockedError() { return Error(ErrorCode::kDenied, "the teacher's page is locked"); }

void Backroom::lock() {
  key_.reset();
  sounds_.clear();
}

Result<std::shared_ptr<const HeardSound>> Backroom::keptSound(int number) const {
  if (!key_) return fail(lockedError());
  if (number < 0 || static_cast<std::size_t>(number) >= sounds_.size()) {
    return fail(ErrorCode::kNotFound, "there is no such kept sound");
  }
  PRIMER_ASSIGN(const auto packed,
                database_->sound(sounds_[static_cast<std::size_t>(number)], *key_));
  auto sound = std::make_shared<HeardSound>();
  PRIMER_ASSIGN(sound->samples, speech::unpackSound(packed));
  return std::shared_ptr<const HeardSound>(std::move(sound));
}

Result<PupilRow> Backroom::rowOf(const storage::NamedPupil& pupil) {
  PupilRow row;
  row.id = pupil.card.id;
  row.picture = QString::fromStdString(pupil.card.picture);
  row.picture_name = pictureName(row.picture);
  row.name = QString::fromStdString(pupil.name);
  row.asked = pupil.card.asks;
  for (const auto& picture : pupil.pictures) row.pictures.append(QString::fromStdString(picture));
  PRIMER_ASSIGN(const auto events, database_->events(row.id));
  const auto now = clock_.wallTime();
  int first_tries = 0;
  int right = 0;
  for (const auto& event : events) {
    if (!storage::isJudged(event.verdict)) continue;
    ++row.answers_all;
    if (event.wall_time_trusted && sameDay(event.wall_time, now)) ++row.answers_today;
    if (event.attempt != 1) continue;
    ++first_tries;
    if (storage::isRight(event.verdict)) ++right;
  }
  if (first_tries > 0) row.right_share = static_cast<double>(right) / first_tries;
  if (!events.empty()) {
    const auto& last = events.back();
    row.last_seen = last.wall_time;
    row.last_seen_words = timeWords(last.wall_time, last.wall_time_trusted, now);
  }
  return row;
}

Result<ClassView> Backroom::classView() {
  if (!key_) return fail(lockedError());
  ClassView view;
  PRIMER_ASSIGN(const auto shown, grid(key_->classId()));
  view.shown = shown.shown;
  view.title = say(QT_TRANSLATE_NOOP("Teacher", "Today in %1")).arg(view.shown.label);
  PRIMER_ASSIGN(const auto names, database_->names(*key_));
  int worked = 0;
  int answers = 0;
  for (const auto& pupil : names) {
    PRIMER_ASSIGN(auto row, rowOf(pupil));
    if (row.answers_today > 0) ++worked;
    answers += row.answers_today;
    view.pupils.append(std::move(row));
  }
  const auto pupils = say(QT_TRANSLATE_NOOP("Teacher", "%1 of %2 pupils worked"))
                          .arg(worked)
                          .arg(view.pupils.size());
  const auto given = answers == 1 ? say(QT_TRANSLATE_NOOP("Teacher", "1 answer"))
                                  : say(QT_TRANSLATE_NOOP("Teacher", "%n answers"), answers);
  view.summary = pupils + QStringLiteral(" · ") + given;
  PRIMER_ASSIGN(const auto set, database_->settings(view.shown.id));
  view.rules = rulesFrom(set);
  view.rules.pictures = picturesAsked(names);
  PRIMER_ASSIGN(view.disputes, disputes(names));
  for (const auto& dispute : view.disputes) view.disputes_open += dispute.right ? 0 : 1;
  return view;
}

AnswerRow Backroom::rowOf(const storage::OpenedEvent& opened) const {
  const auto& event = opened.event;
  AnswerRow row;
  auto kind = ItemKind::kNumber;
  QString how;
  row.item = QString::fromStdString(event.item);
  row.skill = QString::fromStdString(event.skill);
  if (course_) {
    if (const auto item = course_->itemFromId(event.item)) {
      row.item = withoutEquals(item->prompt);
      row.expected = QString::fromStdString(item->answer);
      kind = item->kind;
      how = answeredHow(*item);
    }
    if (const auto place = course_->find(event.activity, event.skill)) {
      row.skill = QString::fromStdString(course_->skill(*place).title);
    }
  }
  if (event.activity == PracticeWords::kActivity) {
    row.item = row.item.section(QLatin1Char('/'), -1);
    row.skill = say(QT_TRANSLATE_NOOP("Teacher", "Words from stories"));
    kind = ItemKind::kSaying;
  }
  row.answer = opened.readable ? QString::fromStdString(opened.answer_as_read)
                               : say(QT_TRANSLATE_NOOP("Teacher", "cannot be opened"));
  row.verdict = verdictFrom(event.verdict);
  // Of lines the pupil disagrees with us; an answer in words is one that we could not judge.
  if (row.verdict == Verdict::kAsk && kind == ItemKind::kQuiz) row.verdict = Verdict::kForTeacher;
  row.verdict_words = verdictWords(row.verdict);
  if (event.remark && event.about) row.verdict = verdictFrom(*event.remark);
  if (event.remark) {
    row.verdict_words = storage::isRight(*event.remark)
                            ? say(QT_TRANSLATE_NOOP("Teacher", "right, as you said"))
                            : say(QT_TRANSLATE_NOOP("Teacher", "not yet, as you said"));
  }
  row.how = howWords(event);
  const bool spoken = kind == ItemKind::kSaying || kind == ItemKind::kStory;
  if (!how.isEmpty()) {
    row.how = how;
  } else if (spoken) {
    row.how = say(QT_TRANSLATE_NOOP("Teacher", "spoken"));
  }
  row.confidence = event.confidence.value_or(1);
  row.at = event.wall_time;
  row.at_words = timeWords(event.wall_time, event.wall_time_trusted, clock_.wallTime());
  row.attempt = event.attempt;
  row.hints = event.hints_taken;
  row.milliseconds = static_cast<int>(event.taken.count());
  row.reason = QString::fromStdString(event.why_chosen);
  // An ink that cannot be decoded is shown as none: the answer that was read stands beside it.
  if (!opened.ink.empty()) row.ink = decodeInk(opened.ink).value_or(Ink());
  return row;
}

Result<QList<DisputeRow>> Backroom::disputes(const std::vector<storage::NamedPupil>& pupils) {
  PRIMER_ASSIGN(const auto events, database_->disputes(*key_));
  QList<DisputeRow> rows;
  for (const auto& opened : events) {
    const auto& event = opened.event;
    const auto who = std::find_if(
        pupils.begin(), pupils.end(),
        [&event](const storage::NamedPupil& named) { return named.card.id == event.learner; });
    if (who == pupils.end()) continue;
    DisputeRow row;
    row.key = QString::fromStdString(event.about.value_or(event.id).hex());
    row.pupil = event.learner;
    row.picture = QString::fromStdString(who->card.picture);
    row.name = who->name.empty() ? pictureName(row.picture) : QString::fromStdString(who->name);
    row.answer = rowOf(opened);
    const auto item = course_ ? course_->itemFromId(event.item)
                              : Result<content::Item>(fail(ErrorCode::kNotFound, "no course"));
    const bool text = item && item->kind == ItemKind::kQuiz;
    row.why =
        text ? say(QT_TRANSLATE_NOOP("Teacher", "Primer could not tell whether this is right."))
             : say(QT_TRANSLATE_NOOP("Teacher", "Primer said “not yet”; the pupil disagrees."));
    if (event.remark) row.right = storage::isRight(*event.remark);
    rows.append(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const DisputeRow& a, const DisputeRow& b) {
    return !a.right.has_value() && b.right.has_value();
  });
  return rows;
}

Status Backroom::setRules(const ClassRules& rules) {
  if (!key_) return fail(lockedError());
  PRIMER_TRY(database_->setSettings(key_->classId(), settingsFrom(rules)));
  return askForPictures(rules.pictures);
}

Result<PupilView> Backroom::pupilView(const LearnerId& learner) {
  if (!key_) return fail(lockedError());
  PRIMER_ASSIGN(const auto names, database_->names(*key_));
  const auto pupil = std::find_if(
      names.begin(), names.end(),
      [&learner](const storage::NamedPupil& named) { return named.card.id == learner; });
  if (pupil == names.end()) {
    return fail(ErrorCode::kNotFound, "no such pupil in this class", "pupil.unknown");
  }
  PupilView view;
  sounds_.clear();
  PRIMER_ASSIGN(view.pupil, rowOf(*pupil));
  view.free_pictures = freePictures(names, learner);
  PRIMER_ASSIGN(const auto events, database_->openedEvents(learner, *key_, kAnswersShown));
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    view.answers.append(rowOf(*event));
    if (!event->event.has_sound) continue;
    view.answers.last().sound = static_cast<int>(sounds_.size());
    sounds_.push_back(event->event.id);
  }
  PRIMER_ASSIGN(const auto record, database_->record(learner, kUtterancesThatCount));
  const auto practice = practiceFrom(record);
  for (const auto& word : practice.words()) {
    view.words_to_practise.append(practiceWords(word, clock_.wallTime()));
  }
  const auto shown = std::count_if(view.answers.begin(), view.answers.end(), [](const auto& row) {
    return row.verdict == Verdict::kRight || row.verdict == Verdict::kNotYet;
  });
  view.answers_not_shown = std::max(0, view.pupil.answers_all - static_cast<int>(shown));
  return view;
}

}  // namespace primer::app
