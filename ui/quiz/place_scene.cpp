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

// By the corners of its core: quick, and exact enough for what lies about.
bool liesIn(const QPainterPath& region, const QPointF& middle, const QSizeF& thing) {
  const QPointF half = QPointF(thing.width(), thing.height()) * (kInside / 2);
  return region.contains(middle - half) && region.contains(middle + half) &&
         region.contains(middle + QPointF(half.x(), -half.y())) &&
         region.contains(middle + QPointF(-half.x(), half.y()));
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
  const QSizeF side_by_side = thing + QSizeF(pxf(kBetween), pxf(kBetween));
  for (const double close : {1.0, 0.8, 0.62, 0.46, 0.3}) {
    auto rows = evenRows(region, thing, side_by_side * close, count);
    if (!rows.empty()) return rows;
  }
  return std::vector<QPointF>(size_t(std::max(0, count)), region.boundingRect().center());
}

}  // namespace primer::ui
