#pragma once

// Small things that are drawn rather than written: what a question has to be counted, sorted or
// pointed with. Known by the keys of content::drawnThings().

#include <QString>

class QPainter;
class QRectF;

namespace primer::ui {

void paintDrawnThing(QPainter& painter, const QString& drawn, const QRectF& where);

bool isHandOfClock(const QString& drawn);

}  // namespace primer::ui
