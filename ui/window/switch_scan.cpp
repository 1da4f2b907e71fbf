#include "window/switch_scan.h"

#include <QCoreApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QWidget>

namespace primer::ui {
namespace {

constexpr std::chrono::milliseconds kPace{1600};

}  // namespace

SwitchScan::SwitchScan(std::function<QWidget*()> page, QObject* parent)
    : QObject(parent), page_(std::move(page)) {
  timer_.setInterval(kPace);
  connect(&timer_, &QTimer::timeout, this, &SwitchScan::step);
}

void SwitchScan::setOn(bool on) {
  if (on == isOn()) return;
  if (on) {
    QCoreApplication::instance()->installEventFilter(this);
    timer_.start();
    rounds_ = 0;
    step();
  } else {
    QCoreApplication::instance()->removeEventFilter(this);
    timer_.stop();
    light(nullptr);
  }
}

void SwitchScan::light(Control* control) {
  if (lit_) lit_->showFocus(false);
  lit_ = control;
  if (lit_) lit_->showFocus(true);
}

void SwitchScan::step() {
  QWidget* page = page_();
  if (page == nullptr) return;
  const auto canBePressed = [](const Control* control) {
    return control->isVisible() && control->isEnabled();
  };
  if (auto* next = lit_.isNull() ? nullptr : lit_->litNext(); next && canBePressed(next)) {
    light(next);
    return;
  }
  Control* first = nullptr;
  bool passed = lit_.isNull();
  for (auto* control : page->findChildren<Control*>()) {
    if (canBePressed(control)) {
      if (first == nullptr) first = control;
      if (passed) {
        light(control);
        return;
      }
    }
    if (control == lit_) passed = true;  // also where it went away when it was pressed
  }
  const bool again = !lit_.isNull();
  light(first);
  if (again) emit wentRound(++rounds_);
}

void SwitchScan::press() {
  rounds_ = 0;
  if (lit_.isNull() || !lit_->isVisible() || !lit_->isEnabled()) return;
  Control* pressed = lit_;
  timer_.start();  // the whole pace again: after a press there is something new to see
  pressed->click();
}

bool SwitchScan::eventFilter(QObject*, QEvent* event) {
  switch (event->type()) {
    case QEvent::KeyPress:
      if (!static_cast<QKeyEvent*>(event)->isAutoRepeat()) press();
      return true;
    case QEvent::MouseButtonPress:
    case QEvent::TouchBegin:
    case QEvent::TabletPress:
      press();  // of window and widget whichever is told first; the other is not told any more
      return true;
    case QEvent::KeyRelease:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
      return true;
    default:
      return false;
  }
}

}  // namespace primer::ui
