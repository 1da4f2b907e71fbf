#pragma once

// The button to speak with: held while speaking, or tapped once to begin and once more to end.

#include <QElapsedTimer>

#include "widgets/button.h"

namespace primer::ui {

class TalkButton : public Button {
  Q_OBJECT
 public:
  // A press this long is a hold: letting go ends the listening.
  static constexpr int kHoldMs = 350;

  explicit TalkButton(QWidget* parent = nullptr);

  // What it says while nothing is listened to: "Say it", "Say it again".
  void setInvitation(const QString& word);
  void setListening(bool on);
  bool isListening() const { return listening_; }

 signals:
  void began();   // listening is wanted, from now on
  void tapped();  // it was only a tap: the listening may end by itself
  void ended();   // enough

 private:
  void showState();

  QString invitation_;
  QElapsedTimer held_;
  bool listening_ = false;
  bool began_here_ = false;  // by the press that is under way
};

}  // namespace primer::ui
