#include "pages/ruled_division.h"

#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "pages/ruled_paper.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr double kSquare = kRuleStep / 2;
constexpr double kCell = 2 * kSquare;
constexpr double kWall = 2 * kSquare - kInkInset;  // one square is free, one is the divisor's
constexpr double kBar = kFirstRule + kSquare;
constexpr double kDigitAt = 0.62;  // in its column, with room for a small digit before it
constexpr int kDigitSize = 64;
constexpr double kRoom = 7;  // between the squares and the places to write in
constexpr double kTickBelow = 24;

double rightOf(const app::DivisionView& division) {
  return kWall + kCell * double(division.dividend.size());
}

}  // namespace

app::SheetPaper::Division placeOf(const app::DivisionView& division) {
  const double right = rightOf(division);
  return {float(right), float(kBar), float(kCell), float(right + kSquare)};
}

double divisionBottom() { return kBar + kCell; }

void paintDivision(QPainter& painter, const app::DivisionView& division,
                   const std::function<QRectF(const QRectF&)>& onPage) {
  const double right = rightOf(division);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour::kSkySoft);
  const auto place = [&](double left) {
    const QRectF cell(left, kBar - kCell, kCell, kCell);
    painter.drawPath(
        rounded(onPage(cell.adjusted(kRoom, kRoom, -kRoom, -kRoom)), pxf(radius::kSmall)));
  };
  for (qsizetype i = 0; i < division.dividend.size(); ++i) place(kWall + kCell * double(i));
  if (division.remainder) place(right + kSquare);

  QFont font = readingFont(kDigitSize);
  font.setPixelSize(int(std::lround(pxf(kDigitSize))));
  painter.setFont(font);
  painter.setPen(colour::kInk);
  const auto print = [&](double middle, double top, const QString& text) {
    const QRectF at(middle - kCell, top, 2 * kCell, kCell);
    painter.drawText(onPage(at), Qt::AlignCenter, text);
  };
  print(kWall - kSquare * 0.62, kBar, division.divisor);
  for (qsizetype i = 0; i < division.dividend.size(); ++i) {
    print(kWall + kCell * (double(i) + kDigitAt), kBar, division.dividend.mid(i, 1));
  }
  if (division.remainder) print(right + kSquare * 0.5, kBar - kCell, QStringLiteral("r"));

  const QRectF house = onPage({kWall, kBar, right - kWall + 8, kCell});
  QPainterPath bracket(QPointF(house.left() - pxf(5), house.bottom() - pxf(4)));
  bracket.quadTo(house.left() + pxf(12), house.center().y(), house.left(), house.top());
  bracket.lineTo(house.right(), house.top());
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colour::kInk, pxf(3.5), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(bracket);
}

QPointF tickPlace(const app::DivisionView& division, const app::InkBox& digit) {
  const double right = rightOf(division);
  const double middle = double(digit.left + digit.right) / 2;
  if (division.remainder && middle > right + kSquare * 0.3) {
    return {right + kSquare + kCell / 2, kBar + kTickBelow};
  }
  const auto last = double(division.dividend.size() - 1);
  const double column = std::clamp(std::floor((middle - kWall) / kCell), 0.0, last);
  return {kWall + kCell * (column + kDigitAt), divisionBottom() + kTickBelow};
}

}  // namespace primer::ui
