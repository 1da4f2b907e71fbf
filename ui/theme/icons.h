#pragma once

// Icons and pupils' pictures: SVG files of ours, painted sharp at any size. GUI thread only.

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace primer::ui {

// Paints the icon `name` (assets/icons) in one colour.
void paintIcon(QPainter& painter, const QString& name, const QRectF& where, const QColor& colour);

// Paints the picture `id` (assets/pictures) in its own colours. An id that this version does not
// know gets a plain round with its first letter, so that its pupil can still be found.
void paintPicture(QPainter& painter, const QString& id, const QRectF& where);

}  // namespace primer::ui
