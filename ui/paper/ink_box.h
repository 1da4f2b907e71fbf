#pragma once

// The place that is written on. Takes a pen, a finger or a mouse and shows the ink within the frame
// in which the event came: a stroke that is being written is added piece by piece to a picture of
// the ink, and only the piece's own rectangle is painted again. The end is drawn where the pen will
// be when the frame is seen (paper/stroke_ahead.h).
//
// While a pen is near the glass, fingers are palms and are ignored. A stroke that leaves the box
// ends there; coming back begins another. So does a window that is resized or turned under the pen:
// no line is drawn that nobody wrote.

#include <QElapsedTimer>
#include <QPixmap>
#include <QTimer>
#include <QWidget>
#include <optional>
#include <utility>
#include <vector>

#include "primer/base/ink.h"

class QEventPoint;
class QTouchEvent;

namespace primer::ui {

class InkBox : public QWidget {
  Q_OBJECT
 public:
  explicit InkBox(QWidget* parent = nullptr);
  ~InkBox() override;

  // The ink so far, in design pixels from the top left corner of the box.
  const Ink& ink() const { return ink_; }
  bool isWriting() const { return source_ != Source::kNone; }

  void setInk(const Ink& ink);  // shows it; nothing to undo afterwards
  void startAfresh();           // empty, and nothing to undo

  bool canUndo() const { return !before_.empty(); }
  bool canRedo() const { return !after_.empty(); }
  void undo();
  void redo();
  void rubOut();  // everything; can be undone
  // Takes strokes away, as one step that can be undone. Indices into ink().strokes, ascending.
  void removeStrokes(const std::vector<std::size_t>& strokes);

  // Rubs out whole strokes where the pen goes, instead of writing. One drag is one step to undo.
  void setErasing(bool on);
  bool erasing() const { return erasing_; }

  // A paper longer than the box: its upper edge stands so many design pixels down the paper.
  void setOffset(double design_px);
  double offset() const { return offset_; }

  void setWritable(bool on);
  // What a screen reader says about the ink: "You wrote 42".
  void describe(const QString& spoken);

  QSize minimumSizeHint() const override;

 signals:
  void strokeBegun();
  void inkChanged();
  // The pen has been up for time::kQuietPauseMs since the ink last changed.
  void paused();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void tabletEvent(QTabletEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  enum class Source { kNone, kPen, kFinger, kMouse };

  void begin(Source source, const QPointF& at, double pressure);
  void extend(const QPointF& at, double pressure);
  void finish();
  void abandon();
  bool touchEvent(QTouchEvent* event);
  void followFinger(const QEventPoint& point);
  bool within(const QPointF& at) const;
  bool full() const;
  void addPoint(const QPointF& at, double pressure);
  void eraseAt(const QPointF& at);
  void renderAll();
  void changed();
  QPointF onScreen(const InkPoint& point) const;
  QPointF onScreen(const QPointF& paper) const;
  void lookAhead();  // after a point of the stroke that is being written
  void forgetAhead();
  // Where the paper lies on the glass: where its corner is, and how large a design pixel.
  std::pair<QPointF, double> lie() const;

  Ink ink_;
  std::vector<Ink> before_;
  std::vector<Ink> after_;
  QPixmap picture_;
  QElapsedTimer clock_;
  QTimer pause_;
  std::optional<QPointF> ahead_;    // on the paper, in design pixels
  QTimer ahead_over_;               // a pen that stands sends no events
  std::pair<QPointF, double> lie_;  // at the last point
  Source source_ = Source::kNone;
  bool in_stroke_ = false;  // false while the pen is down, but outside the box
  int finger_ = -1;
  bool pen_near_ = false;
  bool writable_ = true;
  bool erasing_ = false;
  double offset_ = 0;
};

}  // namespace primer::ui
