#pragma once

// Mathematics in print, from one line of text: fractions that stand (1/2, (x+1)/3), raised powers
// (x^2), roots with their bar (√(x+1)). What it does not know is printed as it is.

#include <QColor>
#include <QFont>
#include <QPointF>
#include <QString>

class QPainter;

namespace primer::ui {

struct MathsSize {
  double width = 0;
  double ascent = 0;  // above the baseline
  double descent = 0;
  double height() const { return ascent + descent; }
};

MathsSize mathsSize(const QString& text, const QFont& font);

// `baseline`: the left end of the line that the text stands on.
void paintMaths(QPainter& painter, const QPointF& baseline, const QString& text, const QFont& font,
                const QColor& colour);

// The same in the middle of the height of `where`, at its left (or centred), made smaller where it
// is wider.
void paintMathsIn(QPainter& painter, const QRectF& where, const QString& text, QFont font,
                  const QColor& colour, bool centred = false);

}  // namespace primer::ui
