#include "widgets/picture_tile.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

#include "primer/app/pictures.h"
#include "theme/contrast.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr double kFaded = 0.25;  // of a picture that cannot be tapped now

}  // namespace

PictureTile::PictureTile(const QString& picture, QWidget* parent)
    : Control(parent), picture_(picture) {
  setAccessibleName(app::pictureName(picture));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PictureTile::setLabel(const QString& label) {
  label_ = label;
  const QString name = app::pictureName(picture_);
  setAccessibleName(label.isEmpty() ? name : QStringLiteral("%1, %2").arg(label, name));
  update();
}

QSize PictureTile::sizeHint() const { return {px(222), px(172)}; }
QSize PictureTile::minimumSizeHint() const { return {px(size::kTouch), px(size::kTouch)}; }
double PictureTile::corner() const { return pxf(radius::kTile); }

void PictureTile::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(isDown() ? mix(colour::kCard, colour::kSkySoft, 0.8) : colour::kCard);
  painter.drawPath(rounded(QRectF(rect()), corner()));
  QRectF room(rect());
  if (!label_.isEmpty()) {
    painter.setFont(headingFont(type::kNote));
    const QFontMetricsF metrics(painter.font());
    room.setBottom(room.bottom() - metrics.height() - pxf(6));
    painter.setPen(colour::kInk);
    const QRectF line(pxf(8), room.bottom(), width() - pxf(16), metrics.height());
    painter.drawText(line, Qt::AlignCenter,
                     metrics.elidedText(label_, Qt::ElideRight, line.width()));
  }
  const double side =
      std::min(room.width(), room.height()) * (room.height() < pxf(110) ? 0.7 : 0.58);
  QRectF place(0, 0, side, side);
  place.moveCenter(room.center() + QPointF(0, isDown() ? pxf(2) : 0));
  if (!isEnabled()) painter.setOpacity(kFaded);
  paintPicture(painter, picture_, place);
}

PictureBadge::PictureBadge(const QString& picture, int design_side, QWidget* parent)
    : QWidget(parent), picture_(picture), design_side_(design_side), ground_(colour::kSkySoft) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setAccessibleName(app::pictureName(picture));
}

void PictureBadge::setPicture(const QString& picture) {
  picture_ = picture;
  setAccessibleName(app::pictureName(picture));
  update();
}

void PictureBadge::setGround(const QColor& ground) {
  ground_ = ground;
  update();
}

QSize PictureBadge::sizeHint() const { return {px(design_side_), px(design_side_)}; }

void PictureBadge::paintEvent(QPaintEvent*) {
  if (picture_.isEmpty()) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QRectF round(rect());
  if (ground_.isValid()) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground_);
    painter.drawEllipse(round);
  }
  const double side = std::min(width(), height()) * (ground_.isValid() ? 0.62 : 0.92);
  QRectF place(0, 0, side, side);
  place.moveCenter(round.center());
  paintPicture(painter, picture_, place);
}

void PictureBadge::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) updateGeometry();
}

}  // namespace primer::ui
