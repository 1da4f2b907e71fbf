// Amounts to be read off and labelled: bars of a chart, strips cut into parts.

#include <QPainter>
#include <algorithm>
#include <array>

#include "quiz/place_scene.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "widgets/fitted_text.h"

namespace primer::ui {
namespace {

constexpr std::array<QColor, 5> kColours = {colour::kSky, colour::kSunDeep, colour::kLeaf,
                                            colour::kBerry, colour::kViolet};

class BarsScene : public PlaceScene {
 public:
  explicit BarsScene(const app::PlacingView& view) : PlaceScene(view) {
    for (const auto& value : view_.picture.values) heights_.push_back(std::stoi(value));
    const int highest = std::max(1, *std::max_element(heights_.begin(), heights_.end()));
    every_ = highest <= 6 ? 1 : highest <= 12 ? 2 : 5;
    top_ = (highest + every_ - 1) / every_ * every_;
  }

  double widestThing(const QSizeF& room) const override {
    const double pitch = (room.width() - pxf(kAxis)) / double(heights_.size());
    return std::min(PlaceScene::widestThing(room), pitch - pxf(8));
  }

  std::vector<Spot> layOut(const QRectF& room, const QSizeF& thing) override {
    plot_ = QRectF(room.left() + pxf(kAxis), room.top() + pxf(14), room.width() - pxf(kAxis),
                   room.height() - thing.height() - pxf(14 + kGap));
    thing_ = thing;
    std::vector<Spot> spots;
    for (const auto& place : view_.places) spots.push_back({below(place.spot.column), {}, {}, {}});
    return spots;
  }

  void paint(QPainter& painter, const std::vector<Lying>&) const override {
    painter.setFont(readingFont(type::kNote));
    for (int value = 0; value <= top_; value += every_) {
      const double y = heightAt(value);
      painter.setPen(QPen(value == 0 ? colour::kInk : colour::kRule, pxf(value == 0 ? 4 : 2.5)));
      painter.drawLine(QPointF(plot_.left(), y), QPointF(plot_.right(), y));
      painter.setPen(colour::kInk);
      painter.drawText(QRectF(plot_.left() - pxf(kAxis), y - pxf(20), pxf(kAxis - 10), pxf(40)),
                       besideFlags(true), QString::number(value));
    }
    static const FittedText fitted([](int size) { return readingFont(size); });
    for (size_t i = 0; i < heights_.size(); ++i) {
      const double wide = pitch() * 0.52;
      const double x = plot_.left() + pitch() * (double(i) + 0.5) - wide / 2;
      const double y = heightAt(heights_[i]);
      painter.setPen(Qt::NoPen);
      painter.setBrush(kColours[i % kColours.size()]);
      painter.drawPath(rounded(QRectF(x, y, wide, plot_.bottom() - y), pxf(6)));
      const QString title = view_.titles.value(qsizetype(i));
      if (title.isEmpty()) continue;
      const QRectF room = below(int(i));
      fitted.paint(painter, room, title, fitted.sizeFor(title, room.size(), type::kNote, 18),
                   colour::kInk);
    }
  }

 private:
  static constexpr int kAxis = 52;  // for its numbers
  static constexpr int kGap = 8;
  double pitch() const { return plot_.width() / double(heights_.size()); }
  double heightAt(int value) const { return plot_.bottom() - plot_.height() * value / top_; }
  QRectF below(int bar) const {
    const double x = plot_.left() + pitch() * (bar + 0.5) - thing_.width() / 2;
    return {x, plot_.bottom() + pxf(kGap), thing_.width(), thing_.height()};
  }

  std::vector<int> heights_;
  int every_ = 1, top_ = 1;
  QRectF plot_;
  QSizeF thing_;
};

class StripsScene : public PlaceScene {
 public:
  using PlaceScene::PlaceScene;

  std::vector<Spot> layOut(const QRectF& room, const QSizeF& thing) override {
    const auto count = qsizetype(view_.picture.values.size());
    const double pitch = std::min(room.height() / double(count), pxf(kLargestPitch));
    const double top = room.center().y() - pitch * double(count) / 2;
    strips_.clear();
    for (qsizetype i = 0; i < count; ++i) {
      const double high = std::min(thing.height(), pitch - pxf(8));
      const double y = top + pitch * (double(i) + 0.5) - high / 2;
      strips_.emplace_back(room.left() + pxf(4), y, room.width() - thing.width() - pxf(28), high);
    }
    std::vector<Spot> spots;
    for (const auto& place : view_.places) {
      const QRectF& strip = strips_[size_t(place.spot.column)];
      spots.push_back({QRectF(strip.right() + pxf(20), strip.center().y() - thing.height() / 2,
                              thing.width(), thing.height()),
                       {},
                       {},
                       {}});
    }
    return spots;
  }

  void paint(QPainter& painter, const std::vector<Lying>&) const override {
    for (size_t i = 0; i < strips_.size(); ++i) {
      const auto share = content::shareFrom(view_.picture.values[i]).value_or(content::Share());
      const QRectF& strip = strips_[i];
      const double wide = strip.width() / share.parts;
      for (int part = 0; part < share.parts; ++part) {
        painter.setPen(QPen(colour::kInk, pxf(3)));
        painter.setBrush(part < share.filled ? kColours[i % kColours.size()] : colour::kSheet);
        painter.drawRect(QRectF(strip.left() + part * wide, strip.top(), wide, strip.height()));
      }
    }
  }

 private:
  static constexpr int kLargestPitch = 104;
  std::vector<QRectF> strips_;
};

}  // namespace

std::unique_ptr<PlaceScene> makeAmountScene(const app::PlacingView& view) {
  if (view.picture.kind == content::PictureKind::kBars) return std::make_unique<BarsScene>(view);
  return std::make_unique<StripsScene>(view);
}

}  // namespace primer::ui
