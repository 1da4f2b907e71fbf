#include "widgets/sum_picture.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <vector>

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr QChar kPlus(u'+');
constexpr QChar kTimes(u'×');
constexpr QChar kShared(u'÷');
constexpr int kMostCounters = 144;
constexpr int kMostRow = 20;
constexpr int kMostJump = 10;  // beyond it, tens and ones are thought of apart

bool isMinus(QChar sign) { return sign == u'-' || sign == u'−'; }

// Where the jumps land: by way of the next ten when the jump passes it.
std::vector<int> landings(const Sum& sum) {
  const bool forward = sum.sign == kPlus;
  const int end = forward ? sum.left + sum.right : sum.left - sum.right;
  std::vector<int> stops = {sum.left};
  const int ten = forward ? (sum.left / 10 + 1) * 10 : sum.left / 10 * 10;
  const bool passes = forward ? ten < end : ten > end;
  if (passes && ten != sum.left) stops.push_back(ten);
  stops.push_back(end);
  return stops;
}

}  // namespace

SumPicture::SumPicture(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void SumPicture::setSum(const Sum& sum, bool solved) {
  sum_ = sum;
  solved_ = solved;
  // Counting on starts at the larger number.
  if (sum.sign == kPlus && sum.right > sum.left) std::swap(sum_.left, sum_.right);
  setAccessibleName(tr("A picture of %1 %2 %3").arg(sum.left).arg(sum.sign).arg(sum.right));
  updateGeometry();
  update();
}

bool SumPicture::canShow(const Sum& sum) {
  if (sum.left < 0 || sum.right <= 0) return false;
  if (sum.sign == kPlus) {
    return std::max(sum.left, sum.right) < 1000 && std::min(sum.left, sum.right) <= kMostJump &&
           sum.left > 0;
  }
  if (isMinus(sum.sign)) {
    return sum.left < 1000 && sum.right <= sum.left && sum.right <= kMostJump;
  }
  if (sum.sign == kTimes) {
    return sum.left > 0 && sum.left <= kMostRow && sum.right <= kMostRow &&
           sum.left * sum.right <= kMostCounters;
  }
  return sum.sign == kShared && sum.left > 0 && sum.left <= kMostCounters &&
         sum.right <= kMostRow && sum.left % sum.right == 0;
}

QSize SumPicture::sizeHint() const { return {px(300), px(136)}; }

void SumPicture::paintEvent(QPaintEvent*) {
  if (!canShow(sum_)) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (sum_.sign == kPlus || isMinus(sum_.sign)) {
    paintNumberLine(painter, QRectF(rect()));
  } else {
    paintCounters(painter, QRectF(rect()));
  }
}

void SumPicture::paintNumberLine(QPainter& painter, const QRectF& where) const {
  const std::vector<int> stops = landings(sum_);
  painter.setFont(readingFont(type::kNote));
  const QFontMetricsF metrics(painter.font());
  const double y = where.bottom() - metrics.height() - pxf(11);
  const double left = where.left() + pxf(22);
  const double right = where.right() - pxf(22);
  const int low = std::min(stops.front(), stops.back());
  const int high = std::max(stops.front(), stops.back());
  const double span = std::max(1, high - low);
  // A short jump still gets room for its label: places are shared out with a least part each.
  std::vector<double> places;
  for (size_t i = 0; i < stops.size(); ++i) {
    const double even = double(i) / double(stops.size() - 1);
    const double true_place = (stops[i] - low) / span;
    const double forward_even = stops.front() <= stops.back() ? even : 1 - even;
    places.push_back(left + (right - left) * (0.45 * true_place + 0.55 * forward_even));
  }
  painter.setPen(QPen(colour::kInk, pxf(4), Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(QPointF(where.left() + pxf(3), y), QPointF(where.right() - pxf(3), y));
  for (size_t i = 0; i < stops.size(); ++i) {
    const bool last = i + 1 == stops.size();
    painter.setPen(QPen(colour::kInk, pxf(4), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(places[i], y - pxf(9)), QPointF(places[i], y + pxf(9)));
    const QString label = last && !solved_ ? QStringLiteral("?") : QString::number(stops[i]);
    painter.setPen(!last ? colour::kInk : solved_ ? colour::kLeaf : colour::kSky);
    painter.drawText(QRectF(places[i] - pxf(50), y + pxf(8), pxf(100), metrics.height()),
                     Qt::AlignHCenter | Qt::AlignTop, label);
    if (last) break;
    const double from = places[i];
    const double to = places[i + 1];
    // The label stands on the arc, whose top is at three quarters of its control points' height.
    const double above = y - where.top() - pxf(12) - metrics.height();
    const double height = std::clamp(above / 0.75, pxf(16), pxf(64));
    QPainterPath arc(QPointF(from, y - pxf(10)));
    arc.cubicTo(QPointF(from + (to - from) * 0.2, y - pxf(10) - height),
                QPointF(from + (to - from) * 0.8, y - pxf(10) - height), QPointF(to, y - pxf(13)));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour::kSky, pxf(4), Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(arc);
    const double way = to > from ? 1 : -1;
    QPainterPath head(QPointF(to, y - pxf(9)));
    head.lineTo(to - way * pxf(13), y - pxf(15));
    head.lineTo(to - way * pxf(2), y - pxf(25));
    head.closeSubpath();
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour::kSky);
    painter.drawPath(head);
    const int jump = stops[i + 1] - stops[i];
    painter.setPen(colour::kInk);
    painter.drawText(
        QRectF((from + to) / 2 - pxf(50), y - pxf(10) - height * 0.75 - metrics.height() - pxf(2),
               pxf(100), metrics.height()),
        Qt::AlignCenter, (jump >= 0 ? u'+' : u'−') + QString::number(std::abs(jump)));
  }
}

void SumPicture::paintCounters(QPainter& painter, const QRectF& where) const {
  const bool times = sum_.sign == kTimes;
  // For "shared by", the rows are what is asked for, so all counters are shown in rows of the
  // divisor and the number of rows is left to be counted.
  const int columns = sum_.right;
  const int rows = times ? sum_.left : sum_.left / sum_.right;
  const double pitch = std::min({pxf(26), where.width() / columns, where.height() / rows});
  const double left = where.center().x() - pitch * columns / 2;
  const double top = where.center().y() - pitch * rows / 2;
  painter.setPen(Qt::NoPen);
  for (int row = 0; row < rows; ++row) {
    painter.setBrush(row % 2 == 0 ? colour::kSky : colour::kSunDeep);
    for (int column = 0; column < columns; ++column) {
      const QPointF centre(left + (column + 0.5) * pitch, top + (row + 0.5) * pitch);
      painter.drawEllipse(centre, pitch * 0.38, pitch * 0.38);
    }
  }
}

}  // namespace primer::ui
