#include "widgets/talk_button.h"

namespace primer::ui {

TalkButton::TalkButton(QWidget* parent)
    : Button(tr("Say it"), QStringLiteral("microphone"), Kind::kSpeak, parent),
      invitation_(tr("Say it")) {
  setDesignHeight(84);
  connect(this, &Button::pressed, this, [this] {
    began_here_ = !listening_;
    if (!began_here_) return;
    held_.start();
    emit began();
  });
  connect(this, &Button::released, this, [this] {
    if (!began_here_) {
      if (listening_) emit ended();
    } else if (held_.elapsed() < kHoldMs) {
      emit tapped();
    } else {
      emit ended();
    }
    began_here_ = false;
  });
  // Return and a switch press and let go in one: a tap.
}

void TalkButton::setInvitation(const QString& word) {
  invitation_ = word;
  showState();
}

void TalkButton::setListening(bool on) {
  if (listening_ == on) return;
  listening_ = on;
  showState();
}

void TalkButton::showState() {
  setIconName(listening_ ? QStringLiteral("stop") : QStringLiteral("microphone"));
  setWord(listening_ ? tr("I am done") : invitation_);
}

}  // namespace primer::ui
