// An item that is said or read aloud: listened to by the tutor's Listener, judged there, counted by
// the visit.

#include <QCoreApplication>

#include "tutor_private.h"

namespace primer::app {

namespace {

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
  return *listener_;
}

void Tutor::Private::listen() {
  if (item_.other.isEmpty()) {
    ListenRequest request;
    request.text = item_.spoken;
    request.ends_by_itself = false;  // until it is known that the button was only tapped
    request.patient = item_.kind == ItemKind::kStory;
    request.sensitivity = settings_.speech_sensitivity;
    request.speaker = visit_->speaker();
    listener().listen(request);
  } else {
    listener().listenForChoice({item_.prompt, item_.other});
  }
}

void Tutor::Private::stopListening() {
  if (listener_) listener_->forget();
}

void Tutor::Private::wasSaid(SaidView said) {
  if (!working() || !visit_->itemIsAloud()) return;
  if (said.trouble != ListenTrouble::kNone) {
    emit tutor_.said(said);
    return;
  }
  auto judged = visit_->takeSaid(said, clock_.steadyTime());
  emit tutor_.said(said);
  tell(std::move(judged));
}

void Tutor::Private::wasChosen(const ChosenView& chosen) {
  if (!working() || !visit_->itemIsAloud()) return;
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
  tell(std::move(judged));
}

}  // namespace primer::app
