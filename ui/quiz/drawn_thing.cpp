#include "quiz/drawn_thing.h"

#include <QHash>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "theme/metrics.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

constexpr double kInset = 0.12;  // of the box, on every side
constexpr double kEdge = 3;

// Corners in a box from 0 to 1.
using Corners = QPolygonF;

Corners regular(int corners) {
  Corners shape;
  for (int i = 0; i < corners; ++i) {
    const double turn = 2 * M_PI * i / corners;
    shape << QPointF(0.5 + 0.5 * std::sin(turn), 0.5 - 0.5 * std::cos(turn));
  }
  return shape;
}

Corners star() {
  Corners shape;
  for (int i = 0; i < 10; ++i) {
    const double turn = 2 * M_PI * i / 10;
    const double reach = i % 2 == 0 ? 0.54 : 0.24;
    shape << QPointF(0.5 + reach * std::sin(turn), 0.54 - reach * std::cos(turn));
  }
  return shape;
}

const QHash<QString, Corners>& polygons() {
  static const QHash<QString, Corners> kAll = {
      {"triangle", Corners{{0.5, 0.06}, {1, 0.94}, {0, 0.94}}},
      {"right-triangle", Corners{{0.08, 0.02}, {0.08, 0.94}, {1, 0.94}}},
      {"square", Corners{{0.06, 0.06}, {0.94, 0.06}, {0.94, 0.94}, {0.06, 0.94}}},
      {"rectangle", Corners{{0, 0.22}, {1, 0.22}, {1, 0.78}, {0, 0.78}}},
      {"rhombus", Corners{{0.5, 0}, {0.86, 0.5}, {0.5, 1}, {0.14, 0.5}}},
      {"trapezium", Corners{{0.28, 0.18}, {0.72, 0.18}, {1, 0.82}, {0, 0.82}}},
      {"pentagon", regular(5)},
      {"hexagon", regular(6)},
      {"star", star()}};
  return kAll;
}

void paintApple(QPainter& painter, const QRectF& box) {
  const auto at = [&box](double x, double y) {
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
  };
  QPainterPath fruit(at(0.5, 0.3));
  fruit.cubicTo(at(0.66, 0.16), at(0.98, 0.22), at(0.96, 0.54));
  fruit.cubicTo(at(0.94, 0.84), at(0.7, 1.04), at(0.5, 0.95));
  fruit.cubicTo(at(0.3, 1.04), at(0.06, 0.84), at(0.04, 0.54));
  fruit.cubicTo(at(0.02, 0.22), at(0.34, 0.16), at(0.5, 0.3));
  painter.setPen(QPen(colour::kBerryDeep, pxf(kEdge)));
  painter.setBrush(colour::kBerry);
  painter.drawPath(fruit);
  painter.setPen(QPen(colour::kInk, pxf(4), Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(at(0.5, 0.3), at(0.54, 0.06));
  QPainterPath leaf(at(0.54, 0.16));
  leaf.quadTo(at(0.66, -0.04), at(0.86, 0.06));
  leaf.quadTo(at(0.76, 0.24), at(0.54, 0.16));
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour::kStem);
  painter.drawPath(leaf);
  painter.setBrush(QColor(255, 255, 255, 110));
  painter.drawEllipse(at(0.3, 0.46), box.width() * 0.07, box.height() * 0.11);
}

void paintBall(QPainter& painter, const QRectF& box) {
  painter.setPen(QPen(colour::kSkyDeep, pxf(kEdge)));
  painter.setBrush(colour::kSun);
  painter.drawEllipse(box);
  painter.save();
  QPainterPath round;
  round.addEllipse(box);
  painter.setClipPath(round);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour::kSky);
  painter.drawRect(
      QRectF(box.left(), box.center().y() - box.height() * 0.13, box.width(), box.height() * 0.26));
  painter.restore();
}

// As it hangs on the clock, pointing up: short and broad, or long and slender.
void paintHand(QPainter& painter, bool small, const QRectF& box) {
  const QPointF foot(box.center().x(), box.bottom() - pxf(6));
  const double length = box.height() * (small ? 0.58 : 0.9);
  painter.setPen(QPen(small ? colour::kBerry : colour::kSky, pxf(small ? 10 : 6), Qt::SolidLine,
                      Qt::RoundCap));
  painter.drawLine(foot, foot - QPointF(0, length - pxf(6)));
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour::kInk);
  painter.drawEllipse(foot, pxf(6), pxf(6));
}

}  // namespace

bool isHandOfClock(const QString& drawn) { return drawn.endsWith(QLatin1String("-hand")); }

void paintDrawnThing(QPainter& painter, const QString& drawn, const QRectF& where) {
  const double side = std::min(where.width(), where.height()) * (1 - 2 * kInset);
  const QRectF box(where.center() - QPointF(side, side) / 2, QSizeF(side, side));
  if (drawn == QLatin1String("apple")) return paintApple(painter, box);
  if (drawn == QLatin1String("ball")) return paintBall(painter, box);
  if (isHandOfClock(drawn)) {
    return paintHand(painter, drawn.startsWith(QLatin1String("small")), box);
  }
  if (drawn == QLatin1String("point")) {
    painter.setPen(QPen(colour::kCard, pxf(kEdge)));
    painter.setBrush(colour::kBerry);
    painter.drawEllipse(box.center(), side * 0.24, side * 0.24);
    return;
  }
  const bool is_star = drawn == QLatin1String("star");
  painter.setPen(QPen(is_star ? colour::kSunDeep : colour::kSkyDeep, pxf(kEdge), Qt::SolidLine,
                      Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(is_star ? colour::kSun : colour::kSkySoft);
  if (drawn == QLatin1String("circle")) {
    painter.drawEllipse(box);
  } else if (drawn == QLatin1String("oval")) {
    painter.drawEllipse(box.adjusted(0, side * 0.2, 0, -side * 0.2));
  } else {
    QPolygonF shape;
    for (const QPointF& corner : polygons().value(drawn)) {
      shape << box.topLeft() + corner * side;
    }
    painter.drawPolygon(shape);
  }
}

}  // namespace primer::ui
