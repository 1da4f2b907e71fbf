// Numbers in order: on a line or a ruler, in rows, and as points between two axes.

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "quiz/number_line.h"
#include "quiz/place_scene.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

using content::PictureKind;

QRectF boxAround(const QPointF& middle, const QSizeF& size) {
  return {middle - QPointF(size.width(), size.height()) / 2, size};
}

class LineScene : public PlaceScene {
 public:
  using PlaceScene::PlaceScene;

  bool isBroad() const override { return true; }

  // Neighbours must not meet.
  double widestThing(const QSizeF& room) const override {
    const double length = room.width() - 2 * pxf(kEnd);
    const auto& line = view_.picture;
    double widest = 2 * pxf(kEnd);
    for (const auto& one : view_.places) {
      for (const auto& other : view_.places) {
        const int apart = one.spot.column - other.spot.column;
        const int steps = std::max(1, (line.high - line.low) * line.parts);
        if (apart > 0) widest = std::min(widest, length * apart / steps - pxf(6));
      }
    }
    return widest;
  }

  std::vector<Spot> layOut(const QRectF& room, const QSizeF& thing) override {
    const double high = thing.height() + pxf(kStem) + pxf(kBelow);
    const double y =
        room.top() + std::max(0.0, (room.height() - high) / 2) + thing.height() + pxf(kStem);
    line_ = {view_.picture.low,
             view_.picture.high,
             view_.picture.parts,
             {},
             QPointF(room.left() + pxf(kEnd), y),
             QPointF(room.right() - pxf(kEnd), y)};
    if (view_.picture.ruler) {
      line_.upwards = false;
      line_.numbers_below = 34;
    }
    thing_ = thing;
    std::vector<Spot> spots;
    for (const auto& place : view_.places) {
      line_.hidden.insert(place.spot.column);
      const QPointF at = line_.at(place.spot.column);
      spots.push_back(
          {boxAround(at - QPointF(0, pxf(kStem) + thing.height() / 2), thing), {}, {}, {}});
    }
    return spots;
  }

  void paint(QPainter& painter, const std::vector<Lying>&) const override {
    if (view_.picture.ruler) {
      const QRectF body(line_.first - QPointF(pxf(34), 0),
                        line_.last + QPointF(pxf(34), pxf(kBelow)));
      painter.setPen(QPen(colour::kSunDeep, pxf(3)));
      painter.setBrush(colour::kSunSoft);
      painter.drawPath(rounded(body, pxf(10)));
    } else {
      painter.setPen(QPen(colour::kInk, pxf(5), Qt::SolidLine, Qt::RoundCap));
      painter.drawLine(line_.first - QPointF(pxf(22), 0), line_.last + QPointF(pxf(22), 0));
    }
    paintNumberLine(painter, line_);
    for (const auto& place : view_.places) {
      const QPointF at = line_.at(place.spot.column);
      painter.setPen(QPen(colour::kSky, pxf(3), Qt::SolidLine, Qt::RoundCap));
      painter.drawLine(at - QPointF(0, pxf(4)), at - QPointF(0, pxf(kStem)));
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour::kSky);
      painter.drawEllipse(at, pxf(8), pxf(8));
    }
  }

 private:
  static constexpr int kEnd = 60;   // beside either end: half a thing
  static constexpr int kStem = 44;  // from a place's box down to the line
  static constexpr int kBelow = 84;
  NumberLine line_;
  QSizeF thing_;
};

class SquareScene : public PlaceScene {
 public:
  using PlaceScene::PlaceScene;

  double widestThing(const QSizeF& room) const override { return cellFor(room) - pxf(6); }

  std::vector<Spot> layOut(const QRectF& room, const QSizeF& thing) override {
    cell_ = cellFor(room.size());
    const QSizeF size(cell_ * view_.picture.columns, cell_ * view_.picture.rows);
    corner_ = room.center() - QPointF(size.width(), size.height()) / 2;
    std::vector<Spot> spots;
    for (const auto& place : view_.places) {
      spots.push_back(
          {boxAround(cellAt(place.spot.column, place.spot.row).center(), thing), {}, {}, {}});
    }
    return spots;
  }

  void paint(QPainter& painter, const std::vector<Lying>&) const override {
    const auto& square = view_.picture;
    const QRectF all(corner_, QSizeF(cell_ * square.columns, cell_ * square.rows));
    painter.setPen(QPen(colour::kSky, pxf(4)));
    painter.setBrush(colour::kSheet);
    painter.drawPath(rounded(all, pxf(10)));
    painter.setFont(readingFont(30));
    for (int row = 0; row < square.rows; ++row) {
      for (int column = 0; column < square.columns; ++column) {
        const QRectF cell = cellAt(column, row);
        painter.setPen(QPen(colour::kRule, pxf(2.5)));
        if (column > 0) painter.drawLine(cell.topLeft(), cell.bottomLeft());
        if (row > 0) painter.drawLine(cell.topLeft(), cell.topRight());
        if (isPlace({column, row})) continue;
        painter.setPen(colour::kInk);
        painter.drawText(cell, Qt::AlignCenter,
                         QString::number(square.first + column * square.step + row * square.down));
      }
    }
    painter.setPen(QPen(colour::kSky, pxf(4)));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(rounded(all, pxf(10)));
  }

 private:
  static constexpr int kLargestCell = 92;
  double cellFor(const QSizeF& room) const {
    return std::min({pxf(kLargestCell), (room.width() - pxf(8)) / view_.picture.columns,
                     (room.height() - pxf(8)) / view_.picture.rows});
  }
  QRectF cellAt(int column, int row) const {
    return {corner_ + QPointF(column, row) * cell_, QSizeF(cell_, cell_)};
  }
  bool isPlace(const content::PictureSpot& spot) const {
    return std::any_of(view_.places.begin(), view_.places.end(),
                       [&spot](const app::PlaceView& place) { return place.spot == spot; });
  }

  QPointF corner_;
  double cell_ = 0;
};

class GridScene : public PlaceScene {
 public:
  using PlaceScene::PlaceScene;

  double widestThing(const QSizeF&) const override { return pxf(size::kTouchInCard); }

  std::vector<Spot> layOut(const QRectF& room, const QSizeF& thing) override {
    const auto& grid = view_.picture;
    const double half = std::max(thing.width(), thing.height()) / 2;
    step_ = std::min({(room.width() - 2 * half - pxf(kNumbers)) / grid.columns,
                      (room.height() - 2 * half - pxf(kNumbers)) / grid.rows, pxf(kLargestStep)});
    const QSizeF size(step_ * grid.columns, step_ * grid.rows);
    origin_ =
        room.center() + QPointF(pxf(kNumbers) - size.width(), size.height() - pxf(kNumbers)) / 2;
    std::vector<Spot> spots;
    for (const auto& place : view_.places) {
      spots.push_back({boxAround(at(place.spot.column, place.spot.row), thing),
                       {},
                       PlaceSpot::Look::kUnseen,
                       {}});
    }
    return spots;
  }

  void paint(QPainter& painter, const std::vector<Lying>&) const override {
    const auto& grid = view_.picture;
    painter.setFont(readingFont(28));
    for (int x = 0; x <= grid.columns; ++x) {
      painter.setPen(QPen(x == 0 ? colour::kInk : colour::kRule, pxf(x == 0 ? 5 : 3), Qt::SolidLine,
                          Qt::RoundCap));
      painter.drawLine(at(x, 0), at(x, grid.rows));
      painter.setPen(colour::kInk);
      painter.drawText(boxAround(at(x, 0) + QPointF(0, pxf(kNumbers)), {pxf(60), pxf(40)}),
                       Qt::AlignCenter, QString::number(x));
    }
    for (int y = 0; y <= grid.rows; ++y) {
      painter.setPen(QPen(y == 0 ? colour::kInk : colour::kRule, pxf(y == 0 ? 5 : 3), Qt::SolidLine,
                          Qt::RoundCap));
      painter.drawLine(at(0, y), at(grid.columns, y));
      painter.setPen(colour::kInk);
      painter.drawText(boxAround(at(0, y) - QPointF(pxf(kNumbers), 0), {pxf(60), pxf(40)}),
                       Qt::AlignCenter, QString::number(y));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour::kSky);
    for (const auto& place : view_.places) {
      painter.drawEllipse(at(place.spot.column, place.spot.row), pxf(5), pxf(5));
    }
  }

 private:
  static constexpr int kNumbers = 34;  // from an axis to its numbers
  static constexpr int kLargestStep = 92;
  QPointF at(int along, int up) const { return origin_ + QPointF(along, -up) * step_; }

  QPointF origin_;
  double step_ = 0;
};

}  // namespace

std::unique_ptr<PlaceScene> makeNumberScene(const app::PlacingView& view) {
  if (view.picture.kind == PictureKind::kSquare) return std::make_unique<SquareScene>(view);
  if (view.picture.kind == PictureKind::kGrid) return std::make_unique<GridScene>(view);
  return std::make_unique<LineScene>(view);
}

}  // namespace primer::ui
