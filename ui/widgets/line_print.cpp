#include "widgets/line_print.h"

#include <QPainter>

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"
#include "widgets/maths_print.h"

namespace primer::ui {
namespace {

constexpr int kType = 32;
constexpr int kInside = 14;

}  // namespace

LinePrint::LinePrint(QWidget* parent) : Control(parent) {}

void LinePrint::setLine(const QString& text, bool doubtful, bool asks) {
  setText(text);
  doubtful_ = doubtful;
  setFocusPolicy(asks ? Qt::StrongFocus : Qt::NoFocus);
  setCursor(asks ? Qt::PointingHandCursor : Qt::ArrowCursor);
  setAttribute(Qt::WA_TransparentForMouseEvents, !asks);
  setAccessibleName(text.isEmpty() ? tr("I cannot read this yet")
                    : doubtful     ? tr("Did you write %1?").arg(text)
                                   : tr("You wrote %1").arg(text));
  update();
}

void LinePrint::setChosen(bool on) {
  chosen_ = on;
  update();
}

QSize LinePrint::sizeHint() const { return {px(240), px(size::kTouchInCard)}; }

double LinePrint::corner() const { return pxf(radius::kCard); }

void LinePrint::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const double in = pxf(4);
  const QRectF room(rect());
  const double inside = pxf(kInside);
  const QFont font = readingFont(kType);
  const QString shown = text().isEmpty() ? QStringLiteral("?") : text();
  const double width = std::min(room.width(), mathsSize(shown, font).width + 2 * inside);
  const QRectF ring =
      QRectF(room.left(), room.top(), width, room.height()).adjusted(in, in, -in, -in);
  if (chosen_ || isDown()) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour::kSkySoft);
    painter.drawPath(rounded(ring, corner()));
  }
  if (doubtful_) paintDottedRing(painter, ring, corner());
  paintMathsIn(painter, room.adjusted(inside, in, -inside, -in), shown, font,
               text().isEmpty() ? colour::kSky : colour::kInk2);
}

}  // namespace primer::ui
