#pragma once

// A picture on which things are placed: how it is drawn, and where its places are. One class for
// every kind; each is laid out for its room and painted by tokens only. All measures in screen
// pixels, in the coordinates of the board.

#include <QPainterPath>
#include <QRectF>
#include <memory>
#include <vector>

#include "primer/app/placing.h"
#include "quiz/place_spot.h"

class QPainter;

namespace primer::ui {

class PlaceScene {
 public:
  struct Spot {
    QRectF box;           // where one thing lies; of a place for many, its title
    QPainterPath region;  // of a place for many: where things lie. Empty: it takes one
    PlaceSpot::Look look = PlaceSpot::Look::kBox;
    QString title;
  };
  // What lies in a place, for pictures that show it by themselves.
  struct Lying {
    int place = 0;
    QString drawn;
    bool pale = false;  // only shown
  };

  explicit PlaceScene(app::PlacingView view) : view_(std::move(view)) {}
  virtual ~PlaceScene() = default;
  PlaceScene(const PlaceScene&) = delete;
  PlaceScene& operator=(const PlaceScene&) = delete;

  static std::unique_ptr<PlaceScene> make(const app::PlacingView& view);

  // Broad pictures have the things below them, others beside them; so have broad ones for which too
  // little height would be left.
  virtual bool isBroad() const { return false; }
  virtual double leastHeight() const { return 0; }
  // How wide a thing may be, in a room of this size.
  virtual double widestThing(const QSizeF& room) const;
  // The places in the order of the view's; `thing` is what every thing measures.
  virtual std::vector<Spot> layOut(const QRectF& room, const QSizeF& thing) = 0;
  virtual void paint(QPainter& painter, const std::vector<Lying>& lying) const = 0;

 protected:
  const app::PlacingView view_;
};

// Middles of so many things that lie in a region in even rows; they lie over each other where it
// has no room for them side by side.
std::vector<QPointF> middlesIn(const QPainterPath& region, const QSizeF& thing, int count);

// One of each group of kinds; see place_scene.cpp.
std::unique_ptr<PlaceScene> makeNumberScene(const app::PlacingView& view);  // line, square, grid
std::unique_ptr<PlaceScene> makeClockScene(const app::PlacingView& view);
std::unique_ptr<PlaceScene> makeDrawingScene(const app::PlacingView& view);
std::unique_ptr<PlaceScene> makeAmountScene(const app::PlacingView& view);  // bars, strips
std::unique_ptr<PlaceScene> makeSetScene(const app::PlacingView& view);     // rings, plates

}  // namespace primer::ui
