#include "theme/paint.h"

#include <QPainter>
#include <QPen>
#include <QPixmapCache>
#include <algorithm>
#include <cmath>

#include "theme/metrics.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

constexpr int kBlur = 12;  // design pixels that the shadow spreads
constexpr int kDrop = 3;   // design pixels that it lies lower
constexpr int kLayers = 8;
constexpr double kDarkest = 0.085;

double cut(const QRectF& rect, double corner) {
  return std::min(corner, std::min(rect.width(), rect.height()) / 2);
}

// A small picture of the shadow of a square with this corner; its middle is stretched.
QPixmap shadowTile(int corner, int blur, double ratio) {
  const QString key = QStringLiteral("shadow|%1|%2|%3").arg(corner).arg(blur).arg(ratio);
  QPixmap tile;
  if (QPixmapCache::find(key, &tile)) return tile;
  const int side = 2 * (corner + 2 * blur) + 2;
  tile = QPixmap(QSizeF(side, side).toSize() * ratio);
  tile.setDevicePixelRatio(ratio);
  tile.fill(Qt::transparent);
  QPainter painter(&tile);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  for (int layer = 0; layer < kLayers; ++layer) {
    const double out = blur * (1 - 2.0 * layer / (kLayers - 1));  // from outside to inside the edge
    QColor shade = colour::kInk;
    shade.setAlphaF(float(kDarkest / kLayers * (0.6 + 0.8 * layer / kLayers)));
    painter.setBrush(shade);
    const double inset = blur - out;
    const QRectF rect = QRectF(0, 0, side, side).adjusted(inset, inset, -inset, -inset);
    painter.drawPath(rounded(rect, corner + out));
  }
  painter.end();
  QPixmapCache::insert(key, tile);
  return tile;
}

}  // namespace

QPainterPath rounded(const QRectF& rect, double corner) {
  QPainterPath path;
  const double r = cut(rect, corner);
  path.addRoundedRect(rect, r, r);
  return path;
}

int haloReach() { return std::max(px(kBlur + kDrop), px(size::kRing + size::kRingOff)) + 1; }

void paintShadow(QPainter& painter, const QRectF& shape, double corner) {
  const int blur = px(kBlur);
  const int r = int(std::lround(cut(shape, corner)));
  const double ratio = painter.device()->devicePixelRatioF();
  const QPixmap tile = shadowTile(r, blur, ratio);
  const double edge = r + 2.0 * blur;  // the part of the tile that is not stretched
  const QRectF to = shape.translated(0, px(kDrop)).adjusted(-blur, -blur, blur, blur);
  const double side = tile.deviceIndependentSize().width();
  // Where the surface is smaller than two corners the tile's corners must share what there is.
  const double across = std::min(edge, to.width() / 2);
  const double down = std::min(edge, to.height() / 2);
  const double xs[] = {to.left(), to.left() + across, to.right() - across, to.right()};
  const double ys[] = {to.top(), to.top() + down, to.bottom() - down, to.bottom()};
  const double us[] = {0, across, side - across, side};
  const double vs[] = {0, down, side - down, side};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      const QRectF target(QPointF(xs[i], ys[j]), QPointF(xs[i + 1], ys[j + 1]));
      const QRectF source(QPointF(us[i], vs[j]) * ratio, QPointF(us[i + 1], vs[j + 1]) * ratio);
      if (target.isEmpty() || source.isEmpty()) continue;
      painter.drawPixmap(target, tile, source);
    }
  }
}

void paintFocusRing(QPainter& painter, const QRectF& shape, double corner) {
  const double off = pxf(size::kRingOff + size::kRing / 2.0);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(colour::kSky, pxf(size::kRing)));
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(rounded(shape.adjusted(-off, -off, off, off), cut(shape, corner) + off));
  painter.restore();
}

void paintDottedRing(QPainter& painter, const QRectF& shape, double corner) {
  const double width = pxf(4);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  // Round dots: dashes of no length with round caps, spaced so that they close without a seam.
  const QPainterPath path = rounded(shape, corner);
  const double dots = std::max(8.0, std::round(path.length() / (width * 2.1)));
  QPen pen(colour::kSky, width, Qt::CustomDashLine, Qt::RoundCap);
  pen.setDashPattern({0.001, path.length() / width / dots - 0.001});
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(path);
  painter.restore();
}

}  // namespace primer::ui
