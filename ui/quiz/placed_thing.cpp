#include "quiz/placed_thing.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <QPropertyAnimation>
#include <algorithm>

#include "quiz/drawn_thing.h"
#include "theme/metrics.h"
#include "theme/motion.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "widgets/fitted_text.h"
#include "widgets/marks.h"
#include "widgets/maths_print.h"

namespace primer::ui {
namespace {

constexpr int kLargest = 30;
constexpr int kSmallest = 18;
constexpr int kInset = 12;
constexpr int kBadge = 28;
constexpr int kFarEnough = 10;  // a finger that moves less has tapped

const FittedText& fitted() {
  static const FittedText kFitted([](int size) { return readingFont(size); });
  return kFitted;
}

bool isMaths(const app::ThingView& thing) { return thing.text.contains(QLatin1Char('/')); }

}  // namespace

PlacedThing::PlacedThing(const app::ThingView& thing, const QString& name, QWidget* parent)
    : PlacePart(parent), thing_(thing), moving_(new QPropertyAnimation(this, "pos", this)) {
  setText(thing.text);
  setAccessibleName(name);
  moving_->setEasingCurve(QEasingCurve::OutCubic);
}

int PlacedThing::wantedWidth(const app::ThingView& thing) {
  if (!thing.drawn.isEmpty()) return 0;
  const QFont font = readingFont(kLargest - 4);
  const double words = isMaths(thing) ? mathsSize(thing.text, font).width
                                      : QFontMetricsF(font).horizontalAdvance(thing.text);
  return int(words) + px(2 * kInset) + px(4);
}

void PlacedThing::setState(State state) {
  if (state == state_) return;
  state_ = state;
  refreshHalo(this);
  update();
}

void PlacedThing::setWhereabouts(const QString& words) { setAccessibleDescription(words); }

void PlacedThing::setBare(bool on) {
  if (bare_ == on) return;
  bare_ = on;
  refreshHalo(this);
  update();
}

void PlacedThing::goTo(const QPoint& place, bool moving) {
  moving_->stop();
  if (place == pos()) return;
  if (!moving || motionMs() == 0 || !isVisible()) {
    move(place);
    return;
  }
  moving_->setDuration(motionMs());
  moving_->setStartValue(pos());
  moving_->setEndValue(place);
  moving_->start();
}

void PlacedThing::letGo() {
  held_ = false;
  dragged_ = false;
  setDown(false);
}

// Words, and what is not known at a glance: the hands of a clock.
bool PlacedThing::isOnCard() const { return thing_.drawn.isEmpty() || isHandOfClock(thing_.drawn); }

double PlacedThing::corner() const {
  return isOnCard() && !bare_ ? pxf(radius::kSmall + 4) : std::min(width(), height()) / 2.0;
}

bool PlacedThing::raised() const { return isOnCard() && !bare_; }

int PlacedThing::fittingSize() const {
  if (!thing_.drawn.isEmpty() || isMaths(thing_)) return kLargest;
  const QSizeF room(width() - px(2 * kInset), height() - px(4));
  return fitted().sizeFor(thing_.text, room, kLargest, kSmallest);
}

void PlacedThing::setWordSize(int design_px) {
  word_size_ = design_px;
  update();
}

bool PlacedThing::textFits() const {
  if (!thing_.drawn.isEmpty() || isMaths(thing_)) return true;
  const QSizeF room(width() - px(2 * kInset), height() - px(4));
  return fitted().fits(thing_.text, room, word_size_ > 0 ? word_size_ : fittingSize(), false);
}

void PlacedThing::paintFace(QPainter& painter, const QRectF& where) const {
  if (!thing_.drawn.isEmpty()) return paintDrawnThing(painter, thing_.drawn, where);
  if (isMaths(thing_)) {
    paintMathsIn(painter, where, thing_.text, readingFont(kLargest - 4), colour::kInk, true);
    return;
  }
  const QRectF room = where.adjusted(pxf(kInset), pxf(2), -pxf(kInset), -pxf(2));
  fitted().paint(painter, room, thing_.text, word_size_ > 0 ? word_size_ : fittingSize(),
                 colour::kInk);
}

void PlacedThing::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool chosen = state_ == State::kInHand || dragged_;
  const QColor edge = state_ == State::kRight    ? colour::kLeaf
                      : state_ == State::kNotYet ? colour::kAmber
                      : chosen                   ? colour::kSky
                                                 : colour::kLine;
  const QColor fill = state_ == State::kRight    ? colour::kLeafSoft
                      : state_ == State::kNotYet ? colour::kAmberSoft
                      : chosen                   ? colour::kSkySoft
                                                 : colour::kCard;
  const double width = state_ == State::kFree && !chosen ? 2 : 3.5;
  const double half = pxf(width) / 2;
  const QRectF box = QRectF(rect()).adjusted(half, half, -half, -half);
  const bool plain = !isOnCard() && state_ == State::kFree && !chosen && !bare_;
  if (!plain) {
    painter.setPen(QPen(bare_ && state_ == State::kFree ? colour::kSky : edge, pxf(width)));
    painter.setBrush(bare_ ? QBrush(Qt::NoBrush) : QBrush(fill));
    painter.drawPath(rounded(box, corner()));
  }
  if (!bare_) paintFace(painter, QRectF(rect()));
  if (state_ != State::kRight && state_ != State::kNotYet) return;
  const double side = pxf(kBadge);
  MarkBadge::paint(painter, QRectF(this->width() - side, 0, side, side),
                   state_ == State::kRight ? MarkBadge::Mark::kRight : MarkBadge::Mark::kNotYet);
}

void PlacedThing::mousePressEvent(QMouseEvent* event) {
  Control::mousePressEvent(event);
  held_ = event->button() == Qt::LeftButton;
  dragged_ = false;
  moving_->stop();
  grip_ = event->position().toPoint();
}

void PlacedThing::mouseMoveEvent(QMouseEvent* event) {
  if (!held_ || !(event->buttons() & Qt::LeftButton)) return;
  const QPoint way = event->position().toPoint() - grip_;
  if (!dragged_ && way.manhattanLength() < px(kFarEnough)) return;
  if (!dragged_) {
    dragged_ = true;
    setDown(false);
    raise();
  }
  const QSize room = parentWidget()->size() - size();
  const QPoint to = pos() + way;
  move(std::clamp(to.x(), 0, std::max(0, room.width())),
       std::clamp(to.y(), 0, std::max(0, room.height())));
  emit dragged();
}

void PlacedThing::mouseReleaseEvent(QMouseEvent* event) {
  const bool was_dragged = dragged_;
  held_ = false;
  dragged_ = false;
  if (!was_dragged) return Control::mouseReleaseEvent(event);
  setDown(false);
  emit dropped();
}

}  // namespace primer::ui
