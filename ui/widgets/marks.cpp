#include "widgets/marks.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

// Signs in a unit square; drawn heavier than an icon, since they are read from across the page.
QPainterPath tickPath() {
  QPainterPath path({0.08, 0.55});
  path.lineTo(0.37, 0.83);
  path.lineTo(0.92, 0.2);
  return path;
}

QPainterPath wavePath() {
  QPainterPath path({0.06, 0.6});
  path.cubicTo(0.22, 0.18, 0.42, 0.3, 0.5, 0.5);
  path.cubicTo(0.6, 0.74, 0.8, 0.78, 0.94, 0.42);
  return path;
}

void paintSign(QPainter& painter, const QPainterPath& path, const QRectF& where,
               const QColor& colour) {
  const QTransform place =
      QTransform::fromTranslate(where.left(), where.top()).scale(where.width(), where.height());
  painter.setPen(QPen(colour, where.width() * 0.17, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(place.map(path));
}

}  // namespace

MarkBadge::MarkBadge(Mark mark, int design_side, QWidget* parent)
    : QWidget(parent), mark_(mark), design_side_(design_side) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setMark(mark);
}

void MarkBadge::setMark(Mark mark) {
  mark_ = mark;
  switch (mark) {
    case Mark::kNone:
      setAccessibleName(QString());
      break;
    case Mark::kRight:
      setAccessibleName(tr("Right"));
      break;
    case Mark::kNotYet:
      setAccessibleName(tr("Not yet"));
      break;
    case Mark::kCannotRead:
      setAccessibleName(tr("I cannot read this yet"));
      break;
    case Mark::kDetour:
      setAccessibleName(tr("Right, by a way round"));
      break;
    case Mark::kFollows:
      setAccessibleName(tr("Follows from the line above"));
      break;
    case Mark::kKept:
      setAccessibleName(tr("Kept for your teacher"));
      break;
  }
  update();
}

QSize MarkBadge::sizeHint() const { return {px(design_side_), px(design_side_)}; }

void MarkBadge::paint(QPainter& painter, const QRectF& where, Mark mark) {
  if (mark == Mark::kNone) return;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const double side = std::min(where.width(), where.height());
  QRectF round(0, 0, side, side);
  round.moveCenter(where.center());
  const double line = std::max(2.0, side * 0.07);
  const QRectF ring = round.adjusted(line / 2, line / 2, -line / 2, -line / 2);
  QRectF sign(0, 0, side * 0.52, side * 0.52);
  sign.moveCenter(round.center());
  switch (mark) {
    case Mark::kNone:
      break;
    case Mark::kRight:
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour::kLeaf);
      painter.drawEllipse(round);
      paintSign(painter, tickPath(), sign, colour::kCard);
      break;
    case Mark::kNotYet:
      painter.setPen(QPen(colour::kAmber, line));
      painter.setBrush(colour::kAmberSoft);
      painter.drawEllipse(ring);
      paintSign(painter, wavePath(), sign, colour::kAmber);
      break;
    case Mark::kDetour:
      painter.setPen(QPen(colour::kLeaf, line));
      painter.setBrush(colour::kCard);
      painter.drawEllipse(ring);
      paintSign(painter, tickPath(), sign, colour::kLeaf);
      break;
    case Mark::kFollows:
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour::kWaiting);
      painter.drawEllipse(round.center(), side * 0.16, side * 0.16);
      break;
    case Mark::kKept:
      painter.setPen(QPen(colour::kSky, line));
      painter.setBrush(colour::kSkySoft);
      painter.drawEllipse(ring);
      paintIcon(painter, QStringLiteral("flag"),
                sign.adjusted(-side * 0.03, -side * 0.03, side * 0.03, side * 0.03), colour::kSky);
      break;
    case Mark::kCannotRead: {
      QPen dots(colour::kSky, line, Qt::CustomDashLine, Qt::RoundCap);
      const double length = 3.14159265 * ring.width() / line;
      dots.setDashPattern({0.001, length / 18 - 0.001});
      painter.setPen(dots);
    }
      painter.setBrush(colour::kSkySoft);
      painter.drawEllipse(ring);
      paintIcon(painter, QStringLiteral("question"),
                sign.adjusted(-side * 0.1, -side * 0.1, side * 0.1, side * 0.1), colour::kSky);
      break;
  }
  painter.restore();
}

void MarkBadge::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint(painter, QRectF(rect()), mark_);
}

void MarkBadge::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) updateGeometry();
}

namespace {
constexpr int kDotStep = 26;
constexpr int kDotSide = 16;
constexpr int kDotRow = 26;
}  // namespace

ProgressDots::ProgressDots(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ProgressDots::setSteps(const QList<app::Step>& steps) {
  steps_ = steps;
  const auto done = std::count_if(steps.begin(), steps.end(), [](app::Step step) {
    return step != app::Step::kNow && step != app::Step::kToCome;
  });
  setAccessibleName(tr("%1 of %2 done").arg(done).arg(steps.size()));
  updateGeometry();
  update();
}

QSize ProgressDots::sizeHint() const {
  return {px(kDotStep * double(steps_.size()) + 4), px(kDotRow)};
}

void ProgressDots::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  for (qsizetype i = 0; i < steps_.size(); ++i) {
    const qsizetype place = layoutDirection() == Qt::LeftToRight ? i : steps_.size() - 1 - i;
    const QPointF centre(pxf(kDotStep * (double(place) + 0.5) + 2), height() / 2.0);
    const double r = pxf(kDotSide / 2.0);
    painter.setPen(Qt::NoPen);
    switch (steps_[i]) {
      case app::Step::kToCome:
        painter.setBrush(colour::kWaiting);
        painter.drawEllipse(centre, r, r);
        break;
      case app::Step::kNow:
        painter.setBrush(colour::kSunSoft);
        painter.drawEllipse(centre, pxf(12), pxf(12));
        painter.setBrush(colour::kSun);
        painter.drawEllipse(centre, r, r);
        break;
      case app::Step::kRight:
        painter.setBrush(colour::kLeaf);
        painter.drawEllipse(centre, r, r);
        break;
      case app::Step::kForTeacher:
        painter.setPen(QPen(colour::kSky, pxf(4)));
        painter.setBrush(colour::kCard);
        painter.drawEllipse(centre, r - pxf(2), r - pxf(2));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour::kSky);
        painter.drawEllipse(centre, pxf(3), pxf(3));
        break;
      case app::Step::kNotYet:
        painter.setPen(QPen(colour::kAmber, pxf(4)));
        painter.setBrush(colour::kCard);
        painter.drawEllipse(centre, r - pxf(2), r - pxf(2));
        break;
    }
  }
}

void ProgressDots::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) updateGeometry();
}

}  // namespace primer::ui
