// What comes from the glass: pen, finger and mouse become begin(), extend(), finish() and
// abandon().

#include <QMouseEvent>
#include <QTabletEvent>
#include <QTouchEvent>
#include <algorithm>

#include "paper/ink_box.h"
#include "theme/metrics.h"

namespace primer::ui {
namespace {

constexpr double kPalm = 110;  // a contact wider than this many design pixels is not a finger tip

}  // namespace

bool InkBox::event(QEvent* event) {
  switch (event->type()) {
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
    case QEvent::TouchCancel:
      return touchEvent(static_cast<QTouchEvent*>(event));
    default:
      return QWidget::event(event);
  }
}

bool InkBox::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::TabletEnterProximity) pen_near_ = true;
  if (event->type() == QEvent::TabletLeaveProximity) pen_near_ = false;
  return QWidget::eventFilter(watched, event);
}

void InkBox::tabletEvent(QTabletEvent* event) {
  const double pressure = event->pressure() > 0 ? event->pressure() : 0.5;
  switch (event->type()) {
    case QEvent::TabletPress:
      pen_near_ = true;
      if (source_ == Source::kFinger) abandon();  // the palm came down before the pen
      begin(Source::kPen, event->position(), pressure);
      break;
    case QEvent::TabletMove:
      if (source_ == Source::kPen) extend(event->position(), pressure);
      break;
    case QEvent::TabletRelease:
      if (source_ == Source::kPen) finish();
      break;
    default:
      break;
  }
  event->accept();
}

void InkBox::followFinger(const QEventPoint& point) {
  const QSizeF contact = point.ellipseDiameters();
  const bool palm = std::max(contact.width(), contact.height()) > pxf(kPalm);
  const double pressure = point.pressure() > 0 ? point.pressure() : 0.5;
  switch (point.state()) {
    case QEventPoint::Pressed:
      if (finger_ == -1 && !palm && source_ == Source::kNone) {
        begin(Source::kFinger, point.position(), pressure);
        if (source_ == Source::kFinger) finger_ = point.id();
      }
      break;
    case QEventPoint::Updated:
      if (point.id() != finger_) break;
      if (palm) {
        abandon();
      } else {
        extend(point.position(), pressure);
      }
      break;
    case QEventPoint::Released:
      if (point.id() == finger_) finish();
      break;
    default:
      break;
  }
}

bool InkBox::touchEvent(QTouchEvent* event) {
  event->accept();
  if (event->type() == QEvent::TouchCancel) {
    if (source_ == Source::kFinger) abandon();
    return true;
  }
  // A new touch where one was never lifted: the old one is over, whatever became of it.
  if (event->type() == QEvent::TouchBegin && source_ == Source::kFinger) finish();
  if (pen_near_) return true;
  for (const QEventPoint& point : event->points()) followFinger(point);
  return true;
}

void InkBox::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && source_ == Source::kMouse) finish();
  if (event->button() == Qt::LeftButton && source_ == Source::kNone) {
    begin(Source::kMouse, event->position(), 0.5);
  }
}

void InkBox::mouseMoveEvent(QMouseEvent* event) {
  if (source_ == Source::kMouse) extend(event->position(), 0.5);
}

void InkBox::mouseReleaseEvent(QMouseEvent* event) {
  if (source_ == Source::kMouse && event->button() == Qt::LeftButton) finish();
}

}  // namespace primer::ui
