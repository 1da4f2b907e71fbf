#pragma once

// The garden: a flower for each skill that was practised, grown as far as it has been. Drawn as the
// ground of the well-done page and at the foot of home.

#include <QColor>
#include <QList>
#include <QRectF>

class QPainter;

namespace primer::ui {

struct FlowerShape {
  double grown = 0;  // 0: bare earth, then a seedling, a bud; 1: open
  bool new_now = false;
};

// Sky, hills and sun; `horizon` is where the far hill meets the sky, `sun` how low the sun stands,
// both as a share of the height.
void paintMeadow(QPainter& painter, const QRectF& where, double horizon, double sun);

// The hills alone, as the foot of another page; the far one begins at the upper edge of `where`.
void paintHills(QPainter& painter, const QRectF& where);

// The flowers in a row over `where`, their stems' feet on its lower edge. `opening` 0..1 is the
// animation of those that are new.
void paintFlowers(QPainter& painter, const QRectF& where, const QList<FlowerShape>& flowers,
                  double opening);

}  // namespace primer::ui
