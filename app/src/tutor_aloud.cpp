// An item that is said or read aloud: listened to by the tutor's Listener, judged there, counted by
// the visit.

#include <QCoreApplication>

#include "primer/app/words.h"
#include "tutor_private.h"

namespace primer::app {

namespace {

static_assert(kRecordingsKept == storage::kMostSoundsOfALearner);

TroubleWords couldNotTell() {
  const auto say = [](const char* text) { return QCoreApplication::translate("Listening", text); };
  return {say(QT_TRANSLATE_NOOP("Listening", "I could not tell which one it was")),
          say(QT_TRANSLATE_NOOP("Listening", "Say it once more, slowly and clearly."))};
}

}  // namespace

Listener& Tutor::Private::listener() {
  if (listener_) return *listener_;
  listener_ = std::make_unique<Listener>(hearing_, clock_);
  QObject::connect(listener_.get(), &Listener::said, &tutor_,
                   [this](const SaidView& said) { wasSaid(said); });
  QObject::connect(listener_.get(), &Listener::chosen, &tutor_,
                   [this](const ChosenView& chosen) { wasChosen(chosen); });
  QObject::connect(listener_.get(), &Listener::cannotPlay, &tutor_, [this] { tellNoSound(); });
  return *listener_;
}

bool Tutor::Private::isAnsweredAloud() const {
  const auto& item = visit_->item();
  return item.question && item.question->answering == Answering::kSay && visit_->itemIsOpen();
}

// On the page where somebody wanted to hear something.
void Tutor::Private::tellNoSound() {
  const auto problem = noSoundProblem();
  if (working()) {
    emit tutor_.hintShown({0, problem.title, problem.words, {}});
  } else if (stage_ == Stage::kTeacher) {
    auto all = problems();
    all.prepend(problem);
    emit tutor_.problemsChanged(all);
  }
}

void Tutor::Private::listen() {
  if (isAnsweredAloud()) {
    QStringList choices;
    for (const auto& option : visit_->item().question->options) {
      choices.append(QString::fromStdString(option.text));
    }
    listener().listenForChoice(choices);
    return;
  }
  takeForKeeping({}, std::nullopt);
  if (item_.other.isEmpty()) {
    ListenRequest request;
    request.text = item_.spoken;
    request.ends_by_itself = false;  // until it is known that the button was only tapped
    request.patient = item_.kind == ItemKind::kStory;
    request.sensitivity = settings_.speech_sensitivity.value_or(rules_.sensitivity);
    request.speaker = visit_->speaker();
    listener().listen(request);
  } else {
    listener().listenForChoice({item_.prompt, item_.other});
  }
}

Course::Recording Tutor::recordingOf(const QString& text) const {
  return d_->course_ ? d_->course_->recordingOf(text.toStdString()) : nullptr;
}

void Tutor::Private::practiseSound(const QString& phone) {
  if (visit_->chooseDrill(phone.toStdString())) beginSet();
}

void Tutor::Private::stopListening() {
  takeForKeeping({}, std::nullopt);
  if (listener_) listener_->forget();
}

void Tutor::Private::readQuietly() {
  auto read = visit_->takeQuietly(clock_.steadyTime());
  if (!read) return;
  stopListening();
  tell(*std::move(read));
}

void Tutor::Private::wasSaid(SaidView said) {
  if (!working() || !visit_->itemIsAloud()) return;
  if (said.trouble != ListenTrouble::kNone) {
    emit tutor_.said(said);
    if (said.trouble != ListenTrouble::kOtherText) return;
    if (auto missed = visit_->takeOtherText(clock_.steadyTime())) tell(*std::move(missed));
    return;
  }
  auto judged = visit_->takeSaid(said, clock_.steadyTime());
  emit tutor_.said(said);
  takeForKeeping(said, tell(std::move(judged)));
}

void Tutor::Private::wasChosen(const ChosenView& chosen) {
  if (!working()) return;
  if (isAnsweredAloud()) {
    emit tutor_.answerHeard(chosen);
    return;
  }
  if (!visit_->itemIsAloud()) return;
  SaidView said;
  said.trouble = chosen.trouble;
  said.trouble_words = chosen.trouble_words;
  said.sound = chosen.sound;
  const bool sure = chosen.choice >= 0 && !chosen.unsure;
  if (said.trouble == ListenTrouble::kNone && !sure) {
    said.trouble = ListenTrouble::kOtherText;
    said.trouble_words = couldNotTell();
  }
  if (said.trouble != ListenTrouble::kNone) {
    emit tutor_.said(said);
    return;
  }
  auto judged = visit_->takeChosen(chosen, said, clock_.steadyTime());
  emit tutor_.said(said);
  takeForKeeping(said, tell(std::move(judged)));
}

// ---- Keeping it for the teacher

void Tutor::Private::setKeepState(KeepState state) {
  if (state == keep_state_) return;
  keep_state_ = state;
  emit tutor_.keepChanged(state);
}

// What is not wanted is forgotten with the next thing that is said.
void Tutor::Private::takeForKeeping(const SaidView& said,
                                    const std::optional<storage::EventId>& recorded) {
  ++keeping_number_;
  if (pupil_.guest) {  // nothing is offered to be kept
    keeping_ = {};
    setKeepState(KeepState::kNothing);
    return;
  }
  keeping_ = {said.sound, recorded, std::nullopt};
  if (said.sound && !recorded) {
    keeping_.again = answerOf(visit_->saidAgain(said, clock_.steadyTime()));
  }
  setKeepState(said.sound ? KeepState::kOffered : KeepState::kNothing);
}

void Tutor::Private::keepForTeacher() {
  if (keep_state_ != KeepState::kOffered) return;
  setKeepState(KeepState::kKeeping);
  beginSaving();  // who hands over waits for it
  pack(keeping_.sound, [this, keeping = keeping_, learner = pupil_.id,
                        number = keeping_number_](Result<std::vector<std::byte>> packed) {
    keepPacked(keeping, learner, number, std::move(packed));
  });
}

void Tutor::Private::keepPacked(Keeping keeping, const LearnerId& learner, std::uint64_t number,
                                Result<std::vector<std::byte>> packed) {
  auto done = whenWritten([this, number] {
    if (number == keeping_number_) setKeepState(KeepState::kKept);
  });
  Status taken;
  if (!packed) {
    taken = fail(packed.error());
  } else if (keeping.event) {
    taken = recorder_->keepSound(*keeping.event, learner, *std::move(packed), std::move(done));
  } else {
    keeping.again->sound = *std::move(packed);
    taken = recorder_->submit(*std::move(keeping.again), std::move(done));
  }
  if (taken) return;
  --unsaved_;
  settleSaving();
  setSaveProblem(problemFrom(taken.error()));
  if (number == keeping_number_) setKeepState(KeepState::kOffered);
  if (leaving_ && unsaved_ == 0) endVisit();
}

void Tutor::Private::playKept(int sound) {
  const auto session = teacher_session_;
  inBackroom([sound](Backroom& backroom) { return backroom.keptSound(sound); },
             [this, session](Result<std::shared_ptr<const HeardSound>> kept) {
               if (session != teacher_session_ || stage_ != Stage::kTeacher) return;
               if (kept) return listener().play(*std::move(kept));
               auto all = problems();
               all.prepend(problemFrom(kept.error()));
               emit tutor_.problemsChanged(all);
             });
}

}  // namespace primer::app
