// The teacher's page: opened by the PIN, shown, locked.

#include "primer/app/words.h"
#include "tutor_private.h"

namespace primer::app {

void Tutor::Private::unlock(const QString& pin) {
  if (unlocking_) return;
  unlocking_ = true;
  const auto of = grid_.shown.id;
  inBackroom([of, pin](Backroom& backroom) { return backroom.unlock(of, pin); },
             [this](std::optional<UnlockRefusal> refused) {
               unlocking_ = false;
               if (refused) {
                 emit tutor_.unlockRefused(*refused);
               } else if (stage_ != Stage::kLogIn) {
                 // A pupil was quicker than the key: nothing may stay open behind a pupil's page.
                 lock();
               } else {
                 ++teacher_session_;
                 last_activity_ = clock_.steadyTime();
                 idle_timer_.start();
                 setStage(Stage::kTeacher);
                 emit tutor_.unlocked();
                 tellClassView();
               }
             });
}

void Tutor::Private::lock() {
  ++teacher_session_;
  teacher_problem_.reset();
  idle_timer_.stop();
  stopListening();  // what was kept is forgotten as well
  inBackroom(
      [](Backroom& backroom) {
        backroom.lock();
        return true;
      },
      [](bool) {});
  if (stage_ != Stage::kTeacher) return;
  setStage(Stage::kLogIn);
  emit tutor_.locked();
}

void Tutor::Private::tellClassView(bool anew) {
  const auto session = teacher_session_;
  // Who asks while one is under way (the page on opening, and unlocking itself) gets that one.
  if (class_view_under_way_ == session) {
    class_view_again_ = class_view_again_ || anew;
    return;
  }
  class_view_under_way_ = session;
  class_view_again_ = false;
  inBackroom([](Backroom& backroom) { return backroom.classView(); },
             [this, session](Result<ClassView> view) {
               if (class_view_under_way_ == session) class_view_under_way_ = 0;
               if (session != teacher_session_ || stage_ != Stage::kTeacher) return;
               if (class_view_again_) {
                 tellClassView();
                 return;
               }
               ClassView shown = view.value_or(ClassView());
               shown.problems = problems();
               if (teacher_problem_) shown.problems.prepend(*teacher_problem_);
               if (!view) shown.problems.prepend(problemFrom(view.error()));
               emit tutor_.classViewReady(shown);
             });
}

void Tutor::Private::tellPupilView(const LearnerId& learner, const QString& told, bool refused) {
  const auto session = teacher_session_;
  inBackroom([learner](Backroom& backroom) { return backroom.pupilView(learner); },
             [this, session, told, refused](Result<PupilView> view) {
               if (session != teacher_session_ || stage_ != Stage::kTeacher) return;
               if (view) {
                 view->told = told;
                 view->refused = refused;
                 emit tutor_.pupilViewReady(*view);
               } else {
                 tellClassView();  // whoever that was is not in this class (any more)
               }
             });
}

void Tutor::Private::setClassRules(const ClassRules& rules) {
  const auto session = teacher_session_;
  inBackroom([rules](Backroom& backroom) { return backroom.setRules(rules); },
             [this, session](const Status& set) {
               if (session != teacher_session_ || stage_ != Stage::kTeacher) return;
               teacher_problem_ = set ? std::nullopt : std::optional(problemFrom(set.error()));
               readGridAgain();
               tellClassView(true);
             });
}

// ---- A pupil's name and pictures

// The log-in page has the new picture, and asks for three more, from the next hand-over on.
void Tutor::Private::readGridAgain() {
  inBackroom([of = grid_.shown.id](Backroom& backroom) { return backroom.grid(of); },
             [this](Result<LogInGrid> grid) {
               if (grid) showGrid(*grid);
             });
}

void Tutor::Private::tellChange(const LearnerId& pupil, const Status& done, const QString& told) {
  readGridAgain();
  tellPupilView(pupil, done ? told : problemFrom(done.error()).words, !done);
}

void Tutor::Private::changePupil(storage::PupilChange change, Result<Backroom::Advice> advice) {
  const auto pupil = change.learner;
  if (!advice) return tellChange(pupil, fail(advice.error()), {});
  if (advice->refused) return tellPupilView(pupil, advice->words, true);
  const auto session = teacher_session_;
  const auto answered = [this, session, pupil, told = advice->words](const Status& done) {
    if (session == teacher_session_ && stage_ == Stage::kTeacher) tellChange(pupil, done, told);
  };
  if (recorder_ == nullptr) {
    return answered(fail(ErrorCode::kReadOnly, "nothing can be written", "database.read_only"));
  }
  const auto taken =
      recorder_->submit(std::move(change), [this, answered](const Result<storage::Saved>& saved) {
        const Status done = saved ? Status() : Status(fail(saved.error()));
        own_mail_.post([answered, done] { answered(done); });
      });
  if (!taken) answered(taken);
}

void Tutor::Private::renamePupil(const LearnerId& pupil, const QString& name) {
  const auto wanted = name.simplified();
  inBackroom([pupil, wanted](Backroom& backroom) { return backroom.adviseName(pupil, wanted); },
             [this, pupil, wanted, session = teacher_session_](Result<Backroom::Advice> advice) {
               if (session != teacher_session_) return;
               changePupil({pupil, wanted.toStdString()}, std::move(advice));
             });
}

void Tutor::Private::changePicture(const LearnerId& pupil, const QString& picture) {
  inBackroom(
      [pupil, picture](Backroom& backroom) { return backroom.advisePicture(pupil, picture); },
      [this, pupil, picture, session = teacher_session_](Result<Backroom::Advice> advice) {
        if (session != teacher_session_) return;
        changePupil({pupil, {}, picture.toStdString()}, std::move(advice));
      });
}

void Tutor::Private::changePictures(const LearnerId& pupil, PicturesChange change) {
  inBackroom([pupil, change](Backroom& backroom) { return backroom.changePictures(pupil, change); },
             [this, pupil, session = teacher_session_](const Status& done) {
               if (session == teacher_session_ && stage_ == Stage::kTeacher)
                 tellChange(pupil, done, {});
             });
}

void Tutor::Private::remark(const LearnerId& pupil, const QString& key, bool right) {
  const auto about = storage::EventId::fromHex(key.toStdString());
  if (!about || recorder_ == nullptr) return;
  const auto session = teacher_session_;
  const auto answered = [this, session](const Status& done) {
    if (session != teacher_session_ || stage_ != Stage::kTeacher) return;
    teacher_problem_ = done ? std::nullopt : std::optional(problemFrom(done.error()));
    tellClassView(true);
  };
  const auto verdict = right ? storage::Verdict::kRight : storage::Verdict::kWrong;
  const auto taken = recorder_->submit(storage::Remark{pupil, *about, verdict},
                                       [this, answered](const Result<storage::Saved>& saved) {
                                         const Status done =
                                             saved ? Status() : Status(fail(saved.error()));
                                         own_mail_.post([answered, done] { answered(done); });
                                       });
  if (!taken) answered(taken);
}

// ---- Slots -------------------------------------------------------------------------------------

void Tutor::unlock(const QString& pin) {
  if (d_->stage_ == Stage::kLogIn && !d_->logging_in_) d_->unlock(pin);
}

void Tutor::lock() {
  if (d_->stage_ == Stage::kTeacher) d_->lock();
}

void Tutor::requestClassView() {
  noteActivity();
  if (d_->stage_ == Stage::kTeacher) d_->tellClassView();
}

void Tutor::requestPupilView(const LearnerId& learner) {
  noteActivity();
  if (d_->stage_ == Stage::kTeacher) d_->tellPupilView(learner);
}

void Tutor::renamePupil(const LearnerId& pupil, const QString& name) {
  noteActivity();
  if (d_->stage_ == Stage::kTeacher) d_->renamePupil(pupil, name);
}

void Tutor::changePicture(const LearnerId& pupil, const QString& picture) {
  noteActivity();
  if (d_->stage_ == Stage::kTeacher) d_->changePicture(pupil, picture);
}

void Tutor::changePictures(const LearnerId& pupil, PicturesChange change) {
  noteActivity();
  if (d_->stage_ == Stage::kTeacher) d_->changePictures(pupil, change);
}

void Tutor::playKept(int sound) {
  noteActivity();
  if (d_->stage_ == Stage::kTeacher) d_->playKept(sound);
}

void Tutor::remark(const LearnerId& pupil, const QString& key, bool right) {
  noteActivity();
  if (d_->stage_ == Stage::kTeacher) d_->remark(pupil, key, right);
}

void Tutor::setClassRules(const ClassRules& rules) {
  noteActivity();
  if (d_->stage_ == Stage::kTeacher) d_->setClassRules(rules);
}

void Tutor::noteActivity() { d_->last_activity_ = d_->clock_.steadyTime(); }

void Tutor::lockIfIdle() {
  const auto idle = d_->clock_.steadyTime() - d_->last_activity_;
  if (d_->stage_ == Stage::kTeacher && idle >= d_->settings_.teacher_idle_limit) d_->lock();
}

}  // namespace primer::app
