#pragma once

// Ink that is only looked at.

#include <QWidget>

#include "primer/base/ink.h"

namespace primer::ui {

class InkView : public QWidget {
  Q_OBJECT
 public:
  explicit InkView(QWidget* parent = nullptr);

  void setInk(const Ink& ink);
  void setMost(double most) { most_ = most; }  // largest magnification
  void setLeading(bool on) { leading_ = on; }  // at the beginning of its line, not in the middle
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  Ink ink_;
  double most_ = 1;
  bool leading_ = false;
};

}  // namespace primer::ui
