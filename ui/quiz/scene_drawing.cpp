// A drawing whose parts are labelled: boxes at its side, a line from each to its part.

#include <QHash>
#include <QPainter>
#include <algorithm>
#include <functional>

#include "quiz/place_scene.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

// Paints in a square from 0 to 1.
class Pencil {
 public:
  Pencil(QPainter& painter, const QRectF& box) : painter_(painter), box_(box) {}
  QPointF at(double x, double y) const {
    return {box_.left() + x * box_.width(), box_.top() + y * box_.height()};
  }
  double length(double of) const { return of * box_.width(); }
  QPainter& painter() { return painter_; }
  void line(const QColor& colour, double width) {
    painter_.setPen(QPen(colour, pxf(width), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  }
  void fill(const QColor& colour) { painter_.setBrush(colour); }
  void shape(const QPolygonF& corners) {
    QPolygonF placed;
    for (const QPointF& corner : corners) placed << at(corner.x(), corner.y());
    painter_.drawPolygon(placed);
  }
  void stroke(const QPointF& from, const QPointF& to) {
    painter_.drawLine(at(from.x(), from.y()), at(to.x(), to.y()));
  }

 private:
  QPainter& painter_;
  QRectF box_;
};

void leaf(Pencil& pencil, double root_x, double root_y, double tip_x, double tip_y) {
  const double mid_x = (root_x + tip_x) / 2;
  QPainterPath path(pencil.at(root_x, root_y));
  path.quadTo(pencil.at(mid_x, tip_y - 0.1), pencil.at(tip_x, tip_y));
  path.quadTo(pencil.at(mid_x, root_y + 0.08), pencil.at(root_x, root_y));
  pencil.line(colour::kStem, 3);
  pencil.fill(colour::kLeaflet);
  pencil.painter().drawPath(path);
}

void drawPlant(Pencil& pencil) {
  QPainter& painter = pencil.painter();
  painter.setPen(Qt::NoPen);
  pencil.fill(colour::kEarth);
  painter.drawPath(
      rounded(QRectF(pencil.at(0.04, 0.7), pencil.at(0.96, 1.0)), pencil.length(0.04)));
  pencil.line(colour::kSunSoft, 6);
  pencil.stroke({0.5, 0.7}, {0.5, 0.96});
  for (const double side : {-1.0, 1.0}) {
    QPainterPath root(pencil.at(0.5, 0.72));
    root.quadTo(pencil.at(0.5 + side * 0.1, 0.8), pencil.at(0.5 + side * 0.24, 0.92));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(root);
  }
  pencil.line(colour::kStem, 9);
  pencil.stroke({0.5, 0.26}, {0.5, 0.7});
  leaf(pencil, 0.5, 0.6, 0.82, 0.48);
  leaf(pencil, 0.5, 0.54, 0.2, 0.42);
  painter.setPen(QPen(colour::kBerryDeep, pxf(2)));
  pencil.fill(colour::kCoral);
  for (int petal = 0; petal < 6; ++petal) {
    painter.save();
    painter.translate(pencil.at(0.5, 0.17));
    painter.rotate(petal * 60);
    painter.drawEllipse(QPointF(0, -pencil.length(0.1)), pencil.length(0.06), pencil.length(0.08));
    painter.restore();
  }
  pencil.fill(colour::kSun);
  painter.drawEllipse(pencil.at(0.5, 0.17), pencil.length(0.065), pencil.length(0.065));
}

void drawTriangle(Pencil& pencil) {
  pencil.line(colour::kSkyDeep, 6);
  pencil.fill(colour::kSkySoft);
  pencil.shape(QPolygonF{{0.84, 0.12}, {0.84, 0.86}, {0.06, 0.86}});
  pencil.line(colour::kSkyDeep, 4);
  pencil.fill(colour::kCard);
  pencil.shape(QPolygonF{{0.84, 0.86}, {0.84, 0.75}, {0.73, 0.75}, {0.73, 0.86}});
}

void drawCube(Pencil& pencil) {
  pencil.line(colour::kSkyDeep, 5);
  pencil.fill(colour::kSkySoft);
  pencil.shape(QPolygonF{{0.06, 0.34}, {0.64, 0.34}, {0.64, 0.92}, {0.06, 0.92}});
  pencil.fill(colour::kCard);
  pencil.shape(QPolygonF{{0.06, 0.34}, {0.32, 0.1}, {0.9, 0.1}, {0.64, 0.34}});
  pencil.fill(colour::kRule);
  pencil.shape(QPolygonF{{0.64, 0.34}, {0.9, 0.1}, {0.9, 0.68}, {0.64, 0.92}});
}

void drawFraction(Pencil& pencil) {
  QPainter& painter = pencil.painter();
  QFont font = headingFont(100);
  font.setPixelSize(std::max(1, int(pencil.length(0.4))));
  painter.setFont(font);
  painter.setPen(colour::kInk);
  painter.drawText(QRectF(pencil.at(0.2, 0), pencil.at(0.8, 0.46)), Qt::AlignCenter,
                   QStringLiteral("3"));
  painter.drawText(QRectF(pencil.at(0.2, 0.54), pencil.at(0.8, 1)), Qt::AlignCenter,
                   QStringLiteral("4"));
  pencil.line(colour::kInk, 9);
  pencil.stroke({0.26, 0.5}, {0.74, 0.5});
}

struct Drawing {
  void (*draw)(Pencil&);
  QHash<QString, QPointF> parts;  // where a line to them ends
};

const QHash<QString, Drawing>& drawings() {
  static const QHash<QString, Drawing> kAll = {
      {"plant",
       {drawPlant,
        {{"flower", {0.62, 0.17}},
         {"stem", {0.51, 0.34}},
         {"leaf", {0.72, 0.52}},
         {"root", {0.66, 0.86}}}}},
      {"triangle",
       {drawTriangle,
        {{"corner", {0.84, 0.12}}, {"side", {0.84, 0.45}}, {"right-angle", {0.785, 0.805}}}}},
      {"cube", {drawCube, {{"corner", {0.9, 0.1}}, {"edge", {0.9, 0.4}}, {"face", {0.46, 0.7}}}}},
      {"fraction",
       {drawFraction, {{"top", {0.66, 0.23}}, {"line", {0.75, 0.5}}, {"bottom", {0.66, 0.77}}}}}};
  return kAll;
}

class DrawingScene : public PlaceScene {
 public:
  explicit DrawingScene(const app::PlacingView& view)
      : PlaceScene(view),
        drawing_(drawings().value(QString::fromStdString(view.picture.drawing))) {}

  std::vector<Spot> layOut(const QRectF& room, const QSizeF& thing) override {
    const double side = std::min(room.height(), room.width() - thing.width() - pxf(kLine));
    const double all = side + pxf(kLine) + thing.width();
    const double left = room.left() + (room.width() - all) / 2;
    box_ = QRectF(left, room.center().y() - side / 2, side, side);
    // From the top, a finger apart, near their parts.
    std::vector<size_t> order(view_.picture.places.size());
    ends_.assign(order.size(), {});
    for (size_t i = 0; i < order.size(); ++i) {
      order[i] = i;
      ends_[i] = drawing_.parts.value(QString::fromStdString(view_.picture.places[i].at));
    }
    std::sort(order.begin(), order.end(),
              [this](size_t a, size_t b) { return ends_[a].y() < ends_[b].y(); });
    const double pitch = std::min(room.height() / double(order.size()), side / 2.6);
    std::vector<Spot> spots(order.size());
    for (size_t row = 0; row < order.size(); ++row) {
      const double middle =
          room.center().y() + (double(row) - (double(order.size()) - 1) / 2) * pitch;
      spots[order[row]].box = QRectF(left + all - thing.width(), middle - thing.height() / 2,
                                     thing.width(), thing.height());
    }
    lines_.clear();
    for (size_t i = 0; i < spots.size(); ++i) {
      lines_.emplace_back(box_.topLeft() + ends_[i] * side,
                          QPointF(spots[i].box.left(), spots[i].box.center().y()));
    }
    return spots;
  }

  void paint(QPainter& painter, const std::vector<Lying>&) const override {
    if (drawing_.draw == nullptr) return;
    Pencil pencil(painter, box_);
    drawing_.draw(pencil);
    for (const QLineF& line : lines_) {
      painter.setPen(QPen(colour::kInk, pxf(3), Qt::SolidLine, Qt::RoundCap));
      painter.drawLine(line);
      painter.setPen(QPen(colour::kCard, pxf(2)));
      painter.setBrush(colour::kInk);
      painter.drawEllipse(line.p1(), pxf(8), pxf(8));
    }
  }

 private:
  static constexpr int kLine = 56;  // least room for the lines
  const Drawing drawing_;
  QRectF box_;
  std::vector<QPointF> ends_;
  std::vector<QLineF> lines_;
};

}  // namespace

std::unique_ptr<PlaceScene> makeDrawingScene(const app::PlacingView& view) {
  return std::make_unique<DrawingScene>(view);
}

}  // namespace primer::ui
