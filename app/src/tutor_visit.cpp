// A pupil's visit: from home to the hand-over.

#include <algorithm>

#include "primer/app/ink_codec.h"
#include "primer/app/words.h"
#include "tutor_private.h"

namespace primer::app {

void Tutor::Private::goHome() {
  stopListening();
  // What is being read is read again when the pupil comes back and goes on.
  ++latest_ink_;
  reading_ = false;
  check_wanted_ = false;
  judge_wanted_.reset();
  ++sheet_version_;
  home_ = visit_->home(clock_.wallTime(), pupil_);
  setStage(Stage::kHome);
  emit tutor_.homeShown(home_);
}

void Tutor::Private::openDoor(DoorKind door) {
  const auto found = std::find_if(home_.doors.begin(), home_.doors.end(),
                                  [door](const DoorView& view) { return view.kind == door; });
  if (found == home_.doors.end() || !found->open) return;
  if (door == DoorKind::kGoOn && visit_->setIsUnderWay()) {
    if (!visit_->itemIsOpen()) {
      goOn();
    } else if (resumed_) {
      showResumed();
    } else {
      setStage(Stage::kWorking);
    }
    return;
  }
  visit_->chooseDoor(door);
  beginSet();
}

void Tutor::Private::chooseSkill(int skill) {
  if (skill < 0 || !visit_->chooseSkill(static_cast<std::size_t>(skill))) return;
  beginSet();
}

void Tutor::Private::beginSet() {
  if (unsaved_ >= kMostUnsaved) {
    setSaveProblem(
        problemFrom(Error(ErrorCode::kLimitExceeded, "too many unsaved answers", "recorder.full")));
    return;
  }
  if (sessionIsOver()) {
    showWellDone();
    return;
  }
  visit_->startSet();
  goOn();
}

void Tutor::Private::showNextItem() {
  stopListening();
  ++latest_ink_;
  reading_ = false;
  check_wanted_ = false;
  asked_ = false;
  judge_wanted_.reset();
  ++sheet_version_;
  done_pressed_ = false;
  resumed_ = false;
  work_ = {};
  item_ = visit_->startItem(clock_.steadyTime(), clock_.wallTime());
  item_.keypad_only = !handwriting_;
  item_.judged = rules_.judged;
  keepLater();
  tellSteps();
  emit tutor_.itemShown(item_);
  setStage(Stage::kWorking);
}

// ---- Reading --------------------------------------------------------------------------------

void Tutor::Private::readInk(const Ink& ink, const InkBox& box) {
  if (!visit_->itemIsOpen()) return;
  const auto number = ++latest_ink_;
  asked_ = false;
  if (ink.empty()) {
    inkWasRead({}, {});
    return;
  }
  reading_ = true;
  inBackroom(
      [this, number, ink, box](Backroom& backroom) -> std::optional<handwriting::NumberReading> {
        if (latest_ink_ != number) return std::nullopt;  // there is newer ink to read
        return backroom.read(ink, box);
      },
      [this, number, ink](const std::optional<handwriting::NumberReading>& reading) {
        if (latest_ink_ == number && reading && working()) inkWasRead(*reading, ink);
      });
}

void Tutor::Private::inkWasRead(const handwriting::NumberReading& reading, Ink ink) {
  reading_ = false;
  visit_->take(reading, std::move(ink));
  emit tutor_.inkRead(visit_->reading());
  if (!check_wanted_) return;
  check_wanted_ = false;
  check();
}

void Tutor::Private::readingChanged() {
  const auto view = visit_->reading();
  emit tutor_.inkRead(view);
  keepLater();  // what was said of the ink is kept with it
  // The question was answered: no need to press "done" a second time.
  if (asked_ && !view.unsure) check();
}

// ---- Judging --------------------------------------------------------------------------------

void Tutor::Private::check() {
  if (!visit_->itemIsOpen()) return;
  if (reading_) {
    check_wanted_ = true;
    return;
  }
  tell(visit_->check(clock_.steadyTime()));
}

std::optional<storage::EventId> Tutor::Private::tell(Visit::Judged judged) {
  asked_ = judged.view.verdict == Verdict::kAsk;
  if (judged.to_record && judged.view.verdict == Verdict::kNotYet &&
      item_.kind == ItemKind::kNumber) {
    // On the page the try moves up and leaves clean paper.
    work_.earlier.append({work_.ink, QString::fromStdString(judged.to_record->text)});
    work_.ink = {};
    work_.typed.clear();
  }
  std::optional<storage::EventId> recorded;
  if (judged.to_record) recorded = submit(*std::move(judged.to_record));
  if (judged.view.item_over) tellSteps();
  emit tutor_.judged(judged.view);
  return recorded;
}

void Tutor::Private::tellSteps() { emit tutor_.stepsChanged(visit_->steps()); }

void Tutor::Private::nextItem() {
  if (visit_->itemIsOpen()) return;
  if (unsaved_ >= kMostUnsaved) {
    setSaveProblem(
        problemFrom(Error(ErrorCode::kLimitExceeded, "too many unsaved answers", "recorder.full")));
    return;
  }
  if (!visit_->setIsOver()) {
    goOn();
    return;
  }
  showWellDone();
}

void Tutor::Private::handOver() {
  if (leaving_) return;
  leaving_ = true;
  // Where the disk refuses, the answers stay with the recorder; the next pupil need not wait.
  if (unsaved_ == 0 || save_state_ == SaveState::kFailing) endVisit();
}

void Tutor::Private::endVisit() {
  leaving_ = false;
  if (draft_timer_.isActive()) keepDraft();
  stopListening();
  ++latest_ink_;
  ++visit_number_;
  visit_.reset();
  if (!pupil_.guest) {
    inBackroom(
        [learner = pupil_.id, of = grid_.shown.id](Backroom& backroom) {
          backroom.endVisit(learner, of);
          return true;
        },
        [](bool) {});
  }
  pupil_ = {};
  item_ = {};
  home_ = {};
  work_ = {};
  rules_ = {};
  left_handed_ = false;
  resumed_ = false;
  setStage(Stage::kLogIn);
  emit tutor_.handedOver();
}

// ---- Saving ---------------------------------------------------------------------------------

storage::Answer Tutor::Private::answerOf(GradedAnswer graded) const {
  storage::Answer answer;
  answer.id = storage::newEventId();
  answer.about = graded.about;
  answer.learner = pupil_.id;
  const auto& lesson = visit_->course().lesson(graded.lesson);
  answer.activity = lesson.id;
  answer.item = graded.item.id;
  answer.skill = lesson.skills[graded.item.skill].id;
  answer.difficulty = graded.item.difficulty;
  answer.attempt = graded.attempt;
  answer.answer_as_read = graded.text;
  answer.confidence = graded.confidence;
  answer.verdict = graded.verdict;
  answer.misconception = graded.misconception;
  answer.hints_taken = graded.hints;
  answer.taken = graded.taken;
  answer.why_chosen = graded.reason;
  // Ink that was read is within the codec's bounds; typed answers have none.
  if (!graded.ink.empty()) answer.ink = encodeInk(graded.ink).value_or(std::vector<std::byte>());
  answer.evidence = std::move(graded.evidence);
  return answer;
}

std::optional<storage::EventId> Tutor::Private::submit(GradedAnswer graded) {
  const auto about = graded.about;
  const int attempt = graded.attempt;
  auto answer = answerOf(std::move(graded));
  const auto id = answer.id;
  if (!about) visit_->wasRecorded(attempt, id);
  draft_timer_.stop();
  if (pupil_.guest) return id;  // the visit goes on as with a record, and there is none
  answer.draft = draftNow();
  const auto taken =
      recorder_->submit(std::move(answer), whenWritten([this, visit_number = visit_number_] {
                          if (visit_number == visit_number_) emit tutor_.saved(++saved_in_visit_);
                        }));
  if (!taken) {
    setSaveProblem(problemFrom(taken.error()));
    return std::nullopt;
  }
  beginSaving();
  return id;
}

void Tutor::Private::beginSaving() {
  ++unsaved_;
  if (save_state_ == SaveState::kSaved) setSaveState(SaveState::kSaving);
}

void Tutor::Private::settleSaving() {
  if (unsaved_ > 0) return;
  retry_timer_.stop();
  setSaveProblem(std::nullopt);
  setSaveState(SaveState::kSaved);
}

storage::Recorder::Done Tutor::Private::whenWritten(std::function<void()> then) {
  return [this, then = std::move(then)](const Result<storage::Saved>& saved) {
    own_mail_.post([this, saved, then] { answerWritten(saved, then); });
  };
}

void Tutor::Private::answerWritten(const Result<storage::Saved>& saved,
                                   const std::function<void()>& then) {
  // A pupil who was erased while the answer waited has no place for it any more.
  const bool given_back =
      !saved && (saved.error().key == "pupil.unknown" || saved.error().key == "event.unknown");
  if (!saved && !given_back) {
    setSaveProblem(problemFrom(saved.error()));
    setSaveState(SaveState::kFailing);
    if (!retry_timer_.isActive()) retry_timer_.start();
  } else {
    --unsaved_;
    if (saved) then();
    settleSaving();
  }
  if (leaving_ && (unsaved_ == 0 || save_state_ == SaveState::kFailing)) endVisit();
}

void Tutor::Private::setSaveState(SaveState state) {
  if (state == save_state_) return;
  save_state_ = state;
  if (!pupil_.guest) emit tutor_.saveStateChanged(state);
}

void Tutor::Private::setSaveProblem(std::optional<Problem> problem) {
  if (problem == save_problem_) return;
  save_problem_ = std::move(problem);
  tellProblems();
}

}  // namespace primer::app
