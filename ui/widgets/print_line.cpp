#include "widgets/print_line.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/tokens.h"
#include "theme/typeface.h"

namespace primer::ui {
namespace {

constexpr int kType = 56;
constexpr int kRoomAround = 14;  // on both sides of a ringed symbol
constexpr int kHeight = 88;

int advance(const PrintedSymbol& symbol) {
  const int width = QFontMetrics(readingFont(kType)).horizontalAdvance(symbol.symbol);
  return symbol.doubtful ? std::max(width + 2 * px(kRoomAround), px(size::kTouchInCard)) : width;
}

}  // namespace

PrintLine::PrintLine(QWidget* parent) : Control(parent) {
  setFocusPolicy(Qt::NoFocus);
  setCursor(Qt::ArrowCursor);
  connect(this, &PrintLine::clicked, this, [this] {
    if (firstDoubtful() >= 0) emit doubtfulTapped(firstDoubtful());
  });
}

void PrintLine::setSymbols(const std::vector<PrintedSymbol>& symbols) {
  symbols_ = symbols;
  chosen_ = -1;
  const bool doubt = firstDoubtful() >= 0;
  setFocusPolicy(doubt ? Qt::StrongFocus : Qt::NoFocus);
  setCursor(doubt ? Qt::PointingHandCursor : Qt::ArrowCursor);
  setAccessibleName(symbols.empty() ? QString() : tr("You wrote %1").arg(text()));
  updateGeometry();
  update();
}

QString PrintLine::text() const {
  QString whole;
  for (const PrintedSymbol& symbol : symbols_) whole += symbol.symbol;
  return whole;
}

void PrintLine::setChosen(int index) {
  chosen_ = index;
  update();
}

int PrintLine::firstDoubtful() const {
  const auto found = std::find_if(symbols_.begin(), symbols_.end(),
                                  [](const PrintedSymbol& symbol) { return symbol.doubtful; });
  return found == symbols_.end() ? -1 : int(found - symbols_.begin());
}

QSize PrintLine::sizeHint() const {
  int width = px(2 * space::kTight);
  for (const PrintedSymbol& symbol : symbols_) width += advance(symbol);
  return {width, px(kHeight)};
}

QRectF PrintLine::placeOf(int index) const {
  double left = px(space::kTight);
  for (int i = 0; i < index; ++i) left += advance(symbols_[size_t(i)]);
  return {left, 0, double(advance(symbols_[size_t(index)])), double(height())};
}

double PrintLine::corner() const { return pxf(radius::kCard); }

void PrintLine::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setFont(readingFont(kType));
  for (int i = 0; i < int(symbols_.size()); ++i) {
    const QRectF place = placeOf(i);
    if (symbols_[size_t(i)].doubtful) {
      const double in = pxf(4);
      const QRectF ring = place.adjusted(in, in, -in, -in);
      if (i == chosen_) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour::kSkySoft);
        painter.drawPath(rounded(ring, pxf(radius::kTile)));
      }
      paintDottedRing(painter, ring, pxf(radius::kTile));
    }
    painter.setPen(colour::kInk);
    painter.drawText(place, Qt::AlignCenter, symbols_[size_t(i)].symbol);
  }
}

void PrintLine::mouseReleaseEvent(QMouseEvent* event) {
  for (int i = 0; i < int(symbols_.size()); ++i) {
    if (symbols_[size_t(i)].doubtful && placeOf(i).contains(event->position())) {
      setDown(false);
      emit doubtfulTapped(i);
      return;
    }
  }
  Control::mouseReleaseEvent(event);
}

}  // namespace primer::ui
