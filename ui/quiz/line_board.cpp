#include "quiz/line_board.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "quiz/number_line.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "widgets/button.h"

namespace primer::ui {
namespace {

constexpr int kMargin = 118;  // to either end of the line: the buttons stand there
constexpr int kFlagHeight = 96;
constexpr int kBelow = 84;  // for the numbers

}  // namespace

LineBoard::LineBoard(QWidget* parent) : AnswerBoard(parent) {
  setFocusPolicy(Qt::NoFocus);
  back_ = new RoundButton(QStringLiteral("arrow-left"), tr("One step back"), this);
  on_ = new RoundButton(QStringLiteral("arrow-right"), tr("One step further"), this);
  connect(back_, &RoundButton::clicked, this, [this] { put(at_ - 1); });
  connect(on_, &RoundButton::clicked, this, [this] { put(at_ + 1); });
}

QSize LineBoard::sizeHint() const { return {px(700), px(kFlagHeight + kBelow + 40)}; }
QSize LineBoard::minimumSizeHint() const { return {px(400), px(kFlagHeight + kBelow)}; }

void LineBoard::setQuestion(const app::ItemView& item) {
  quiz_ = item.quiz;
  at_ = 0;
  moved_ = false;
  over_ = false;
  right_ = false;
  back_->setEnabled(true);
  on_->setEnabled(true);
  update();
}

app::QuizReply LineBoard::reply() const {
  app::QuizReply reply;
  reply.at = at_;
  return reply;
}

QPointF LineBoard::placeOf(int step) const {
  const double length = width() - 2 * pxf(kMargin);
  double x = pxf(kMargin) + length * step / std::max(1, steps());
  const double free = height() - pxf(kFlagHeight + kBelow);
  return {x, std::max(0.0, free / 2) + pxf(kFlagHeight)};
}

void LineBoard::put(int step) {
  if (over_) return;
  at_ = std::clamp(step, 0, steps());
  moved_ = true;
  setAccessibleDescription(tr("The flag stands on step %1 of %2").arg(at_).arg(steps()));
  update();
  emit changed();
}

void LineBoard::putAt(const QPointF& where) {
  const double length = width() - 2 * pxf(kMargin);
  put(int(std::lround((where.x() - pxf(kMargin)) / std::max(1.0, length) * steps())));
}

void LineBoard::mousePressEvent(QMouseEvent* event) { putAt(event->position()); }
void LineBoard::mouseMoveEvent(QMouseEvent* event) { putAt(event->position()); }

void LineBoard::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int y = int(placeOf(0).y()) - back_->sizeHint().height() / 2;
  back_->move(px(8), y);
  on_->move(width() - px(8) - on_->sizeHint().width(), y);
  back_->resize(back_->sizeHint());
  on_->resize(on_->sizeHint());
}

void LineBoard::takeUp(const app::QuizReply& reply) {
  if (reply.at > 0 && reply.at <= steps()) put(reply.at);
}

void LineBoard::showJudgement(const app::JudgementView& judgement) {
  if (!judgement.item_over) return;
  at_ = judgement.solution.at;
  over_ = true;
  right_ = true;
  back_->setEnabled(false);
  on_->setEnabled(false);
  update();
}

bool LineBoard::takeKey(int key, const QString&) {
  if (key != Qt::Key_Left && key != Qt::Key_Right) return false;
  put(at_ + (key == Qt::Key_Right ? 1 : -1));
  return true;
}

void LineBoard::paintFlag(QPainter& painter) const {
  const QPointF foot = placeOf(at_);
  const QColor colour = right_ ? colour::kLeaf : moved_ ? colour::kSky : colour::kSunDeep;
  const QPointF top = foot - QPointF(0, pxf(kFlagHeight - 8));
  painter.setPen(QPen(colour, pxf(6), Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(foot, top);
  QPainterPath cloth;
  const double w = pxf(62);
  const double h = pxf(40);
  cloth.moveTo(top);
  cloth.lineTo(top + QPointF(w, 0));
  cloth.lineTo(top + QPointF(w - h / 3, h / 2));
  cloth.lineTo(top + QPointF(w, h));
  cloth.lineTo(top + QPointF(0, h));
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawPath(cloth);
  painter.drawEllipse(foot, pxf(14), pxf(14));
  if (over_) return;
  // The handle: how far a finger may be off.
  painter.setPen(QPen(colour, pxf(3), Qt::DotLine, Qt::RoundCap));
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(foot, pxf(32), pxf(32));
}

void LineBoard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPointF first = placeOf(0);
  const QPointF last = placeOf(steps());
  painter.setPen(QPen(colour::kInk, pxf(5), Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(first - QPointF(pxf(22), 0), last + QPointF(pxf(22), 0));
  NumberLine line{quiz_.low, quiz_.high, quiz_.parts, {}, first, last};
  paintNumberLine(painter, line);
  paintFlag(painter);
}

}  // namespace primer::ui
