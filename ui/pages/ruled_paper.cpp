// How the ruled sheet is painted: its paper, the places that went wrong, marks, and typed lines.

#include "pages/ruled_paper.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "pages/ruled_division.h"
#include "pages/ruled_sheet.h"
#include "paper/ink_box.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/typeface.h"
#include "widgets/marks.h"
#include "widgets/maths_print.h"

namespace primer::ui {
namespace {

constexpr int kBadge = 54;
constexpr int kCellTick = 26;  // below a digit of column work
constexpr int kTypedSize = 44;
constexpr int kPrintRow = 112;
constexpr int kSquares = 2;  // to a rule's step

MarkBadge::Mark markOf(app::LineMark mark) {
  switch (mark) {
    case app::LineMark::kNone:
      return MarkBadge::Mark::kNone;
    case app::LineMark::kRight:
      return MarkBadge::Mark::kRight;
    case app::LineMark::kDetour:
      return MarkBadge::Mark::kDetour;
    case app::LineMark::kAsk:
      return MarkBadge::Mark::kCannotRead;
    case app::LineMark::kNotYet:
      return MarkBadge::Mark::kNotYet;
    case app::LineMark::kFollows:
      return MarkBadge::Mark::kFollows;
    case app::LineMark::kKept:
      return MarkBadge::Mark::kKept;
  }
  return MarkBadge::Mark::kNone;
}

}  // namespace

void RuledSheet::paintGround(QPainter& painter) {
  Card::paintGround(painter);
  painter.save();
  painter.setClipPath(rounded(QRectF(rect()), pxf(radius::kCard)));
  painter.setRenderHint(QPainter::Antialiasing, false);
  paintPaper(painter);
  painter.setRenderHint(QPainter::Antialiasing);
  if (hasDivision()) {
    paintDivision(painter, *division_, [this](const QRectF& ink) { return onPage(ink); });
  }
  paintMarks(painter);
  if (keys_on_) paintTyped(painter);
  painter.restore();
}

void RuledSheet::paintPaper(QPainter& painter) const {
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  const double offset = keys_on_ ? 0 : ink_box_->offset();
  const double end = keys_on_ ? width() - sideWidth() : width();
  const bool squares = squared_ && !keys_on_;
  const double margin = mirrored ? width() - marginWidth() : marginWidth();
  // Squares fill the place for ink; print and marks stand beside them.
  const double side = pxf(kRuleStep / kSquares);
  const int columns = int((width() - sideWidth() - px(8) - marginWidth()) / side);
  // Below printed work stand the print and the tools.
  double lowest = height() - px(14);
  if (hasDivision()) {
    const double first = pxf(ruleAt(0) - offset);
    const double step = pxf(kRuleStep / kSquares);
    lowest = first + step * std::floor((height() - px(kPrintRow) - first) / step) + 1;
  }
  painter.setPen(QPen(colour::kRule, std::max(1.0, pxf(squares ? 1.5 : 2))));
  for (int i = 0; i < kRules * (squares ? kSquares : 1); ++i) {
    const double at = squares ? ruleAt(0) + (i - kSquares + 1) * kRuleStep / kSquares : ruleAt(i);
    const double y = pxf(at - offset);
    if (y < 0 || y > lowest) continue;
    const double from = squares ? marginWidth() : 0;
    const double to = squares ? marginWidth() + columns * side : end;
    painter.drawLine(QPointF(mirrored ? width() - to : from, y),
                     QPointF(mirrored ? width() - from : to, y));
  }
  for (int i = 1; squares && i <= columns; ++i) {
    const double at = mirrored ? margin - i * side : margin + i * side;
    painter.drawLine(QPointF(at, 0), QPointF(at, hasDivision() ? lowest : height()));
  }
  painter.setPen(QPen(colour::kMargin, std::max(1.0, pxf(2))));
  painter.drawLine(QPointF(margin, 0), QPointF(margin, height()));
}

void RuledSheet::paintMarks(QPainter& painter) const {
  for (int i = 0; i < int(work_.lines.size()); ++i) {
    const app::LineView& line = work_.lines[i];
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour::kAmberSoft);
    const auto boxOf = [this](const app::InkBox& place) {
      return onPage({double(place.left), double(place.top), double(place.right - place.left),
                     double(place.bottom - place.top)});
    };
    if (!keys_on_) {
      for (const app::InkBox& place : line.not_yet) {
        painter.drawPath(
            rounded(boxOf(place).adjusted(-pxf(10), -pxf(8), pxf(10), pxf(8)), pxf(14)));
      }
      for (const app::InkBox& place : line.fits) paintTick(painter, place);
    }
    const double badge = pxf(kBadge);
    MarkBadge::paint(
        painter, flipped({(marginWidth() - badge) / 2.0, lineMiddle(i) - badge / 2, badge, badge}),
        markOf(line.mark));
  }
}

void RuledSheet::paintTick(QPainter& painter, const app::InkBox& digit) const {
  QPointF middle(double(digit.left + digit.right) / 2, double(digit.bottom) + 6 + kCellTick / 2.0);
  if (division_) middle = tickPlace(*division_, digit);
  const QPointF corner(kCellTick / 2.0, kCellTick / 2.0);
  MarkBadge::paint(painter, onPage({middle - corner, middle + corner}), MarkBadge::Mark::kRight);
}

void RuledSheet::paintTyped(QPainter& painter) const {
  const QFont font = readingFont(kTypedSize);
  const double room = width() - marginWidth() - sideWidth() - px(36);
  const QStringList lines = typed_ + QStringList{typing_};
  for (int i = 0; i < lines.size(); ++i) {
    const QRectF at = flipped({double(marginWidth() + px(20)), pxf(ruleAt(i) - 0.86 * kRuleStep),
                               room, pxf(0.84 * kRuleStep)});
    const bool amber = i < work_.lines.size() && work_.lines[i].mark == app::LineMark::kNotYet;
    if (amber && i < typed_.size()) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour::kAmberSoft);
      painter.drawPath(rounded(at.adjusted(-pxf(10), pxf(6), 0, 0), pxf(14)));
    }
    paintMathsIn(painter, at, lines[i], font, colour::kPen);
    if (i == lines.size() - 1 && writable_) {
      const double x = at.left() + std::min(room, mathsSize(lines[i], font).width) + pxf(5);
      painter.setPen(QPen(colour::kSun, pxf(4), Qt::SolidLine, Qt::RoundCap));
      painter.drawLine(QPointF(x, at.top() + pxf(22)), QPointF(x, at.bottom() - pxf(12)));
    }
  }
}

}  // namespace primer::ui
