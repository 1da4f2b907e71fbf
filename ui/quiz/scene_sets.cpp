// Places for many things: two rings that overlap, and plates. Their titles stand above them in a
// row, so that what is pressed is never covered by what lies there.

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>

#include "quiz/place_scene.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

constexpr int kTitle = 66;  // its height
constexpr int kBelowTitle = 8;
constexpr int kBetween = 14;
constexpr int kLeastHeight = 230;

QRectF inset(const QRectF& box, double by) { return box.adjusted(by, by, -by, -by); }

class RingsScene : public PlaceScene {
 public:
  using PlaceScene::PlaceScene;

  bool isBroad() const override { return true; }
  double leastHeight() const override { return pxf(kLeastHeight); }

  std::vector<Spot> layOut(const QRectF& room, const QSizeF&) override {
    // From the left: only the first, both, only the second, and outside of them.
    const double edges[] = {0, 0.27, 0.5, 0.77, 1};
    const auto x = [&](int edge) { return room.left() + edges[edge] * room.width(); };
    const double top = room.top() + pxf(kTitle + kBelowTitle);
    left_ = inset(QRectF(x(0), top, x(2) - x(0), room.bottom() - top), pxf(3));
    right_ = inset(QRectF(x(1), top, x(3) - x(1), room.bottom() - top), pxf(3));
    outside_ = QRectF(x(3) + pxf(kBetween), top, x(4) - x(3) - pxf(kBetween), room.bottom() - top);
    QPainterPath left;
    QPainterPath right;
    QPainterPath outside;
    left.addEllipse(left_);
    right.addEllipse(right_);
    outside.addRoundedRect(outside_, pxf(radius::kSmall), pxf(radius::kSmall));
    const QPainterPath regions[] = {left - right, left & right, right - left, outside};
    const QString titles[] = {view_.titles.value(0), tr("Both"), view_.titles.value(1),
                              tr("Neither")};
    std::vector<Spot> spots;
    for (const auto& place : view_.places) {
      const int number = place.spot.column;
      const QRectF title(x(number) + pxf(kBetween) / 2, room.top(),
                         x(number + 1) - x(number) - pxf(kBetween), pxf(kTitle));
      spots.push_back({title, regions[number], PlaceSpot::Look::kTitle, titles[number]});
    }
    return spots;
  }

  void paint(QPainter& painter, const std::vector<Lying>&) const override {
    const auto soft = [](QColor colour) {
      colour.setAlpha(40);
      return colour;
    };
    painter.setPen(QPen(colour::kSky, pxf(5)));
    painter.setBrush(soft(colour::kSky));
    painter.drawEllipse(left_);
    painter.setPen(QPen(colour::kSunDeep, pxf(5)));
    painter.setBrush(soft(colour::kSun));
    painter.drawEllipse(right_);
    painter.setPen(QPen(colour::kLine, pxf(3), Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(rounded(outside_, pxf(radius::kSmall)));
  }

 private:
  static QString tr(const char* text) { return QCoreApplication::translate("RingsScene", text); }
  QRectF left_, right_, outside_;
};

class PlatesScene : public PlaceScene {
 public:
  using PlaceScene::PlaceScene;

  bool isBroad() const override { return true; }
  double leastHeight() const override { return pxf(kLeastHeight); }

  std::vector<Spot> layOut(const QRectF& room, const QSizeF&) override {
    const auto count = std::max<qsizetype>(1, view_.titles.size());
    const double wide = std::min((room.width() - pxf(kBetween) * double(count - 1)) / double(count),
                                 pxf(kWidestPlate));
    const double all = wide * double(count) + pxf(kBetween) * double(count - 1);
    const double left = room.center().x() - all / 2;
    plates_.clear();
    std::vector<Spot> spots;
    for (qsizetype i = 0; i < count; ++i) {
      const double x = left + double(i) * (wide + pxf(kBetween));
      plates_.emplace_back(x, room.top() + pxf(kTitle + kBelowTitle), wide,
                           room.height() - pxf(kTitle + kBelowTitle));
      plates_.back() = inset(plates_.back(), pxf(3));
    }
    for (const auto& place : view_.places) {
      const QRectF& plate = plates_[size_t(place.spot.column)];
      QPainterPath region;
      region.addRoundedRect(plate, cornerOf(plate), cornerOf(plate));
      spots.push_back({QRectF(plate.left(), room.top(), plate.width(), pxf(kTitle)), region,
                       PlaceSpot::Look::kTitle, view_.titles.value(place.spot.column)});
    }
    return spots;
  }

  void paint(QPainter& painter, const std::vector<Lying>&) const override {
    for (const QRectF& plate : plates_) {
      painter.setPen(QPen(colour::kSky, pxf(4)));
      painter.setBrush(colour::kSheet);
      painter.drawPath(rounded(plate, cornerOf(plate)));
      const QRectF bottom = inset(plate, pxf(kRim));
      painter.setPen(QPen(colour::kRule, pxf(3)));
      painter.setBrush(colour::kCard);
      painter.drawPath(rounded(bottom, cornerOf(bottom)));
    }
  }

 private:
  static constexpr int kWidestPlate = 400;
  static constexpr int kRim = 14;
  // Rounded boxes rather than circles: more has room.
  static double cornerOf(const QRectF& plate) {
    return std::min(plate.width(), plate.height()) * 0.36;
  }

  std::vector<QRectF> plates_;
};

}  // namespace

std::unique_ptr<PlaceScene> makeSetScene(const app::PlacingView& view) {
  if (view.picture.kind == content::PictureKind::kRings) return std::make_unique<RingsScene>(view);
  return std::make_unique<PlatesScene>(view);
}

}  // namespace primer::ui
