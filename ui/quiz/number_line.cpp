#include "quiz/number_line.h"

#include <QPainter>
#include <algorithm>

#include "theme/metrics.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr int kMostNumbers = 11;

// Where there are many, only as many numbers as can be read.
int everyHowMany(int wholes) {
  int every = 1;
  for (const int candidate : {1, 2, 5, 10, 20}) {
    every = candidate;
    if (wholes / candidate < kMostNumbers) break;
  }
  return every;
}

}  // namespace

QPointF NumberLine::at(int step) const {
  return first + (last - first) * step / std::max(1, steps());
}

void paintNumberLine(QPainter& painter, const NumberLine& line) {
  painter.setFont(readingFont(28));
  const int every = everyHowMany(line.high - line.low);
  for (int step = 0; step <= line.steps(); ++step) {
    const bool whole = step % line.parts == 0;
    const bool named = whole && (step / line.parts) % every == 0;
    const double length = pxf(named ? 26 : whole ? 20 : 15) * (line.upwards ? -1 : 1);
    const QPointF at = line.at(step);
    painter.setPen(QPen(colour::kInk, pxf(named ? 4.5 : 3), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(at, at + QPointF(0, length));
    if (!named || line.hidden.contains(step)) continue;
    painter.setPen(colour::kInk);
    painter.drawText(QRectF(at.x() - pxf(50), at.y() + pxf(line.numbers_below), pxf(100), pxf(46)),
                     Qt::AlignHCenter | Qt::AlignTop,
                     QString::number(line.low + step / line.parts));
  }
}

}  // namespace primer::ui
