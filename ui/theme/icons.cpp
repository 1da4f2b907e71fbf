#include "theme/icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <algorithm>

#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

QSizeF fitted(QSizeF inner, QSizeF outer) { return inner.scaled(outer, Qt::KeepAspectRatio); }

// The drawing as pixels of the device that `painter` paints on; null where there is no such file.
QPixmap rendered(const QPainter& painter, const QString& file, const QSizeF& room,
                 const QColor& tint) {
  const double ratio = painter.device()->devicePixelRatioF();
  const QString key = QStringLiteral("%1|%2x%3|%4|%5")
                          .arg(file)
                          .arg(room.width())
                          .arg(room.height())
                          .arg(tint.isValid() ? tint.name() : QString())
                          .arg(ratio);
  QPixmap pixmap;
  if (QPixmapCache::find(key, &pixmap)) return pixmap;
  if (!QFile::exists(file)) return {};
  QSvgRenderer svg(file);
  if (!svg.isValid()) return {};
  const QSizeF size = fitted(svg.defaultSize(), room);
  pixmap = QPixmap((size * ratio).toSize().expandedTo({1, 1}));
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  QPainter on(&pixmap);
  svg.render(&on, QRectF({}, size));
  if (tint.isValid()) {
    on.setCompositionMode(QPainter::CompositionMode_SourceIn);
    on.fillRect(QRectF({}, size).adjusted(-1, -1, 1, 1), tint);
  }
  on.end();
  QPixmapCache::insert(key, pixmap);
  return pixmap;
}

void paintCentred(QPainter& painter, const QPixmap& pixmap, const QRectF& where) {
  const QSizeF size = pixmap.deviceIndependentSize();
  const QPointF at(where.center().x() - size.width() / 2, where.center().y() - size.height() / 2);
  painter.drawPixmap(at, pixmap);
}

}  // namespace

void paintIcon(QPainter& painter, const QString& name, const QRectF& where, const QColor& colour) {
  const QPixmap pixmap =
      rendered(painter, QStringLiteral(":/primer/icons/%1.svg").arg(name), where.size(), colour);
  if (!pixmap.isNull()) paintCentred(painter, pixmap, where);
}

void paintPicture(QPainter& painter, const QString& id, const QRectF& where) {
  const QPixmap pixmap =
      rendered(painter, QStringLiteral(":/primer/pictures/%1.svg").arg(id), where.size(), QColor());
  if (!pixmap.isNull()) {
    paintCentred(painter, pixmap, where);
    return;
  }
  const double side = std::min(where.width(), where.height()) * 0.8;
  QRectF round(0, 0, side, side);
  round.moveCenter(where.center());
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour::kViolet);
  painter.drawEllipse(round);
  QFont font = headingFont(type::kHeading);
  font.setPixelSize(std::max(8, int(side / 2)));
  painter.setFont(font);
  painter.setPen(colour::kCard);
  painter.drawText(round, Qt::AlignCenter, id.left(1).toUpper());
  painter.restore();
}

}  // namespace primer::ui
