#pragma once

// A hand for the tour: taps and writes by the same events that a finger and a pen give.

#include <QPointF>
#include <QRectF>
#include <QString>

#include "primer/base/ink.h"

class QWidget;

namespace primer::ui {

class InkBox;

// Presses and lets go in the middle of the widget, wherever it is. False, and nothing done, where
// the widget is not to be seen, switched off, or hidden below another one.
bool tap(QWidget* widget);

// Moves what scrolls around the widget until it is in sight, as a finger would.
void scrollTo(QWidget* widget);

// A finger that takes a widget by its middle, moves it so that its middle is at a point of its
// parent, by way of a few points between, and lets go of it.
void grip(QWidget* widget);
void dragTo(QWidget* widget, const QPointF& middle);
void letGo(QWidget* widget);

// Writes the ink with a pen, from its coordinates (design pixels from the box's corner).
void write(InkBox* box, const Ink& ink);

// A number as a calm hand writes it: `height` design pixels tall.
Ink writtenNumber(const QString& digits, const QPointF& top_left, double height);

// The same, but with the first digit half way to another one that looks alike: `likeness` 0 is the
// digit itself, 1 the other.
Ink doubtfulNumber(const QString& digits, double likeness, const QPointF& top_left, double height);

inline constexpr double kSignStep = 0.82;  // from one sign of a line to the next, in heights

// A line of sums and equations: digits, + - = x ( ) and blanks.
Ink writtenLine(const QString& line, const QPointF& top_left, double height);

// To and fro over what lies in the rectangle, as one strikes out a mistake.
Ink scratchOver(const QRectF& what);

// Nothing that anybody could read.
Ink scribble(const QPointF& top_left, double size);

}  // namespace primer::ui
