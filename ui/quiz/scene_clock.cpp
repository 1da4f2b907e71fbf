// The face of a clock. It is a rounded box, a little broader than high, as of an alarm clock: so
// the numbers, which are to be pressed, stand a finger apart even on a small screen. Angles are
// those of any clock.

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "quiz/drawn_thing.h"
#include "quiz/place_scene.h"
#include "theme/metrics.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr int kHours = 12;
constexpr double kRoundness = 4;  // 2 would be an ellipse
constexpr double kBroad = 1.12;   // in heights, where there is room
constexpr int kEdge = 8;
constexpr int kMinutes = 60;
constexpr int kDots = 13;  // from the edge to the dots of the minutes

double angleOf(double hour) { return 2 * M_PI * hour / kHours; }

class ClockScene : public PlaceScene {
 public:
  explicit ClockScene(const app::PlacingView& view) : PlaceScene(view) {
    hands_ = std::any_of(view_.things.begin(), view_.things.end(),
                         [](const app::ThingView& thing) { return isHandOfClock(thing.drawn); });
  }

  double widestThing(const QSizeF&) const override { return pxf(size::kTouchInCard); }

  std::vector<Spot> layOut(const QRectF& room, const QSizeF& thing) override {
    high_ = std::min(room.width(), room.height()) / 2;
    wide_ = std::min(room.width() / 2, high_ * kBroad);
    middle_ = room.center();
    numbers_ = thing.height() / 2 + pxf(kEdge) / 2;
    std::vector<Spot> spots;
    for (const auto& place : view_.places) {
      const QPointF at = onFace(angleOf(place.spot.column), numbers_);
      Spot spot{QRectF(at - QPointF(thing.width(), thing.height()) / 2, thing), {}, {}, {}};
      if (hands_) spot.look = PlaceSpot::Look::kUnseen;
      spots.push_back(spot);
    }
    return spots;
  }

  void paint(QPainter& painter, const std::vector<Lying>& lying) const override {
    QPolygonF face;
    for (int i = 0; i < 4 * kMinutes; ++i) {
      face << onFace(2 * M_PI * i / (4 * kMinutes), pxf(kEdge) / 2);
    }
    painter.setPen(QPen(colour::kSky, pxf(kEdge)));
    painter.setBrush(colour::kSheet);
    painter.drawPolygon(face);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour::kSky);
    for (int minute = 0; minute < kMinutes; ++minute) {
      const double dot = pxf(minute % 5 == 0 ? 3 : 1.5);
      painter.drawEllipse(onFace(2 * M_PI * minute / kMinutes, pxf(kDots)), dot, dot);
    }
    painter.setFont(headingFont(32));
    painter.setPen(colour::kInk);
    for (int hour = 1; hour <= kHours; ++hour) {
      if (!hands_ && isPlace(hour)) continue;
      const QPointF at = onFace(angleOf(hour), numbers_);
      painter.drawText(QRectF(at - QPointF(pxf(40), pxf(30)), QSizeF(pxf(80), pxf(60))),
                       Qt::AlignCenter, QString::number(hour));
    }
    paintHands(painter, lying);
  }

 private:
  // At this angle, so far inside of the edge.
  QPointF onFace(double angle, double inside) const {
    const QPointF way(std::sin(angle), -std::cos(angle));
    const double x = std::abs(way.x()) / std::max(1.0, wide_ - inside);
    const double y = std::abs(way.y()) / std::max(1.0, high_ - inside);
    return middle_ +
           way * std::pow(std::pow(x, kRoundness) + std::pow(y, kRoundness), -1 / kRoundness);
  }

  bool isPlace(int hour) const {
    return std::any_of(view_.places.begin(), view_.places.end(),
                       [hour](const app::PlaceView& place) { return place.spot.column == hour; });
  }

  // The small one is as far past its hour as the big one has gone round.
  void paintHands(QPainter& painter, const std::vector<Lying>& lying) const {
    for (const bool pale : {true, false}) {
      double past = 0;
      for (const Lying& hand : lying) {
        if (hand.pale == pale && hand.drawn == QLatin1String("big-hand")) {
          past = view_.places[hand.place].spot.column % kHours / double(kHours);
        }
      }
      for (const Lying& hand : lying) {
        if (hand.pale != pale || !isHandOfClock(hand.drawn)) continue;
        const bool small = hand.drawn == QLatin1String("small-hand");
        const double angle = angleOf(view_.places[hand.place].spot.column + (small ? past : 0));
        const QPointF way(std::sin(angle), -std::cos(angle));
        painter.setOpacity(pale ? 0.35 : 1);
        painter.setPen(QPen(small ? colour::kBerry : colour::kSky, pxf(small ? 13 : 8),
                            Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(middle_, middle_ + way * ((high_ - numbers_) * (small ? 0.5 : 0.74)));
        painter.setOpacity(1);
      }
    }
    if (!hands_) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour::kInk);
    painter.drawEllipse(middle_, pxf(11), pxf(11));
  }

  bool hands_ = false;
  QPointF middle_;
  double wide_ = 0, high_ = 0;  // from the middle to the edge
  double numbers_ = 0;          // from the edge to the middle of a number
};

}  // namespace

std::unique_ptr<PlaceScene> makeClockScene(const app::PlacingView& view) {
  return std::make_unique<ClockScene>(view);
}

}  // namespace primer::ui
