#include "widgets/keep_button.h"

namespace primer::ui {

KeepButton::KeepButton(QWidget* parent)
    : Button({}, QStringLiteral("keep"), Button::Kind::kSecondary, parent) {
  tell();
}

void KeepButton::setState(app::KeepState state) {
  state_ = state;
  tell();
}

void KeepButton::setShort(bool is_short) {
  if (short_ == is_short) return;
  short_ = is_short;
  tell();
}

void KeepButton::tell() {
  const bool kept = state_ == app::KeepState::kKept;
  setVisible(isOffering());
  setEnabled(state_ == app::KeepState::kOffered);
  setIconName(kept ? QStringLiteral("check") : QStringLiteral("keep"));
  switch (state_) {
    case app::KeepState::kNothing:
    case app::KeepState::kOffered:
      setWord(short_ ? tr("For my teacher") : tr("Keep it for my teacher"));
      break;
    case app::KeepState::kKeeping:
      setWord(tr("Keeping it"));
      break;
    case app::KeepState::kKept:
      // Whoever keeps many should know that the first ones go.
      setWord(short_ ? tr("Kept (newest %1)").arg(app::kRecordingsKept)
                     : tr("Kept, with your newest %1").arg(app::kRecordingsKept));
      break;
  }
}

}  // namespace primer::ui
