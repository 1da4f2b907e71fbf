#include "widgets/canvas.h"

#include <QPainter>

#include "theme/paint.h"

namespace primer::ui {
namespace {

Canvas* groundOf(const QWidget* widget) {
  for (QWidget* up = widget->parentWidget(); up; up = up->parentWidget()) {
    if (auto* canvas = qobject_cast<Canvas*>(up)) return canvas;
  }
  return nullptr;
}

void paintHalos(QPainter& painter, const Canvas& canvas, const QWidget& under) {
  for (const QObject* child : under.children()) {
    const auto* widget = qobject_cast<const QWidget*>(child);
    if (!widget || !widget->isVisibleTo(&canvas)) continue;
    if (const auto* source = dynamic_cast<const HaloSource*>(widget)) {
      const Halo halo = source->halo();
      const QRectF shape = halo.shape.translated(widget->mapTo(&canvas, QPoint()));
      if (halo.shadow) paintShadow(painter, shape, halo.corner);
      if (halo.focus_ring) paintFocusRing(painter, shape, halo.corner);
    }
    if (!qobject_cast<const Canvas*>(widget)) paintHalos(painter, canvas, *widget);
  }
}

}  // namespace

Canvas::Canvas(QWidget* parent, const QColor& ground) : QWidget(parent), ground_(ground) {
  setAttribute(Qt::WA_OpaquePaintEvent, ground.isValid());
}

void Canvas::setGround(const QColor& ground) {
  ground_ = ground;
  setAttribute(Qt::WA_OpaquePaintEvent, ground.isValid());
  update();
}

void Canvas::paintGround(QPainter& painter) {
  if (ground_.isValid()) painter.fillRect(rect(), ground_);
}

void Canvas::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paintGround(painter);
  paintHalos(painter, *this, *this);
}

void refreshHalo(const QWidget* widget) {
  if (Canvas* ground = groundOf(widget)) {
    const int reach = haloReach();
    const QRect place(widget->mapTo(ground, QPoint()), widget->size());
    ground->update(place.adjusted(-reach, -reach, reach, reach));
  }
}

std::vector<const QWidget*> cutTexts(const QWidget& page) {
  std::vector<const QWidget*> cut;
  for (const QWidget* widget : page.findChildren<QWidget*>()) {
    const auto* text = dynamic_cast<const TextFitting*>(widget);
    if (text && widget->isVisibleTo(&page) && !text->textFits()) cut.push_back(widget);
  }
  return cut;
}

}  // namespace primer::ui
