#pragma once

// Signs that say how it stands. Each has a shape of its own; colour only helps.

#include <QWidget>

#include "primer/app/values.h"

namespace primer::ui {

// Beside a line of work: a tick, a gentle wave, a question mark; a hollow tick where it is right by
// a way round, a dot where it follows from a line that is not, a flag where the teacher will look.
class MarkBadge : public QWidget {
  Q_OBJECT
 public:
  enum class Mark { kNone, kRight, kNotYet, kCannotRead, kDetour, kFollows, kKept };

  explicit MarkBadge(Mark mark = Mark::kNone, int design_side = 54, QWidget* parent = nullptr);

  void setMark(Mark mark);
  Mark mark() const { return mark_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

  static void paint(QPainter& painter, const QRectF& where, Mark mark);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  Mark mark_;
  int design_side_;
};

// A row of dots: done, done with another try, now, still to come.
class ProgressDots : public QWidget {
  Q_OBJECT
 public:
  explicit ProgressDots(QWidget* parent = nullptr);

  void setSteps(const QList<app::Step>& steps);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QList<app::Step> steps_;
};

}  // namespace primer::ui
