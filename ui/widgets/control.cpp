#include "widgets/control.h"

#include <QFocusEvent>
#include <QKeyEvent>

namespace primer::ui {
namespace {
bool pointer_in_use = false;
}  // namespace

void Control::setPointerInUse(bool on) { pointer_in_use = on; }

Control::Control(QWidget* parent) : QAbstractButton(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Control::showFocus(bool on) {
  focus_visible_ = on;
  refreshHalo(this);
}

Halo Control::halo() const { return {surface(), corner(), raised(), focus_visible_}; }

QRectF Control::surface() const { return QRectF(rect()); }

void Control::focusInEvent(QFocusEvent* event) {
  QAbstractButton::focusInEvent(event);
  const auto reason = event->reason();
  const bool by_key = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                      reason == Qt::ShortcutFocusReason;
  showFocus(by_key && !pointer_in_use);
}

void Control::focusOutEvent(QFocusEvent* event) {
  QAbstractButton::focusOutEvent(event);
  if (event->reason() != Qt::ActiveWindowFocusReason) showFocus(false);
}

void Control::changeEvent(QEvent* event) {
  QAbstractButton::changeEvent(event);
  if (event->type() == QEvent::EnabledChange || event->type() == QEvent::StyleChange) {
    updateGeometry();
    refreshHalo(this);
    update();
  }
}

void Control::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    if (!event->isAutoRepeat()) click();
    return;
  }
  QAbstractButton::keyPressEvent(event);
}

void Control::moveEvent(QMoveEvent* event) {
  QAbstractButton::moveEvent(event);
  refreshHalo(this);
}

void Control::resizeEvent(QResizeEvent* event) {
  QAbstractButton::resizeEvent(event);
  refreshHalo(this);
}

void Control::showEvent(QShowEvent* event) {
  QAbstractButton::showEvent(event);
  refreshHalo(this);
}

void Control::hideEvent(QHideEvent* event) {
  QAbstractButton::hideEvent(event);
  refreshHalo(this);
}

}  // namespace primer::ui
