#pragma once

// Shapes that several widgets share. All measures in screen pixels.

#include <QColor>
#include <QPainterPath>
#include <QRectF>

class QPainter;

namespace primer::ui {

// The soft shadow under a raised surface of this shape.
void paintShadow(QPainter& painter, const QRectF& shape, double corner);

// How far a shadow or a focus ring reaches beyond its surface.
int haloReach();

// The ring around what the keyboard would press.
void paintFocusRing(QPainter& painter, const QRectF& shape, double corner);

// The dotted ring: "I am not sure that I read this".
void paintDottedRing(QPainter& painter, const QRectF& shape, double corner);

// The flags to draw one line of text at the left or right of its rectangle, whatever the language:
// a painter would otherwise change sides by itself, after the widget has done so already.
constexpr int besideFlags(bool right) {
  return int(Qt::AlignVCenter) | int(Qt::AlignAbsolute) |
         int(right ? Qt::AlignRight : Qt::AlignLeft);
}

// A rounded rectangle; a corner larger than half the height is cut to a pill.
QPainterPath rounded(const QRectF& rect, double corner);

}  // namespace primer::ui
