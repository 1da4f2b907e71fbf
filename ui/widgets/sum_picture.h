#pragma once

// A picture of a sum that helps to think about it and does not show its answer: jumps along a
// number line (by way of the next ten) for plus and minus, rows of counters for times and shared
// by.

#include <QWidget>

namespace primer::ui {

struct Sum {
  int left = 0;
  QChar sign;  // + - × ÷
  int right = 0;
};

class SumPicture : public QWidget {
  Q_OBJECT
 public:
  explicit SumPicture(QWidget* parent = nullptr);

  // `solved` shows the answer as well: for when it has been found.
  void setSum(const Sum& sum, bool solved = false);
  // Whether there is a picture for such a sum: two whole numbers of a size that can be drawn.
  static bool canShow(const Sum& sum);

  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintNumberLine(QPainter& painter, const QRectF& where) const;
  void paintCounters(QPainter& painter, const QRectF& where) const;

  Sum sum_;
  bool solved_ = false;
};

}  // namespace primer::ui
