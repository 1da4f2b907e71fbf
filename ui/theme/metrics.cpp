#include "theme/metrics.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLayout>
#include <QMargins>
#include <QVariant>
#include <QWidget>
#include <algorithm>
#include <cmath>

namespace primer::ui {
namespace {

constexpr QSize kDesign(1280, 800);
constexpr QSize kCompact(1111, 666);  // the least room, in design pixels, that pages are laid for
// The same height in millimetres on 800x480 at seven inches as at 1280x800 on ten.
constexpr double kLeastTextScale = 0.92;
constexpr double kLeastScale = 0.5;
constexpr double kMostScale = 4;

constexpr const char* kMarginsProperty = "primer_margins";
constexpr const char* kSpacingProperty = "primer_spacing";

double current_scale = 1;

double fit(QSize window, QSize room) {
  return std::min(double(window.width()) / room.width(), double(window.height()) / room.height());
}

void applySpacing(QLayout* layout) {
  const QVariant margins = layout->property(kMarginsProperty);
  if (!margins.isValid()) return;
  const QRect m = margins.toRect();
  layout->setContentsMargins(px(m.left()), px(m.top()), px(m.width()), px(m.height()));
  layout->setSpacing(px(layout->property(kSpacingProperty).toInt()));
}

}  // namespace

double scaleFor(QSize window) {
  const double whole = fit(window, kDesign);
  const double compact = std::min(1.0, fit(window, kCompact));
  return std::clamp(std::max(whole, compact), kLeastScale, kMostScale);
}

double scale() { return current_scale; }
void setScale(double scale) { current_scale = std::clamp(scale, kLeastScale, kMostScale); }

int px(double design) { return int(std::lround(design * current_scale)); }
double pxf(double design) { return design * current_scale; }
int textPx(double design) {
  return int(std::lround(design * std::max(current_scale, kLeastTextScale)));
}

void setSpacing(QLayout* layout, QMargins margins, int spacing) {
  // A QRect serves as the variant: left, top, then right and bottom as width and height.
  layout->setProperty(kMarginsProperty,
                      QRect(margins.left(), margins.top(), margins.right(), margins.bottom()));
  layout->setProperty(kSpacingProperty, spacing);
  applySpacing(layout);
}

void applyScale(QWidget* root) {
  const auto layouts = root->findChildren<QLayout*>();
  for (QLayout* layout : layouts) applySpacing(layout);
  const auto widgets = root->findChildren<QWidget*>();
  for (QWidget* widget : widgets) {
    QEvent event(QEvent::StyleChange);
    QCoreApplication::sendEvent(widget, &event);
    widget->updateGeometry();
    widget->update();
  }
}

}  // namespace primer::ui
