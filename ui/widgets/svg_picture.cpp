#include "widgets/svg_picture.h"

#include <QPainter>
#include <QSvgRenderer>

#include "theme/metrics.h"

namespace primer::ui {

SvgPicture::SvgPicture(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
}

SvgPicture::~SvgPicture() = default;

bool SvgPicture::setSvg(const QString& svg) {
  drawing_.reset();
  if (!svg.isEmpty()) {
    auto drawing = std::make_unique<QSvgRenderer>(svg.toUtf8());
    if (drawing->isValid()) drawing_ = std::move(drawing);
  }
  updateGeometry();
  update();
  return drawing_ != nullptr;
}

QSize SvgPicture::sizeHint() const { return {px(280), px(170)}; }
QSize SvgPicture::minimumSizeHint() const { return {px(160), px(110)}; }

void SvgPicture::paintEvent(QPaintEvent*) {
  if (!drawing_) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QSizeF fitted =
      QSizeF(drawing_->viewBoxF().size()).scaled(QSizeF(size()), Qt::KeepAspectRatio);
  drawing_->render(
      &painter,
      QRectF(QPointF((width() - fitted.width()) / 2, (height() - fitted.height()) / 2), fitted));
}

}  // namespace primer::ui
