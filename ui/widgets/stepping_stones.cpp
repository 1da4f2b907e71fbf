#include "widgets/stepping_stones.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "theme/contrast.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/motion.h"
#include "theme/paint.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

constexpr int kStep = 46;
constexpr int kHigh = 72;
constexpr int kPicture = 40;
constexpr double kPi = 3.14159265358979;

}  // namespace

void paintSteppingStones(QPainter& painter, const QRectF& where, int stones, int passed,
                         const QString& picture, double at, double leap) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const double unit = where.height() / kHigh;
  const double step = where.width() / stones;
  const auto centre = [&](double place) {
    return QPointF(where.left() + step * (place - 0.5),
                   where.bottom() - unit * (13 + std::abs(std::sin(place * 1.9)) * 5));
  };
  painter.setPen(Qt::NoPen);
  painter.setBrush(mix(colour::kSkySoft, colour::kSky, 0.12));
  painter.drawPath(rounded(
      QRectF(where.left(), where.bottom() - unit * 22, where.width(), unit * 20), unit * 10));
  const double across = std::min(step * 0.38, unit * 21);
  for (int i = 1; i <= stones; ++i) {
    const bool reached = i == passed + 1;
    painter.setBrush(i <= passed ? mix(colour::kLeafSoft, colour::kLeaf, 0.35)
                                 : mix(colour::kLine, colour::kInk2, 0.2));
    painter.drawEllipse(centre(i) + QPointF(0, unit * 3), across, unit * 8);
    painter.setBrush(reached ? colour::kSun : i <= passed ? colour::kMeadow : colour::kLine);
    painter.drawEllipse(centre(i), across, unit * 8);
  }
  const double side = unit * kPicture;
  QRectF place(0, 0, side, side);
  place.moveCenter(centre(at) - QPointF(0, side / 2 + leap * unit * 10 - unit * 2));
  paintPicture(painter, picture, place);
  painter.restore();
}

SteppingStones::SteppingStones(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  hop_.setStartValue(0.0);
  hop_.setEndValue(1.0);
  connect(&hop_, &QVariantAnimation::valueChanged, this, [this] { update(); });
}

void SteppingStones::setPicture(const QString& picture) {
  picture_ = picture;
  update();
}

void SteppingStones::setStep(int step, int of) {
  of_ = std::max(1, of);
  from_ = std::min(step_, step);
  step_ = std::clamp(step, 1, of_);
  setAccessibleName(tr("Step %1 of at most %2").arg(step_).arg(of_));
  hop_.stop();
  hop_.setDuration(motionMs());
  hop_.setCurrentTime(motionMs());
  if (motionOn() && isVisible()) hop_.start();
  updateGeometry();
  update();
}

QSize SteppingStones::sizeHint() const { return {px(kStep * double(of_)), px(kHigh)}; }
QSize SteppingStones::minimumSizeHint() const { return {px(30.0 * of_), px(kHigh)}; }

void SteppingStones::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (layoutDirection() == Qt::RightToLeft) {
    painter.translate(width(), 0);
    painter.scale(-1, 1);
  }
  const double t = hop_.currentValue().toDouble();
  const double leap = from_ == step_ ? 0 : std::sin(t * kPi);
  paintSteppingStones(painter, QRectF(rect()), of_, step_ - 1, picture_,
                      from_ * (1 - t) + step_ * t, leap);
}

void SteppingStones::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) updateGeometry();
}

}  // namespace primer::ui
