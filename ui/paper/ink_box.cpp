#include "paper/ink_box.h"

#include <QCoreApplication>
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>

#include "paper/ink_paint.h"
#include "paper/stroke_ahead.h"
#include "theme/metrics.h"
#include "theme/tokens.h"

namespace primer::ui {
namespace {

constexpr int kReach = 24;             // design pixels outside the box that still belong to it
constexpr size_t kMostStrokes = 200;   // far more than any answer; bounds the memory of an elbow
constexpr size_t kMostPoints = 20000;  // on the glass
constexpr size_t kMostUndo = 64;
constexpr double kEraser = 16;  // how far it reaches, in design pixels
constexpr int kAheadMs = 24;    // without an event for so long the pen stands

size_t pointsOf(const Ink& ink) {
  size_t count = 0;
  for (const Stroke& stroke : ink.strokes) count += stroke.size();
  return count;
}

}  // namespace

InkBox::InkBox(QWidget* parent) : QWidget(parent) {
  setAttribute(Qt::WA_AcceptTouchEvents);
  setAttribute(Qt::WA_TabletTracking);
  setAttribute(Qt::WA_StaticContents);
  setCursor(Qt::CrossCursor);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(tr("Paper to write on"));
  pause_.setSingleShot(true);
  pause_.setInterval(time::kQuietPauseMs);
  connect(&pause_, &QTimer::timeout, this, &InkBox::paused);
  ahead_over_.setSingleShot(true);
  ahead_over_.setInterval(kAheadMs);
  ahead_over_.setTimerType(Qt::PreciseTimer);
  connect(&ahead_over_, &QTimer::timeout, this, &InkBox::forgetAhead);
  QCoreApplication::instance()->installEventFilter(this);  // for a pen that comes near or leaves
}

InkBox::~InkBox() = default;

QSize InkBox::minimumSizeHint() const { return {px(160), px(120)}; }

void InkBox::setInk(const Ink& ink) {
  abandon();
  ink_ = ink;
  before_.clear();
  after_.clear();
  pause_.stop();
  renderAll();
}

void InkBox::startAfresh() {
  setInk({});
  describe({});
}

void InkBox::undo() {
  if (before_.empty()) return;
  abandon();
  after_.push_back(std::move(ink_));
  ink_ = std::move(before_.back());
  before_.pop_back();
  renderAll();
  changed();
}

void InkBox::redo() {
  if (after_.empty()) return;
  abandon();
  before_.push_back(std::move(ink_));
  ink_ = std::move(after_.back());
  after_.pop_back();
  renderAll();
  changed();
}

void InkBox::rubOut() {
  abandon();
  if (ink_.empty()) return;
  before_.push_back(std::move(ink_));
  after_.clear();
  ink_ = {};
  renderAll();
  changed();
}

void InkBox::removeStrokes(const std::vector<std::size_t>& strokes) {
  abandon();
  Ink left;
  for (std::size_t i = 0; i < ink_.strokes.size(); ++i) {
    if (std::binary_search(strokes.begin(), strokes.end(), i)) continue;
    left.strokes.push_back(ink_.strokes[i]);
  }
  if (left.strokes.size() == ink_.strokes.size()) return;
  before_.push_back(std::move(ink_));
  after_.clear();
  ink_ = std::move(left);
  renderAll();
  changed();
}

void InkBox::setErasing(bool on) {
  finish();
  erasing_ = on;
}

void InkBox::setOffset(double design_px) {
  finish();
  offset_ = design_px;
  renderAll();
}

void InkBox::eraseAt(const QPointF& at) {
  const QPointF centre = at / scale() + QPointF(0, offset_);
  const auto near = [&centre](const Stroke& stroke) {
    for (std::size_t i = 0; i < stroke.size(); ++i) {
      // The nearest point of the segment from the point before.
      const QPointF b(double(stroke[i].x), double(stroke[i].y));
      const QPointF a = i == 0 ? b : QPointF(double(stroke[i - 1].x), double(stroke[i - 1].y));
      const QPointF way = b - a;
      const double length = QPointF::dotProduct(way, way);
      const double t =
          length > 0 ? std::clamp(QPointF::dotProduct(centre - a, way) / length, 0.0, 1.0) : 0;
      const QPointF off = centre - (a + way * t);
      if (QPointF::dotProduct(off, off) < kEraser * kEraser) return true;
    }
    return false;
  };
  const auto gone = std::remove_if(ink_.strokes.begin(), ink_.strokes.end(), near);
  if (gone == ink_.strokes.end()) return;
  ink_.strokes.erase(gone, ink_.strokes.end());
  renderAll();
}

void InkBox::setWritable(bool on) {
  writable_ = on;
  setCursor(on ? Qt::CrossCursor : Qt::ArrowCursor);
  if (!on) {
    finish();
    pause_.stop();
  }
}

void InkBox::describe(const QString& spoken) { setAccessibleDescription(spoken); }

void InkBox::changed() {
  emit inkChanged();
  if (ink_.empty()) {
    pause_.stop();
  } else {
    pause_.start();
  }
}

QPointF InkBox::onScreen(const InkPoint& point) const {
  return onScreen(QPointF(double(point.x), double(point.y)));
}

QPointF InkBox::onScreen(const QPointF& paper) const {
  return (paper - QPointF(0, offset_)) * scale();
}

std::pair<QPointF, double> InkBox::lie() const { return {mapToGlobal(QPointF()), scale()}; }

bool InkBox::within(const QPointF& at) const {
  const int reach = px(kReach);
  return QRectF(rect()).adjusted(-reach, -reach, reach, reach).contains(at);
}

bool InkBox::full() const {
  return ink_.strokes.size() >= kMostStrokes || pointsOf(ink_) >= kMostPoints;
}

void InkBox::begin(Source source, const QPointF& at, double pressure) {
  if (!writable_ || !within(at) || full()) return;
  if (source_ == Source::kNone) {
    before_.push_back(ink_);
    if (before_.size() > kMostUndo) before_.erase(before_.begin());
    after_.clear();
    if (ink_.empty()) clock_.start();
  }
  source_ = source;
  in_stroke_ = true;
  forgetAhead();
  pause_.stop();
  if (erasing_) {
    eraseAt(at);
    return;
  }
  ink_.strokes.emplace_back();
  addPoint(at, pressure);
  update(QRectF(at, QSizeF()).adjusted(-px(8), -px(8), px(8), px(8)).toAlignedRect());
  emit strokeBegun();
}

void InkBox::addPoint(const QPointF& at, double pressure) {
  lie_ = lie();
  const double unit = 1 / scale();
  ink_.strokes.back().push_back({float(at.x() * unit), float(at.y() * unit + offset_),
                                 float(clock_.isValid() ? clock_.elapsed() : 0), float(pressure)});
}

void InkBox::extend(const QPointF& at, double pressure) {
  if (source_ == Source::kNone) return;
  if (!within(at)) {
    in_stroke_ = false;
    forgetAhead();
    return;
  }
  if (!in_stroke_ || (!erasing_ && lie() != lie_)) {
    begin(source_, at, pressure);
    return;
  }
  if (erasing_) {
    eraseAt(at);
    return;
  }
  if (pointsOf(ink_) >= kMostPoints) return;
  Stroke& stroke = ink_.strokes.back();
  if (onScreen(stroke.back()) == at) return;
  addPoint(at, pressure);
  const size_t n = stroke.size();
  const QPointF newest = onScreen(stroke[n - 1]);
  const QPointF before = onScreen(stroke[n - 2]);
  QRectF dirty = QRectF(newest, QSizeF()).united(QRectF(before, QSizeF()));
  if (n >= 3) {
    // The curve around the point before is now fixed: it goes into the picture for good.
    const QPointF earlier = onScreen(stroke[n - 3]);
    const QPointF from = n == 3 ? earlier : (earlier + before) / 2;
    QPainter painter(&picture_);
    painter.setRenderHint(QPainter::Antialiasing);
    paintPiece(painter, from, before, (before + newest) / 2,
               penWidth(double(stroke[n - 2].pressure)) * scale(), colour::kPen);
    dirty = dirty.united(QRectF(earlier, QSizeF()));
  }
  const int margin = px(8) + 2;
  update(dirty.normalized().adjusted(-margin, -margin, margin, margin).toAlignedRect());
  lookAhead();
}

void InkBox::lookAhead() {
  forgetAhead();
  ahead_ = aheadOf(ink_.strokes.back());
  if (!ahead_) return;
  ahead_over_.start();
  const int margin = px(8) + 2;
  update(QRectF(onScreen(ink_.strokes.back().back()), onScreen(*ahead_))
             .normalized()
             .adjusted(-margin, -margin, margin, margin)
             .toAlignedRect());
}

void InkBox::forgetAhead() {
  ahead_over_.stop();
  if (!ahead_) return;
  const int reach = px(kMostAhead + 8) + 2;
  update(
      QRectF(onScreen(*ahead_), QSizeF()).adjusted(-reach, -reach, reach, reach).toAlignedRect());
  ahead_.reset();
}

void InkBox::finish() {
  if (source_ == Source::kNone) return;
  source_ = Source::kNone;
  in_stroke_ = false;
  finger_ = -1;
  forgetAhead();
  if (erasing_ && !before_.empty() && before_.back() == ink_) {  // nothing was rubbed out
    before_.pop_back();
    return;
  }
  renderAll();
  changed();
}

// Forgets the stroke that is being written: it was a palm, or the ink is about to be replaced.
void InkBox::abandon() {
  if (source_ == Source::kNone) return;
  source_ = Source::kNone;
  in_stroke_ = false;
  finger_ = -1;
  forgetAhead();
  ink_ = std::move(before_.back());
  before_.pop_back();
  renderAll();
  if (!ink_.empty()) pause_.start();
}

void InkBox::renderAll() {
  const double ratio = devicePixelRatioF();
  picture_ = QPixmap((QSizeF(size()) * ratio).toSize().expandedTo({1, 1}));
  picture_.setDevicePixelRatio(ratio);
  picture_.fill(Qt::transparent);
  QPainter painter(&picture_);
  painter.setRenderHint(QPainter::Antialiasing);
  for (const Stroke& stroke : ink_.strokes) {
    paintStroke(painter, stroke, scale(), {0, -offset_ * scale()}, colour::kPen);
  }
  painter.end();
  update();
}

void InkBox::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.setClipRect(event->rect());
  painter.drawPixmap(0, 0, picture_);
  if (source_ == Source::kNone || erasing_ || ink_.strokes.empty()) return;
  // The end of the stroke that is being written, which the next point may still bend.
  const Stroke& stroke = ink_.strokes.back();
  painter.setRenderHint(QPainter::Antialiasing);
  if (stroke.size() == 1) {
    paintStroke(painter, stroke, scale(), {0, -offset_ * scale()}, colour::kPen);
    return;
  }
  const QPointF newest = onScreen(stroke.back());
  const QPointF before = onScreen(stroke[stroke.size() - 2]);
  const QPointF from = stroke.size() == 2 ? before : (before + newest) / 2;
  paintPiece(painter, from, newest, ahead_ ? onScreen(*ahead_) : newest,
             penWidth(double(stroke.back().pressure)) * scale(), colour::kPen);
}

void InkBox::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  renderAll();
}

void InkBox::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange) renderAll();
}

}  // namespace primer::ui
