#include "widgets/button.h"

#include <QPainter>

#include "theme/contrast.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr double kDisabled = 0.55;  // how far a disabled colour fades into the page
constexpr int kIconGap = 16;
constexpr int kLeastWord = 20;  // of a word that is longer than its button is meant for
constexpr int kLeastPadding = 14;
constexpr int kLeastGap = 10;

struct Coat {
  QColor face;
  QColor lip;
  QColor edge;  // invalid: none
  QColor word;
};

Coat coatOf(Button::Kind kind) {
  switch (kind) {
    case Button::Kind::kPrimary:
      return {colour::kLeaf, colour::kLeafDeep, QColor(), colour::kCard};
    case Button::Kind::kSpeak:
      return {colour::kBerry, colour::kBerryDeep, QColor(), colour::kCard};
    case Button::Kind::kTeacherPrimary:
      return {colour::kSky, colour::kSkyDeep, QColor(), colour::kCard};
    case Button::Kind::kQuiet:
      return {QColor(), QColor(), QColor(), colour::kInk};
    case Button::Kind::kTeacher:
      return {colour::kCard, colour::kDeskLine, colour::kDeskLine, colour::kSky};
    case Button::Kind::kSecondary:
      break;
  }
  return {colour::kCard, colour::kLine, colour::kLine, colour::kInk};
}

Coat faded(Coat coat) {
  const auto fade = [](QColor& c) {
    if (c.isValid()) c = mix(c, colour::kPaper, kDisabled);
  };
  fade(coat.face);
  fade(coat.lip);
  fade(coat.edge);
  // White words stay white on the faded face: fading them too would leave nothing to read.
  if (coat.word != colour::kCard) fade(coat.word);
  return coat;
}

// Paints the face with its soft lower edge; returns where the contents go. Pressed, the face sinks.
QRectF paintFace(QPainter& painter, const QRectF& rect, const Coat& coat, bool down,
                 double corner) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  const double lip = pxf(size::kLip);
  if (!coat.face.isValid()) {
    if (down) {
      painter.setBrush(colour::kLine);
      painter.drawPath(rounded(rect, corner));
    }
    return rect;
  }
  painter.setBrush(coat.lip);
  painter.drawPath(rounded(rect.adjusted(0, down ? lip / 2 : 0, 0, 0), corner));
  const QRectF face = down ? rect.adjusted(0, lip - 1, 0, -1) : rect.adjusted(0, 0, 0, -lip);
  painter.setBrush(coat.face);
  if (coat.edge.isValid()) {
    const double half = pxf(1);
    painter.setPen(QPen(coat.edge, 2 * half));
    painter.drawPath(rounded(face.adjusted(half, half, -half, -half), corner));
  } else {
    painter.drawPath(rounded(face, corner));
  }
  return face;
}

}  // namespace

Button::Button(const QString& word, const QString& icon, Kind kind, QWidget* parent)
    : Control(parent), icon_(icon), kind_(kind) {
  design_height_ = forTeacher() ? 48 : size::kTouch;
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  setText(word);
  setAccessibleName(word);
}

void Button::setWord(const QString& word) {
  setText(word);
  setAccessibleName(word);
  updateGeometry();
  update();
}

void Button::setIconName(const QString& icon) {
  icon_ = icon;
  updateGeometry();
  update();
}

void Button::setIconPlace(IconPlace place) {
  place_ = place;
  update();
}

void Button::setKind(Kind kind) {
  kind_ = kind;
  update();
}

void Button::setWordOptional(bool on) {
  word_optional_ = on;
  updateGeometry();
  update();
}

void Button::setDesignHeight(int design_px) {
  design_height_ = design_px;
  updateGeometry();
}

bool Button::forTeacher() const {
  return kind_ == Kind::kTeacher || kind_ == Kind::kTeacherPrimary;
}

Button::Set Button::wide() const {
  if (forTeacher()) return {teacherFont(type::kTeacher, QFont::DemiBold), px(18), px(8)};
  const bool low = design_height_ < size::kTouch;
  return {headingFont(low ? 24 : type::kButton), px(low ? 26 : 34), px(kIconGap)};
}

Button::Set Button::narrow() const {
  if (forTeacher()) return {teacherFont(type::kTeacherNote, QFont::DemiBold), px(10), px(6)};
  return {headingFont(kLeastWord), px(kLeastPadding), px(kLeastGap)};
}

int Button::iconSide() const { return px(forTeacher() ? 20 : 30); }

int Button::widthOf(const Set& set, bool word) const {
  const bool words = word && !text().isEmpty();
  const int icon = icon_.isEmpty() ? 0 : iconSide() + (words ? set.gap : 0);
  const int needed = words ? QFontMetrics(set.font).horizontalAdvance(text()) : 0;
  return 2 * set.padding + icon + needed + px(2);
}

bool Button::wordShown() const { return !word_optional_ || width() >= widthOf(narrow()); }

QSize Button::sizeHint() const { return {widthOf(wide()), px(design_height_)}; }
QSize Button::minimumSizeHint() const {
  if (word_optional_) return {px(size::kTouch), px(design_height_)};
  return {std::min(widthOf(wide()), widthOf(narrow())), px(design_height_)};
}

bool Button::textFits() const { return width() >= minimumSizeHint().width(); }

double Button::corner() const { return pxf(forTeacher() ? radius::kSmall : radius::kFull); }

void Button::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  Coat coat = coatOf(kind_);
  if (!isEnabled()) coat = faded(coat);
  const QRectF face = paintFace(painter, QRectF(rect()), coat, isDown(), corner());
  const Set set = width() >= widthOf(wide()) ? wide() : narrow();
  painter.setFont(set.font);
  const QFontMetricsF metrics(set.font);
  const double side = icon_.isEmpty() ? 0 : iconSide();
  const double gap = icon_.isEmpty() || text().isEmpty() || !wordShown() ? 0 : set.gap;
  const double room = face.width() - pxf(16) - side - gap;
  const QString shown = wordShown() ? metrics.elidedText(text(), Qt::ElideRight, room) : QString();
  const double word_width = metrics.horizontalAdvance(shown);
  const double left = face.center().x() - (side + gap + word_width) / 2;
  const bool icon_first = (place_ == IconPlace::kBefore) == (layoutDirection() == Qt::LeftToRight);
  const double icon_x = icon_first ? left : left + word_width + gap;
  const double word_x = icon_first ? left + side + gap : left;
  if (!icon_.isEmpty()) {
    paintIcon(painter, icon_, QRectF(icon_x, face.center().y() - side / 2, side, side), coat.word);
  }
  painter.setPen(coat.word);
  painter.drawText(QRectF(word_x, face.top(), word_width + 2, face.height()), besideFlags(false),
                   shown);
}

RoundButton::RoundButton(const QString& icon, const QString& name, QWidget* parent)
    : Control(parent), icon_(icon) {
  setAccessibleName(name);
}

void RoundButton::setIconName(const QString& icon) {
  icon_ = icon;
  update();
}

QSize RoundButton::sizeHint() const { return {px(size::kTouch), px(size::kTouch)}; }

double RoundButton::corner() const { return pxf(radius::kFull); }

void RoundButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  Coat coat = coatOf(Button::Kind::kSecondary);
  if (!isEnabled()) coat = faded(coat);
  const QRectF face = paintFace(painter, QRectF(rect()), coat, isDown(), corner());
  const double side = pxf(31);
  QRectF place(0, 0, side, side);
  place.moveCenter(face.center());
  paintIcon(painter, icon_, place, coat.word);
}

}  // namespace primer::ui
