#include "widgets/chip.h"

#include <QPainter>
#include <algorithm>

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {

Chip::Chip(const QString& word, QWidget* parent) : Control(parent) {
  setText(word);
  setAccessibleName(tr("I wrote %1").arg(word));
}

QSize Chip::sizeHint() const {
  const int word = QFontMetrics(readingFont(36)).horizontalAdvance(text());
  return {std::max(px(size::kTouch), word + px(32)), px(size::kTouch)};
}

double Chip::corner() const { return pxf(radius::kSmall + 8); }

void Chip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const double half = pxf(1.5);
  painter.setPen(QPen(colour::kSky, 2 * half));
  painter.setBrush(isDown() ? colour::kSkySoft : colour::kCard);
  painter.drawPath(rounded(QRectF(rect()).adjusted(half, half, -half, -half), corner()));
  painter.setFont(readingFont(36));
  painter.setPen(colour::kInk);
  painter.drawText(QRectF(rect()), Qt::AlignCenter, text());
}

}  // namespace primer::ui
