#pragma once

// A line with strokes and numbers, as it is drawn wherever there is one.

#include <QPointF>
#include <QSet>

class QPainter;

namespace primer::ui {

struct NumberLine {
  int low = 0, high = 1, parts = 1;  // parts: steps to every whole number
  QSet<int> hidden;                  // steps whose numbers are not printed
  QPointF first, last;               // where its ends are, in screen pixels; first left of last
  double numbers_below = 36;         // the numbers' distance from it, design pixels
  bool upwards = true;               // the strokes

  int steps() const { return (high - low) * parts; }
  QPointF at(int step) const;
};

void paintNumberLine(QPainter& painter, const NumberLine& line);

}  // namespace primer::ui
