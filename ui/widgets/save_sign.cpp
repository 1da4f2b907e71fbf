#include "widgets/save_sign.h"

#include <QEvent>
#include <QPainter>

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {

SaveSign::SaveSign(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SaveSign::setState(app::SaveState state) {
  state_ = state;
  setAccessibleName(word());
  updateGeometry();
  update();
}

QString SaveSign::word() const {
  switch (state_) {
    case app::SaveState::kSaved:
      return tr("Saved");
    case app::SaveState::kFailing:
      return tr("Not saved yet");
    case app::SaveState::kNotKept:
      return tr("Guest, not kept");
    case app::SaveState::kSaving:
      break;
  }
  return {};
}

QSize SaveSign::sizeHint() const {
  if (word().isEmpty()) return {0, px(40)};
  return {px(40) + QFontMetrics(readingFont(type::kNote)).horizontalAdvance(word()), px(40)};
}

void SaveSign::paintEvent(QPaintEvent*) {
  if (word().isEmpty()) return;
  QPainter painter(this);
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  const bool failing = state_ == app::SaveState::kFailing;
  const QColor ink = failing ? colour::kAmber : colour::kInk2;
  const double side = pxf(28);
  const bool guest = state_ == app::SaveState::kNotKept;
  paintIcon(painter,
            failing ? QStringLiteral("warning")
            : guest ? QStringLiteral("pupils")
                    : QStringLiteral("saved"),
            QRectF(mirrored ? width() - side : 0, (height() - side) / 2, side, side), ink);
  painter.setFont(readingFont(type::kNote));
  painter.setPen(ink);
  painter.drawText(rect().adjusted(mirrored ? 0 : px(36), 0, mirrored ? -px(36) : 0, 0),
                   besideFlags(mirrored), word());
}

void SaveSign::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) updateGeometry();
}

}  // namespace primer::ui
