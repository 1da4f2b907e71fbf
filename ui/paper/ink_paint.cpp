#include "paper/ink_paint.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <limits>

namespace primer::ui {
namespace {

constexpr double kThinnest = 4.0;
constexpr double kPressed = 3.0;    // what full pressure adds
constexpr double kSameWidth = 0.6;  // design pixels
constexpr double kDot = 1.35;       // a dot is a little wider than the line

QPointF middle(const QPointF& a, const QPointF& b) { return (a + b) / 2; }

}  // namespace

double penWidth(double pressure) { return kThinnest + kPressed * std::clamp(pressure, 0.0, 1.0); }

void paintPiece(QPainter& painter, const QPointF& from, const QPointF& bend, const QPointF& to,
                double width, const QColor& colour) {
  QPainterPath path(from);
  path.quadTo(bend, to);
  painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(path);
}

void paintStroke(QPainter& painter, const Stroke& stroke, double factor, const QPointF& offset,
                 const QColor& colour) {
  if (stroke.empty()) return;
  const auto at = [&](size_t i) {
    return QPointF(double(stroke[i].x), double(stroke[i].y)) * factor + offset;
  };
  const auto width = [&](size_t i) { return penWidth(double(stroke[i].pressure)) * factor; };
  if (stroke.size() == 1) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double r = width(0) * kDot / 2;
    painter.drawEllipse(at(0), r, r);
    return;
  }
  // Pieces of nearly the same width go into one path: where separate pieces overlap, their soft
  // edges add up and show as knots.
  QPainterPath run(at(0));
  double run_width = width(std::min<size_t>(1, stroke.size() - 1));
  const auto flush = [&](const QPointF& from) {
    painter.setPen(QPen(colour, run_width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(run);
    run = QPainterPath(from);
  };
  QPointF from = at(0);
  for (size_t i = 1; i + 1 < stroke.size(); ++i) {
    if (std::abs(width(i) - run_width) > kSameWidth * factor) {
      flush(from);
      run_width = width(i);
    }
    const QPointF to = middle(at(i), at(i + 1));
    run.quadTo(at(i), to);
    from = to;
  }
  run.lineTo(at(stroke.size() - 1));
  flush({});
}

QRectF inkBounds(const Ink& ink) {
  double left = std::numeric_limits<double>::max();
  double top = left;
  double right = std::numeric_limits<double>::lowest();
  double bottom = right;
  for (const Stroke& stroke : ink.strokes) {
    for (const InkPoint& point : stroke) {
      left = std::min(left, double(point.x));
      right = std::max(right, double(point.x));
      top = std::min(top, double(point.y));
      bottom = std::max(bottom, double(point.y));
    }
  }
  if (left > right) return {};
  return {QPointF(left, top), QPointF(right, bottom)};
}

namespace {

QRectF withPen(const Ink& ink) { return inkBounds(ink).adjusted(-4, -4, 4, 4); }

double fitting(const QRectF& bounds, const QSizeF& room, double most) {
  return std::min({most, room.width() / bounds.width(), room.height() / bounds.height()});
}

}  // namespace

QSizeF inkSize(const Ink& ink, const QSizeF& room, double most) {
  const QRectF bounds = withPen(ink);
  return bounds.size() * fitting(bounds, room, most);
}

void paintInk(QPainter& painter, const Ink& ink, const QRectF& where, double most,
              const QColor& colour) {
  const QRectF bounds = withPen(ink);
  const double factor = fitting(bounds, where.size(), most);
  const QPointF offset = where.center() - bounds.center() * factor;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  for (const Stroke& stroke : ink.strokes) paintStroke(painter, stroke, factor, offset, colour);
  painter.restore();
}

}  // namespace primer::ui
