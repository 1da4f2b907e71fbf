// What the teacher set for a visit, and what is kept of it between two answers.

#include <QCoreApplication>

#include "draft.h"
#include "tutor_private.h"

namespace primer::app {

namespace {

// A break that was put off is spoken of once more after so long.
constexpr std::chrono::minutes kPutOffFor{5};

QString say(const char* text) { return QCoreApplication::translate("Rules", text); }

std::chrono::milliseconds minutes(int count) { return std::chrono::minutes(count); }

}  // namespace

void Tutor::Private::beginRules(Backroom::LogIn& found) {
  rules_ = found.rules;
  left_handed_ = found.left_handed;
  visit_began_ = break_from_ = clock_.steadyTime();
  break_put_off_ = false;
  resume(found.draft);
}

// By the steady clock: a wall clock that is set ends nobody's visit.
bool Tutor::Private::sessionIsOver() const {
  return rules_.session_minutes > 0 &&
         clock_.steadyTime() - visit_began_ >= minutes(rules_.session_minutes);
}

void Tutor::Private::goOn() {
  if (sessionIsOver()) {
    showWellDone();
    return;
  }
  const auto wait =
      break_put_off_ ? std::chrono::milliseconds(kPutOffFor) : minutes(rules_.break_minutes);
  if (rules_.break_minutes == 0 || clock_.steadyTime() - break_from_ < wait) {
    showNextItem();
    return;
  }
  BreakView view;
  view.title = say(QT_TRANSLATE_NOOP("Rules", "Time for a little break"));
  view.words = say(QT_TRANSLATE_NOOP(
      "Rules", "Stand up, stretch, and look out of the window. Your work waits here."));
  view.may_put_off = !break_put_off_;
  setStage(Stage::kBreak);
  emit tutor_.breakShown(view);
}

void Tutor::Private::endBreak(bool put_off) {
  if (put_off && break_put_off_) return;
  break_put_off_ = put_off;
  break_from_ = clock_.steadyTime();
  if (sessionIsOver()) {
    showWellDone();
  } else {
    showNextItem();
  }
}

void Tutor::Private::showWellDone() {
  auto summary = visit_->summary(clock_.wallTime());
  summary.all_saved = unsaved_ == 0 || pupil_.guest;
  summary.visit_over = sessionIsOver();
  if (pupil_.guest) summary.next.clear();
  if (summary.visit_over) {
    summary.over_words =
        say(QT_TRANSLATE_NOOP("Rules", "Your time here is over for now. See you next time!"));
    summary.next.clear();
  }
  keepDraft();
  setStage(Stage::kWellDone);
  emit tutor_.wellDone(summary);
}

void Tutor::Private::setLeftHanded(bool on) {
  if (on == left_handed_) return;
  left_handed_ = on;
  if (pupil_.guest) return;
  inBackroom(
      [learner = pupil_.id, on](Backroom& backroom) { return backroom.setLeftHanded(learner, on); },
      [](const Status&) {});  // where the disk refuses, it holds for this visit
}

// ---- Drafts -----------------------------------------------------------------------------------

void Tutor::Private::resume(const std::vector<std::byte>& draft) {
  if (draft.empty()) return;
  // What cannot be read is not gone on with; the answers that were given are all there.
  const auto found = decodeDraft(draft);
  if (!found || !visit_->resume(*found, clock_.steadyTime(), clock_.wallTime())) return;
  work_ = found->work;
  resumed_ = visit_->itemIsOpen();
}

void Tutor::Private::showResumed() {
  resumed_ = false;
  asked_ = false;
  done_pressed_ = false;
  item_ = visit_->itemView();
  item_.keypad_only = !handwriting_;
  item_.judged = rules_.judged;
  item_.begun = work_;
  tellSteps();
  emit tutor_.itemShown(item_);
  setStage(Stage::kWorking);
}

void Tutor::Private::keepWork(const SheetWork& work) {
  work_ = work;
  keepLater();
}

// Not put off by what comes meanwhile: somebody who writes without a pause is kept as well.
void Tutor::Private::keepLater() {
  if (!draft_timer_.isActive()) draft_timer_.start();
}

void Tutor::Private::keepDraft() {
  draft_timer_.stop();
  if (visit_ && recorder_ != nullptr && !pupil_.guest) recorder_->keepDraft(pupil_.id, draftNow());
}

std::vector<std::byte> Tutor::Private::draftNow() const {
  if (!visit_->setIsUnderWay()) return {};
  return encodeDraft(visit_->draft(clock_.steadyTime(), work_));
}

}  // namespace primer::app
