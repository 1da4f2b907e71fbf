#pragma once

// A short division that is printed on the squares of the ruled sheet: divisor, bracket and
// dividend, with two squares for each digit of the quotient and one for what is left over. Where it
// stands, in design pixels of the ink, is the same on every screen, so that ink fits it everywhere.

#include <QPainter>
#include <QRectF>
#include <functional>

#include "primer/app/values.h"

namespace primer::ui {

app::SheetPaper::Division placeOf(const app::DivisionView& division);

// How far down it reaches.
double divisionBottom();

// `onPage` brings a place of the ink to the page.
void paintDivision(QPainter& painter, const app::DivisionView& division,
                   const std::function<QRectF(const QRectF&)>& onPage);

// Where the tick for a digit that fits stands, below the column or the remainder that it is of.
QPointF tickPlace(const app::DivisionView& division, const app::InkBox& digit);

}  // namespace primer::ui
