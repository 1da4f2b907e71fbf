#pragma once

// For whoever has one switch: what can be pressed on the page lights up, one thing after another,
// and the switch presses what is lit. Any key and any touch is the switch. Lit last of all is the
// way back to hands: turning it off is one of the things that come round.

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <chrono>
#include <functional>

#include "widgets/control.h"

class QWidget;

namespace primer::ui {

class SwitchScan : public QObject {
  Q_OBJECT
 public:
  // `page`: whose controls come round; asked for at every step, because pages change.
  SwitchScan(std::function<QWidget*()> page, QObject* parent);

  void setOn(bool on);
  bool isOn() const { return timer_.isActive(); }
  void setPace(std::chrono::milliseconds pace) { timer_.setInterval(pace); }

  void step();  // lights the next; the timer's doing, public so that tests need not wait
  Control* lit() const { return lit_; }

 signals:
  // All that can be pressed was lit once more, `rounds` times since the switch was last used.
  void wentRound(int rounds);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void light(Control* control);
  void press();

  std::function<QWidget*()> page_;
  QTimer timer_;
  int rounds_ = 0;
  QPointer<Control> lit_;
};

}  // namespace primer::ui
