#pragma once

// A first visit's way over the water: a stone for each step, and the pupil's picture on the one
// that is reached. Says how far it is, never how well it went.

#include <QRectF>
#include <QVariantAnimation>
#include <QWidget>

class QPainter;

namespace primer::ui {

// The water and its stones alone, over the width of `where`, their middle at its lower third, with
// the picture on the stone `at` (a share of a step counts). `passed` stones bear moss.
void paintSteppingStones(QPainter& painter, const QRectF& where, int stones, int passed,
                         const QString& picture, double at, double leap);

class SteppingStones : public QWidget {
  Q_OBJECT
 public:
  explicit SteppingStones(QWidget* parent = nullptr);

  void setPicture(const QString& picture);
  // `step` from 1; the picture hops there.
  void setStep(int step, int of);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QString picture_;
  int step_ = 1;
  int of_ = 12;
  double from_ = 1;
  QVariantAnimation hop_;
};

}  // namespace primer::ui
