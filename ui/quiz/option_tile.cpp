#include "quiz/option_tile.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "widgets/fitted_text.h"
#include "widgets/marks.h"
#include "widgets/maths_print.h"

namespace primer::ui {
namespace {

constexpr int kLargest = 34;
constexpr int kSmallest = 18;
constexpr int kSign = 40;
constexpr int kSignGap = 12;
constexpr int kInset = 16;
constexpr int kEdge = 2;  // above and below the words
// A tile in a row of many has less room to spare.
constexpr int kNarrow = 220;
constexpr int kSignNarrow = 30;
constexpr int kSignGapNarrow = 6;
constexpr int kInsetNarrow = 8;
constexpr qsizetype kLongestMaths = 16;

constexpr std::array<QColor, OptionTile::kPairs> kPairColours = {
    colour::kSky, colour::kLeaf, colour::kBerry, colour::kSunDeep, colour::kViolet};

const FittedText& fitted() {
  static const FittedText kFitted([](int size) { return readingFont(size); });
  return kFitted;
}

// Circle, triangle, square, diamond, star: known apart without their colours.
QPainterPath pairShape(int pair, const QRectF& box) {
  QPainterPath path;
  const QPointF middle = box.center();
  const double r = box.width() / 2;
  const auto corner = [&](double turn, double reach) {
    return middle + reach * QPointF(std::sin(turn), -std::cos(turn));
  };
  const auto polygon = [&](int corners, double first, double inner) {
    QPolygonF shape;
    const int count = inner > 0 ? 2 * corners : corners;
    for (int i = 0; i < count; ++i) {
      shape << corner(first + 2 * M_PI * i / count, inner > 0 && i % 2 == 1 ? inner * r : r);
    }
    path.addPolygon(shape);
    path.closeSubpath();
  };
  switch (pair) {
    case 1:
      polygon(3, 0, 0);
      break;
    case 2:
      polygon(4, M_PI / 4, 0);
      break;
    case 3:
      polygon(4, 0, 0);
      break;
    case 4:
      polygon(5, 0, 0.45);
      break;
    default:
      path.addEllipse(middle, 0.86 * r, 0.86 * r);
  }
  return path;
}

}  // namespace

OptionTile::OptionTile(const QString& text, Sign sign, QWidget* parent)
    : Control(parent), sign_(sign) {
  setText(text);
  setAccessibleName(text);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void OptionTile::setState(State state) {
  if (state == state_) return;
  state_ = state;
  setAccessibleDescription(state == State::kChosen   ? tr("chosen")
                           : state == State::kRight  ? tr("right")
                           : state == State::kNotYet ? tr("not this one")
                                                     : QString());
  refreshHalo(this);
  update();
}

void OptionTile::setNumber(int number) {
  number_ = number;
  update();
}

void OptionTile::setPair(int pair) {
  pair_ = pair;
  update();
}

QSize OptionTile::sizeHint() const { return {px(240), px(92)}; }
QSize OptionTile::minimumSizeHint() const { return {px(100), px(size::kTouchInCard)}; }
double OptionTile::corner() const { return pxf(radius::kCard); }

// A fraction stands as one; words are words.
bool OptionTile::isMaths() const {
  return text().size() <= kLongestMaths &&
         (text().contains(QLatin1Char('/')) || text().contains(QLatin1Char('^')));
}

QRectF OptionTile::signPlace() const {
  const bool narrow = width() < px(kNarrow);
  const double side = pxf(narrow ? kSignNarrow : kSign);
  const double inset = pxf(narrow ? kInsetNarrow : kInset);
  QRectF place(inset, (height() - side) / 2, side, side);
  if (layoutDirection() == Qt::RightToLeft) place.moveRight(width() - inset);
  return place;
}

QRectF OptionTile::textPlace() const {
  const bool narrow = width() < px(kNarrow);
  const double inset = pxf(narrow ? kInsetNarrow : kInset);
  const QRectF room = QRectF(rect()).adjusted(inset, pxf(kEdge), -inset, -pxf(kEdge));
  const bool has_sign = sign_ != Sign::kNone || number_ > 0 || pair_ >= 0 ||
                        state_ == State::kRight || state_ == State::kNotYet;
  if (!has_sign) return room;
  const double taken = pxf(narrow ? kSignNarrow + kSignGapNarrow : kSign + kSignGap);
  return layoutDirection() == Qt::RightToLeft ? room.adjusted(0, 0, -taken, 0)
                                              : room.adjusted(taken, 0, 0, 0);
}

// With room for a sign in any case: what is chosen does not shrink.
int OptionTile::fittingSize() const {
  if (isMaths()) return kLargest;
  const bool narrow = width() < px(kNarrow);
  const double inset = pxf(narrow ? kInsetNarrow : kInset);
  const double sign = pxf(narrow ? kSignNarrow + kSignGapNarrow : kSign + kSignGap);
  const QSizeF room(width() - 2 * inset - sign, height() - 2 * pxf(kEdge));
  return fitted().sizeFor(text(), room, kLargest, kSmallest);
}

void OptionTile::setWordSize(int design_px) {
  if (word_size_ == design_px) return;
  word_size_ = design_px;
  update();
}

int OptionTile::wordSize() const { return word_size_ > 0 ? word_size_ : fittingSize(); }

bool OptionTile::textFits() const {
  return isMaths() || fitted().fits(text(), textPlace().size(), wordSize(), false);
}

void OptionTile::paintSign(QPainter& painter, const QRectF& where) const {
  // What is right in its place keeps the number or the shape that says which place that is.
  const bool placed = number_ > 0 || pair_ >= 0;
  if (state_ == State::kNotYet || (state_ == State::kRight && !placed)) {
    MarkBadge::paint(painter, where,
                     state_ == State::kRight ? MarkBadge::Mark::kRight : MarkBadge::Mark::kNotYet);
    return;
  }
  painter.setPen(Qt::NoPen);
  if (number_ > 0) {
    painter.setBrush(state_ == State::kRight ? colour::kLeaf : colour::kSky);
    painter.drawEllipse(where);
    painter.setPen(colour::kCard);
    painter.setFont(headingFont(24));
    painter.drawText(where, Qt::AlignCenter, QString::number(number_));
    return;
  }
  if (pair_ >= 0) {
    painter.setBrush(kPairColours[size_t(pair_ % kPairs)]);
    painter.drawPath(pairShape(pair_ % kPairs, where));
    return;
  }
  if (sign_ == Sign::kNone) return;
  const QRectF box = where.adjusted(pxf(4), pxf(4), -pxf(4), -pxf(4));
  const double round = sign_ == Sign::kCircle ? box.width() / 2 : pxf(8);
  painter.setPen(QPen(colour::kSky, pxf(3.5)));
  painter.setBrush(colour::kCard);
  painter.drawPath(rounded(box, round));
  if (state_ != State::kChosen) return;
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour::kSky);
  const double in = sign_ == Sign::kCircle ? pxf(8) : pxf(7);
  painter.drawPath(
      rounded(box.adjusted(in, in, -in, -in), sign_ == Sign::kCircle ? box.width() / 2 : pxf(4)));
}

void OptionTile::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor fill = colour::kCard;
  QColor edge = colour::kLine;
  double width = 2;
  switch (state_) {
    case State::kFree:
      if (isDown()) fill = colour::kSkySoft;
      break;
    case State::kChosen:
      fill = colour::kSkySoft;
      edge = colour::kSky;
      width = 3.5;
      break;
    case State::kRight:
      fill = colour::kLeafSoft;
      edge = colour::kLeaf;
      width = 3.5;
      break;
    case State::kNotYet:
      fill = colour::kAmberSoft;
      edge = colour::kAmber;
      break;
  }
  const double half = pxf(width) / 2;
  painter.setPen(QPen(edge, pxf(width)));
  painter.setBrush(fill);
  painter.drawPath(rounded(QRectF(rect()).adjusted(half, half, -half, -half), corner()));
  paintSign(painter, signPlace());
  const QRectF room = textPlace();
  if (isMaths()) {
    paintMathsIn(painter, room, text(), readingFont(kLargest - 2), colour::kInk, true);
    return;
  }
  fitted().paint(painter, room, text(), wordSize(), colour::kInk);
}

}  // namespace primer::ui
