#include "paper/ink_view.h"

#include <QPainter>

#include "paper/ink_paint.h"
#include "theme/metrics.h"
#include "theme/tokens.h"

namespace primer::ui {

InkView::InkView(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  setAttribute(Qt::WA_TransparentForMouseEvents);
}

void InkView::setInk(const Ink& ink) {
  ink_ = ink;
  update();
}

QSize InkView::sizeHint() const { return {px(160), px(64)}; }

void InkView::paintEvent(QPaintEvent*) {
  if (ink_.empty()) return;
  QPainter painter(this);
  const double in = pxf(4);
  QRectF room = QRectF(rect()).adjusted(in, in, -in, -in);
  if (leading_) {
    const double width = inkSize(ink_, room.size(), most_ * scale()).width();
    if (layoutDirection() == Qt::RightToLeft) room.setLeft(room.right() - width);
    room.setWidth(width);
  }
  paintInk(painter, ink_, room, most_ * scale(), colour::kPen);
}

}  // namespace primer::ui
