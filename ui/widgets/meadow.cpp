#include "widgets/meadow.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>

#include "theme/metrics.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

constexpr double kPi = 3.14159265358979;
constexpr double kSeedling = 0.35;  // below this a flower is a pair of leaves

const std::array<QColor, 5> kPetals = {colour::kCoral, colour::kBerry, colour::kViolet,
                                       colour::kSky, colour::kSun};

void paintLeaf(QPainter& painter, const QPointF& foot, double length, bool to_right) {
  const double dir = to_right ? 1 : -1;
  QPainterPath leaf(foot);
  const QPointF tip = foot + QPointF(dir * length, -length * 0.62);
  leaf.quadTo(foot + QPointF(dir * length * 0.15, -length * 0.62), tip);
  leaf.quadTo(foot + QPointF(dir * length * 0.95, -length * 0.02), foot);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour::kLeaflet);
  painter.drawPath(leaf);
}

void paintBlossom(QPainter& painter, const QPointF& centre, double r, const QColor& petal,
                  int petals) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(petal);
  const double ring = r * 0.62;
  const double petal_r = r * (petals > 6 ? 0.37 : 0.4);
  for (int i = 0; i < petals; ++i) {
    const double angle = 2 * kPi * i / petals - kPi / 2;
    painter.drawEllipse(centre + QPointF(std::cos(angle), std::sin(angle)) * ring, petal_r,
                        petal_r);
  }
  painter.drawEllipse(centre, ring, ring);
  painter.setBrush(colour::kSunSoft);
  painter.drawEllipse(centre, r * 0.36, r * 0.36);
}

void paintRays(QPainter& painter, const QPointF& centre, double r, double opening) {
  painter.setPen(QPen(colour::kSun, pxf(6), Qt::SolidLine, Qt::RoundCap));
  for (const double degrees : {0.0, 35.0, 90.0, 145.0, 180.0}) {
    const double angle = -degrees * kPi / 180;
    const QPointF way(std::cos(angle), std::sin(angle));
    const double from = r * 1.5;
    painter.drawLine(centre + way * from, centre + way * (from + pxf(24) * opening));
  }
}

// A hill's edge from left to right: its two ends and what bends it between, as shares of the height
// below `horizon`.
struct HillEdge {
  double start, bend_left, bend_right, end;
};

void paintHill(QPainter& painter, const QRectF& where, const QColor& colour, double horizon,
               const HillEdge& edge) {
  const double w = where.width();
  const auto y = [&](double share) { return where.top() + where.height() * (horizon + share); };
  QPainterPath path(QPointF(where.left(), y(edge.start)));
  path.cubicTo(where.left() + w * 0.34, y(edge.bend_left), where.left() + w * 0.62,
               y(edge.bend_right), where.right(), y(edge.end));
  path.lineTo(where.bottomRight());
  path.lineTo(where.bottomLeft());
  path.closeSubpath();
  painter.setBrush(colour);
  painter.drawPath(path);
}

}  // namespace

void paintMeadow(QPainter& painter, const QRectF& where, double horizon, double sun) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(where, colour::kAir);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour::kHaze);
  const double r = pxf(62);
  painter.drawEllipse(QPointF(where.right() - pxf(130), where.top() + where.height() * sun), r, r);
  paintHill(painter, where, colour::kMeadowFar, horizon, {0.06, -0.09, 0.16, -0.03});
  paintHill(painter, where, colour::kMeadow, horizon, {0.18, 0.06, 0.22, 0.12});
  painter.restore();
}

void paintHills(QPainter& painter, const QRectF& where) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  paintHill(painter, where, colour::kMeadowFar, 0, {0.22, 0.02, 0.26, 0.1});
  paintHill(painter, where, colour::kMeadow, 0, {0.46, 0.3, 0.56, 0.34});
  painter.restore();
}

void paintFlowers(QPainter& painter, const QRectF& where, const QList<FlowerShape>& flowers,
                  double opening) {
  if (flowers.isEmpty()) return;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const double step = where.width() / double(flowers.size());
  const double largest = std::min({pxf(66), step * 0.36, where.height() * 0.2});
  for (int i = 0; i < flowers.size(); ++i) {
    const FlowerShape& flower = flowers[i];
    const double grown = std::clamp(flower.grown, 0.0, 1.0);
    const double r = largest * (0.55 + 0.45 * grown) * (flower.new_now ? 0.4 + 0.6 * opening : 0.9);
    // Neighbours stand at slightly different heights, always the same ones.
    const double foot = where.bottom() - pxf((i * 37) % 3 * 9);
    const double x = where.left() + step * (i + 0.5);
    if (grown == 0) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour::kEarth);
      QPainterPath mound(QPointF(x - largest * 0.8, foot));
      mound.quadTo(QPointF(x, foot - largest * 0.75), QPointF(x + largest * 0.8, foot));
      mound.closeSubpath();
      painter.drawPath(mound);
      continue;
    }
    if (grown < kSeedling) {
      const double stem = largest * 0.8;
      painter.setPen(QPen(colour::kStem, pxf(8), Qt::SolidLine, Qt::RoundCap));
      painter.drawLine(QPointF(x, foot), QPointF(x, foot - stem));
      paintLeaf(painter, QPointF(x, foot - stem), largest * 0.72, true);
      paintLeaf(painter, QPointF(x, foot - stem), largest * 0.72, false);
      continue;
    }
    const double stem = where.height() * (0.3 + 0.26 * grown) - pxf((i * 53) % 4 * 6);
    const QPointF centre(x, foot - stem);
    painter.setPen(QPen(colour::kStem, pxf(9), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(x, foot), centre);
    paintLeaf(painter, QPointF(x, foot - stem * 0.36), largest * 0.66, i % 2 == 0);
    if (grown < 1) {
      // A bud: closed petals, the colour of the flower that it will be.
      const QColor petal = kPetals[size_t(i) % kPetals.size()];
      painter.setPen(Qt::NoPen);
      painter.setBrush(petal);
      const double bud = r * 0.78;
      QPainterPath path(centre + QPointF(0, bud));
      path.cubicTo(centre + QPointF(-bud * 1.3, bud * 0.4), centre + QPointF(-bud * 0.7, -bud),
                   centre + QPointF(0, -bud * 1.15));
      path.cubicTo(centre + QPointF(bud * 0.7, -bud), centre + QPointF(bud * 1.3, bud * 0.4),
                   centre + QPointF(0, bud));
      painter.drawPath(path);
      paintLeaf(painter, centre + QPointF(0, bud), bud, true);
      paintLeaf(painter, centre + QPointF(0, bud), bud, false);
      continue;
    }
    const QColor petal = flower.new_now ? colour::kSun : kPetals[size_t(i) % kPetals.size()];
    paintBlossom(painter, centre, r, petal, flower.new_now ? 8 : 6);
    if (flower.new_now) paintRays(painter, centre, r, opening);
  }
  painter.restore();
}

}  // namespace primer::ui
