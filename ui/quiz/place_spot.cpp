#include "quiz/place_spot.h"

#include <QPainter>

#include "quiz/placed_thing.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "widgets/fitted_text.h"

namespace primer::ui {
namespace {

constexpr int kLargest = 26;
constexpr int kSmallest = 16;
constexpr int kInset = 6;
constexpr double kPale = 0.4;

const FittedText& fitted() {
  static const FittedText kFitted([](int size) { return readingFont(size); });
  return kFitted;
}

}  // namespace

PlaceSpot::PlaceSpot(const QString& name, QWidget* parent) : PlacePart(parent) {
  setAccessibleName(name);
}

void PlaceSpot::setLook(Look look, const QString& title) {
  look_ = look;
  title_ = title;
  update();
}

void PlaceSpot::setLit(bool on) {
  if (lit_ == on) return;
  lit_ = on;
  update();
}

void PlaceSpot::setPale(const PlacedThing* thing) {
  pale_ = thing;
  update();
}

double PlaceSpot::corner() const {
  return look_ == Look::kUnseen ? std::min(width(), height()) / 2.0 : pxf(radius::kSmall + 4);
}

int PlaceSpot::fittingSize() const {
  if (look_ != Look::kTitle) return kLargest;
  return fitted().sizeFor(title_, titleRoom().size(), kLargest, kSmallest);
}

void PlaceSpot::setTitleSize(int design_px) {
  title_size_ = design_px;
  update();
}

QRectF PlaceSpot::titleRoom() const {
  return QRectF(rect()).adjusted(pxf(kInset), 0, -pxf(kInset), 0);
}

bool PlaceSpot::textFits() const {
  if (look_ != Look::kTitle) return true;
  const int size = title_size_ > 0 ? title_size_ : fittingSize();
  return fitted().fits(title_, titleRoom().size(), size, false);
}

void PlaceSpot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const double width = lit_ ? 4 : 2.5;
  const double half = pxf(width) / 2;
  const QRectF box = QRectF(rect()).adjusted(half, half, -half, -half);
  if (look_ == Look::kUnseen && !lit_) return;
  const bool title = look_ == Look::kTitle;
  QPen pen(lit_ || isEnabled() ? colour::kSky : colour::kInk2, pxf(width),
           lit_ || title ? Qt::SolidLine : Qt::DashLine);
  if (title && !lit_) pen.setColor(isEnabled() ? colour::kSky : colour::kLine);
  painter.setPen(pen);
  painter.setBrush(lit_ ? colour::kSkySoft : title ? colour::kCard : colour::kSheet);
  painter.drawPath(rounded(box, corner()));
  if (!title) {
    painter.setOpacity(kPale);
    if (pale_ != nullptr) pale_->paintFace(painter, QRectF(rect()));
    return;
  }
  fitted().paint(painter, titleRoom(), title_, title_size_ > 0 ? title_size_ : fittingSize(),
                 colour::kInk);
}

}  // namespace primer::ui
