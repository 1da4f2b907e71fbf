#include "tour/hand.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPointingDevice>
#include <QScrollArea>
#include <QTabletEvent>
#include <QWidget>
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "paper/ink_box.h"
#include "primer/app/drawn_ink.h"
#include "theme/metrics.h"

namespace primer::ui {
namespace {

using Line = std::vector<QPointF>;

constexpr double kAcross = 1.1;  // from one digit to the next, in heights

// What each digit is easily taken for.
constexpr std::array<int, 10> kLike = {6, 7, 7, 8, 9, 6, 0, 1, 3, 4};

// The box in whose middle a number of this height stands with its top left corner near `top_left`.
app::InkBox boxFor(int digits, const QPointF& top_left, double height) {
  return {float(top_left.x()), float(top_left.y() - height / 2),
          float(top_left.x() + digits * kAcross * height), float(top_left.y() + height * 1.5)};
}

Line oneLine(const Ink& ink) {
  Line line;
  for (const Stroke& stroke : ink.strokes) {
    for (const InkPoint& point : stroke) line.emplace_back(point.x, point.y);
  }
  return line;
}

Line resampled(const Line& line, int points) {
  double length = 0;
  for (size_t i = 1; i < line.size(); ++i) {
    length += std::hypot(line[i].x() - line[i - 1].x(), line[i].y() - line[i - 1].y());
  }
  const double step = length / (points - 1);
  Line result = {line.front()};
  double ahead = step;
  for (size_t i = 1; i < line.size(); ++i) {
    QPointF from = line[i - 1];
    double left = std::hypot(line[i].x() - from.x(), line[i].y() - from.y());
    while (left >= ahead && int(result.size()) < points - 1) {
      from += (line[i] - from) * (ahead / left);
      left -= ahead;
      ahead = step;
      result.push_back(from);
    }
    ahead -= left;
  }
  while (int(result.size()) < points) result.push_back(line.back());
  return result;
}

// One stroke of a calm hand, which presses more in the middle of it.
Stroke strokeAlong(const Line& line, float start_ms) {
  constexpr float kPointMs = 9;
  Stroke stroke;
  for (size_t i = 0; i < line.size(); ++i) {
    const double along = double(i) / double(std::max<size_t>(1, line.size() - 1));
    stroke.push_back({float(line[i].x()), float(line[i].y()), start_ms + float(i) * kPointMs,
                      float(0.5 + 0.1 * std::sin(3.14159 * along))});
  }
  return stroke;
}

const QPointingDevice& pen() {
  static const QPointingDevice device(
      "the tour's pen", 1, QInputDevice::DeviceType::Stylus, QPointingDevice::PointerType::Pen,
      QInputDevice::Capability::Position | QInputDevice::Capability::Pressure, 1, 1);
  return device;
}

void sendPen(InkBox* box, QEvent::Type type, const InkPoint& point) {
  const QPointF at = QPointF(double(point.x), double(point.y)) * scale();
  const bool down = type != QEvent::TabletRelease;
  QTabletEvent event(type, &pen(), at, box->mapToGlobal(at), down ? double(point.pressure) : 0, 0,
                     0, 0, 0, 0, {}, type == QEvent::TabletMove ? Qt::NoButton : Qt::LeftButton,
                     down ? Qt::LeftButton : Qt::NoButton);
  QApplication::sendEvent(box, &event);
}

}  // namespace

void scrollTo(QWidget* widget) {
  for (QWidget* up = widget->parentWidget(); up; up = up->parentWidget()) {
    if (auto* area = qobject_cast<QScrollArea*>(up)) area->ensureWidgetVisible(widget);
  }
}

bool tap(QWidget* widget) {
  if (!widget || !widget->isVisible() || !widget->isEnabled()) return false;
  const QPoint middle = widget->rect().center();
  QWidget* window = widget->window();
  QWidget* hit = window->childAt(widget->mapTo(window, middle));
  if (hit != widget && !widget->isAncestorOf(hit)) return false;
  const auto send = [&](QEvent::Type type, Qt::MouseButtons buttons) {
    QMouseEvent event(type, middle, widget->mapToGlobal(QPointF(middle)), Qt::LeftButton, buttons,
                      Qt::NoModifier);
    QApplication::sendEvent(widget, &event);
  };
  send(QEvent::MouseButtonPress, Qt::LeftButton);
  send(QEvent::MouseButtonRelease, Qt::NoButton);
  return true;
}

namespace {

void sendMouse(QWidget* widget, QEvent::Type type, const QPointF& at) {
  const bool up = type == QEvent::MouseButtonRelease;
  QMouseEvent event(type, at, widget->mapToGlobal(at),
                    type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                    up ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(widget, &event);
}

}  // namespace

void grip(QWidget* widget) { sendMouse(widget, QEvent::MouseButtonPress, widget->rect().center()); }

void dragTo(QWidget* widget, const QPointF& middle) {
  constexpr int kPoints = 6;
  const QPointF from = widget->mapToParent(QPointF(widget->rect().center()));
  for (int i = 1; i <= kPoints; ++i) {
    const QPointF at = from + (middle - from) * i / kPoints;
    sendMouse(widget, QEvent::MouseMove, widget->mapFromParent(at));
  }
}

void letGo(QWidget* widget) {
  sendMouse(widget, QEvent::MouseButtonRelease, widget->rect().center());
}

void write(InkBox* box, const Ink& ink) {
  for (const Stroke& stroke : ink.strokes) {
    if (stroke.empty()) continue;
    sendPen(box, QEvent::TabletPress, stroke.front());
    for (size_t i = 1; i < stroke.size(); ++i) sendPen(box, QEvent::TabletMove, stroke[i]);
    sendPen(box, QEvent::TabletRelease, stroke.back());
  }
}

Ink writtenNumber(const QString& digits, const QPointF& top_left, double height) {
  return app::drawNumberIn(boxFor(int(digits.size()), top_left, height), digits);
}

Ink doubtfulNumber(const QString& digits, double likeness, const QPointF& top_left, double height) {
  if (digits.isEmpty() || !digits.at(0).isDigit()) return {};
  constexpr int kPoints = 44;
  const app::InkBox box = boxFor(1, top_left, height);
  const QString other = QString::number(kLike[size_t(digits.at(0).digitValue())]);
  const Line from = resampled(oneLine(app::drawNumberIn(box, digits.left(1))), kPoints);
  const Line to = resampled(oneLine(app::drawNumberIn(box, other)), kPoints);
  Line between;
  for (size_t i = 0; i < from.size(); ++i) {
    between.push_back(from[i] * (1 - likeness) + to[i] * likeness);
  }
  Ink ink;
  ink.strokes.push_back(strokeAlong(between, 0));
  if (digits.size() == 1) return ink;
  const float time = ink.strokes.back().back().t + 150;
  const QPointF beside(top_left.x() + kAcross * height, top_left.y());
  for (Stroke stroke : writtenNumber(digits.mid(1), beside, height).strokes) {
    for (InkPoint& point : stroke) point.t += time;
    ink.strokes.push_back(std::move(stroke));
  }
  return ink;
}

Ink writtenLine(const QString& line, const QPointF& top_left, double height) {
  Ink ink;
  float start = 0;
  double x = top_left.x();
  const auto at = [&](double u, double v) {
    return QPointF(x + u * height, top_left.y() + v * height);
  };
  const auto add = [&](const Line& corners) {
    ink.strokes.push_back(strokeAlong(resampled(corners, 18), start));
    start = ink.strokes.back().back().t + 140;
  };
  for (const QChar sign : line) {
    if (sign.isDigit()) {
      const Ink digit = writtenNumber(QString(sign), {x, top_left.y()}, height);
      for (Stroke stroke : digit.strokes) {
        for (InkPoint& point : stroke) point.t += start;
        ink.strokes.push_back(std::move(stroke));
      }
      start = ink.strokes.back().back().t + 140;
    } else if (sign == u'+') {
      add({at(0.15, 0.56), at(0.7, 0.53)});
      add({at(0.42, 0.28), at(0.44, 0.84)});
    } else if (sign == u'-') {
      add({at(0.15, 0.56), at(0.68, 0.53)});
    } else if (sign == u'=') {
      add({at(0.12, 0.44), at(0.7, 0.41)});
      add({at(0.13, 0.68), at(0.72, 0.66)});
    } else if (sign == u'x') {
      add({at(0.18, 0.36), at(0.62, 0.98)});
      add({at(0.64, 0.34), at(0.14, 1.0)});
    } else if (sign == u'(') {
      add({at(0.5, -0.04), at(0.3, 0.24), at(0.26, 0.6), at(0.34, 0.9), at(0.52, 1.1)});
    } else if (sign == u')') {
      add({at(0.2, -0.04), at(0.42, 0.24), at(0.46, 0.6), at(0.38, 0.9), at(0.2, 1.1)});
    }
    x += kSignStep * height;
  }
  return ink;
}

Ink scratchOver(const QRectF& what) {
  constexpr int kTurns = 7;
  Line line;
  for (int i = 0; i <= kTurns; ++i) {
    const double along = what.left() + what.width() * i / kTurns;
    line.emplace_back(along, i % 2 == 0 ? what.bottom() : what.top());
  }
  Ink ink;
  ink.strokes.push_back(strokeAlong(resampled(line, 90), 0));
  return ink;
}

Ink scribble(const QPointF& top_left, double size) {
  Line line;
  // Loops that wander: always the same ones.
  for (int i = 0; i < 160; ++i) {
    const double s = i / 160.0;
    const double a = s * 47;
    const QPointF at(0.5 + 0.9 * s + 0.45 * std::cos(a) * (1 - 0.5 * std::sin(a * 0.31)),
                     0.5 + 0.42 * std::sin(a * 1.13) * (1 - 0.4 * std::cos(a * 0.47)));
    line.push_back(top_left + at * size);
  }
  return {{strokeAlong(line, 0)}};
}

}  // namespace primer::ui
