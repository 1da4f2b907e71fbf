#pragma once

// Ink as it looks: smooth, round, a little thicker where the pen pressed.

#include <QColor>
#include <QPointF>
#include <QRectF>

#include "primer/base/ink.h"

class QPainter;

namespace primer::ui {

// The pen's width in design pixels at this pressure.
double penWidth(double pressure);

// One piece of a stroke: the curve between the middles of two neighbouring segments, bent by the
// point between them. Pieces drawn one after the other give the whole stroke, so that a stroke that
// is still being written never has to be drawn again. Points in screen pixels.
void paintPiece(QPainter& painter, const QPointF& from, const QPointF& bend, const QPointF& to,
                double width, const QColor& colour);

// A whole stroke; its points are multiplied by `factor`, then moved by `offset`.
void paintStroke(QPainter& painter, const Stroke& stroke, double factor, const QPointF& offset,
                 const QColor& colour);

// The smallest rectangle around all points; empty for empty ink.
QRectF inkBounds(const Ink& ink);

// The size in which paintInk() shows it.
QSizeF inkSize(const Ink& ink, const QSizeF& room, double most);

// The whole ink, as large as `where` allows but no larger than `most` times its own size.
void paintInk(QPainter& painter, const Ink& ink, const QRectF& where, double most,
              const QColor& colour);

}  // namespace primer::ui
