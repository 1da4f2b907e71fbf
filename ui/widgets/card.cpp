#include "widgets/card.h"

#include <QEvent>
#include <QPainter>

#include "theme/metrics.h"
#include "theme/paint.h"

namespace primer::ui {

Card::Card(QWidget* parent, const QColor& fill, int corner)
    : Canvas(parent), fill_(fill), corner_(corner) {}

void Card::setFill(const QColor& fill) {
  fill_ = fill;
  update();
}

void Card::setEdge(const QColor& edge) {
  edge_ = edge;
  update();
  refreshHalo(this);
}

void Card::setDesignWidth(int design_px) {
  design_width_ = design_px;
  setFixedWidth(px(design_px));
}

void Card::changeEvent(QEvent* event) {
  Canvas::changeEvent(event);
  if (event->type() == QEvent::StyleChange && design_width_ > 0) setFixedWidth(px(design_width_));
}

Halo Card::halo() const { return {QRectF(rect()), pxf(corner_), !edge_.isValid(), false}; }

void Card::paintGround(QPainter& painter) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(edge_.isValid() ? QPen(edge_, 1) : QPen(Qt::NoPen));
  painter.setBrush(fill_);
  const double inset = edge_.isValid() ? 0.5 : 0;
  painter.drawPath(rounded(QRectF(rect()).adjusted(inset, inset, -inset, -inset), pxf(corner_)));
}

void Card::moveEvent(QMoveEvent* event) {
  Canvas::moveEvent(event);
  refreshHalo(this);
}

void Card::resizeEvent(QResizeEvent* event) {
  Canvas::resizeEvent(event);
  refreshHalo(this);
}

void Card::showEvent(QShowEvent* event) {
  Canvas::showEvent(event);
  refreshHalo(this);
}

void Card::hideEvent(QHideEvent* event) {
  Canvas::hideEvent(event);
  refreshHalo(this);
}

}  // namespace primer::ui
