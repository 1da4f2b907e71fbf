// The ground of a sheet: rules, margin, earlier tries, a typed number.

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "pages/sheet.h"
#include "pages/sheet_measures.h"
#include "paper/ink_box.h"
#include "paper/ink_paint.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/typeface.h"
#include "widgets/button.h"
#include "widgets/keys.h"

namespace primer::ui {
namespace {

constexpr int kTypedDrop = 50;   // from the middle of a typed number to the rule below it
constexpr double kTryInk = 0.8;  // an earlier try is shown a little smaller than it was written

}  // namespace

void Sheet::paintTries(QPainter& painter) {
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  const auto flip = [&](QRectF at) {
    if (mirrored) at.moveLeft(width() - at.right());
    return at;
  };
  double y = px(8);
  for (const Try& earlier : tries_) {
    const double badge = pxf(48);
    const double row = pxf(kTryHeight);
    MarkBadge::paint(painter,
                     flip({(marginWidth() - badge) / 2.0, y + (row - badge) / 2, badge, badge}),
                     earlier.mark);
    const double print_left = width() - printWidth();
    if (!earlier.ink.empty()) {
      const double high = row - pxf(26);
      const QSizeF room(print_left - marginWidth() - pxf(60), high);
      const QSizeF size = inkSize(earlier.ink, room, kTryInk * scale());
      QRectF ink(marginWidth() + pxf(36), y + pxf(13), size.width(), high);
      ink = flip(ink);
      if (earlier.mark == MarkBadge::Mark::kNotYet) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour::kAmberSoft);
        painter.drawPath(rounded(ink.adjusted(-pxf(14), -pxf(4), pxf(14), pxf(4)), pxf(14)));
      }
      paintInk(painter, earlier.ink, ink, kTryInk * scale(), colour::kPen);
    }
    painter.setFont(readingFont(30));
    painter.setPen(colour::kInk2);
    // What was typed stands where ink would: beside it are the keys.
    const double read_left = keys_on_ ? marginWidth() + pxf(36) : print_left;
    painter.drawText(flip({read_left, y, double(printWidth()), row}), besideFlags(mirrored),
                     earlier.read);
    y += row;
  }
}

void Sheet::paintGround(QPainter& painter) {
  Card::paintGround(painter);
  painter.save();
  painter.setClipPath(rounded(QRectF(rect()), pxf(radius::kCard)));
  painter.setRenderHint(QPainter::Antialiasing, false);
  const bool mirrored = layoutDirection() == Qt::RightToLeft;
  painter.setPen(QPen(colour::kRule, std::max(1.0, pxf(2))));
  const double first = firstRuleY();
  for (double y = first; y < height() - px(20); y += pxf(kSheetRule)) {
    const double end = keys_on_ ? width() - pad_->width() - px(72) : width();
    painter.drawLine(QPointF(mirrored ? width() : 0, y),
                     QPointF(mirrored ? width() - end : end, y));
  }
  const double margin = mirrored ? width() - marginWidth() : marginWidth();
  painter.setPen(QPen(colour::kMargin, std::max(1.0, pxf(2))));
  painter.drawLine(QPointF(margin, 0), QPointF(margin, height()));
  painter.setRenderHint(QPainter::Antialiasing);
  paintTries(painter);
  if (keys_on_) {
    // The typed number stands on the rule nearest to the middle, left of the keys.
    QRectF room(mirrored ? pad_->geometry().right() + px(30) : marginWidth() + px(30), 0,
                width() - marginWidth() - pad_->width() - px(130), height());
    const double step = pxf(kSheetRule);
    const double below = room.center().y() + pxf(kTypedDrop) - first;
    const double y = first + std::round(below / step) * step;
    room.moveCenter({room.center().x(), y - pxf(kTypedDrop)});
    painter.setFont(readingFont(84));
    painter.setPen(colour::kInk);
    painter.drawText(room, Qt::AlignCenter, typed_);
    painter.setPen(QPen(colour::kInk2, pxf(3), Qt::SolidLine, Qt::RoundCap));
    const double half = std::min(pxf(110), room.width() / 2 - pxf(10));
    painter.drawLine(QPointF(room.center().x() - half, y), QPointF(room.center().x() + half, y));
  }
  painter.restore();
}

}  // namespace primer::ui
