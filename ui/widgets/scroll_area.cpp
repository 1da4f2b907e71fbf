#include "widgets/scroll_area.h"

#include <QEvent>
#include <QLinearGradient>
#include <QPainter>
#include <QScrollBar>
#include <QScroller>
#include <QScrollerProperties>
#include <algorithm>

#include "theme/metrics.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

// Shows, does not act: the contents themselves are dragged.
class SlimBar : public QWidget {
 public:
  using QWidget::QWidget;

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor shade = colour::kInk2;
    shade.setAlphaF(0.35F);
    painter.setBrush(shade);
    painter.drawRoundedRect(rect(), width() / 2.0, width() / 2.0);
  }
};

constexpr int kFade = 56;  // design pixels

class Fade : public QWidget {
 public:
  Fade(const QColor& ground, QWidget* parent) : QWidget(parent), ground_(ground) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    QColor clear = ground_;
    clear.setAlphaF(0);
    QLinearGradient gradient(0, 0, 0, height());
    gradient.setColorAt(0, clear);
    gradient.setColorAt(0.7, ground_);
    painter.fillRect(rect(), gradient);
  }

 private:
  QColor ground_;
};

}  // namespace

void ScrollArea::setFade(const QColor& ground) {
  delete fade_;
  fade_ = ground.isValid() ? new Fade(ground, this) : nullptr;
  placeBar();
}

ScrollArea::ScrollArea(QWidget* parent) : QScrollArea(parent), bar_(new SlimBar(this)) {
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setAutoFillBackground(false);
  setFocusPolicy(Qt::NoFocus);
  bar_->setAttribute(Qt::WA_TransparentForMouseEvents);
  QScroller::grabGesture(viewport(), QScroller::LeftMouseButtonGesture);
  // What is pressed shows it at once; when the press turns out to be a drag, it is taken back.
  QScrollerProperties properties = QScroller::scroller(viewport())->scrollerProperties();
  properties.setScrollMetric(QScrollerProperties::MousePressEventDelay, 0.0);
  QScroller::scroller(viewport())->setScrollerProperties(properties);
  connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ScrollArea::placeBar);
  connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &ScrollArea::placeBar);
}

void ScrollArea::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  placeBar();
}

bool ScrollArea::eventFilter(QObject* watched, QEvent* event) {
  const bool result = QScrollArea::eventFilter(watched, event);
  if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) placeBar();
  return result;
}

void ScrollArea::placeBar() {
  const QScrollBar* scroll = verticalScrollBar();
  const int hidden = scroll->maximum() - scroll->minimum();
  bar_->setVisible(hidden > 0);
  if (fade_ != nullptr) {
    fade_->setVisible(scroll->value() < scroll->maximum());
    fade_->setGeometry(0, height() - px(kFade), width(), px(kFade));
    fade_->raise();
  }
  if (hidden <= 0) return;
  const double whole = hidden + viewport()->height();
  const int length = std::max(px(40), int(height() * viewport()->height() / whole));
  const int top = int((height() - length) * (scroll->value() / double(hidden)));
  const int thick = px(6);
  const int x = layoutDirection() == Qt::LeftToRight ? width() - thick - px(3) : px(3);
  bar_->setGeometry(x, top, thick, length);
  bar_->raise();
}

}  // namespace primer::ui
