#include "quiz/place_scene.h"

#include <algorithm>
#include <cmath>

#include "theme/metrics.h"

namespace primer::ui {
namespace {

constexpr int kWidestThing = 176;
constexpr int kBetween = 6;
constexpr double kBroader = 1.4;  // rows of things are broader than high
constexpr double kInside = 0.7;   // of a thing must lie in its region

bool liesIn(const QPainterPath& region, const QPointF& middle, const QSizeF& thing) {
  const QSizeF core = thing * kInside;
  return region.contains(QRectF(middle - QPointF(core.width(), core.height()) / 2, core));
}

// Rows as even as they can be, around the middle; of the ways that have room the roundest. Empty
// where none has.
std::vector<QPointF> evenRows(const QPainterPath& region, const QSizeF& thing, const QSizeF& pitch,
                              int count) {
  const QPointF middle = region.boundingRect().center();
  std::vector<QPointF> best;
  double least = 0;
  for (int rows = 1; rows <= count; ++rows) {
    std::vector<QPointF> middles;
    int widest = 0;
    for (int row = 0; row < rows; ++row) {
      const int in_row = count / rows + (row < count % rows ? 1 : 0);
      widest = std::max(widest, in_row);
      for (int i = 0; i < in_row; ++i) {
        middles.push_back(middle + QPointF((i - (in_row - 1) / 2.0) * pitch.width(),
                                           (row - (rows - 1) / 2.0) * pitch.height()));
      }
    }
    const bool room = std::all_of(middles.begin(), middles.end(),
                                  [&](const QPointF& one) { return liesIn(region, one, thing); });
    const double off = std::abs(widest * pitch.width() - rows * pitch.height() * kBroader);
    if (!room || (!best.empty() && off >= least)) continue;
    least = off;
    best = std::move(middles);
  }
  return best;
}

}  // namespace

std::unique_ptr<PlaceScene> PlaceScene::make(const app::PlacingView& view) {
  using content::PictureKind;
  switch (view.picture.kind) {
    case PictureKind::kClock:
      return makeClockScene(view);
    case PictureKind::kLine:
    case PictureKind::kSquare:
    case PictureKind::kGrid:
      return makeNumberScene(view);
    case PictureKind::kDrawing:
      return makeDrawingScene(view);
    case PictureKind::kBars:
    case PictureKind::kStrips:
      return makeAmountScene(view);
    case PictureKind::kRings:
    case PictureKind::kPlates:
      break;
  }
  return makeSetScene(view);
}

double PlaceScene::widestThing(const QSizeF& /*room*/) const { return pxf(kWidestThing); }

std::vector<QPointF> middlesIn(const QPainterPath& region, const QSizeF& thing, int count) {
  const QRectF room = region.boundingRect();
  const QSizeF pitch = thing + QSizeF(pxf(kBetween), pxf(kBetween));
  if (auto rows = evenRows(region, thing, pitch, count); !rows.empty()) return rows;
  const int columns = std::max(1, int(room.width() / pitch.width()));
  const int rows = std::max(1, int(room.height() / pitch.height()));
  std::vector<QPointF> middles;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const QPointF middle = room.center() + QPointF((column - (columns - 1) / 2.0) * pitch.width(),
                                                     (row - (rows - 1) / 2.0) * pitch.height());
      if (liesIn(region, middle, thing)) middles.push_back(middle);
    }
  }
  if (middles.empty()) middles.push_back(room.center());
  // From the middle of the region outwards: few things lie together.
  std::stable_sort(middles.begin(), middles.end(), [&room](const QPointF& a, const QPointF& b) {
    return (a - room.center()).manhattanLength() < (b - room.center()).manhattanLength();
  });
  const size_t there = middles.size();
  for (size_t i = there; i < size_t(std::max(0, count)); ++i) {
    middles.push_back(middles[i - there] + QPointF(pxf(14), pxf(14)));
  }
  return middles;
}

}  // namespace primer::ui
