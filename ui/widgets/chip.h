#pragma once

// One of a few answers that is a tap away: "1 or 7?".

#include "widgets/control.h"

namespace primer::ui {

class Chip : public Control {
  Q_OBJECT
 public:
  explicit Chip(const QString& word, QWidget* parent = nullptr);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  double corner() const override;
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace primer::ui
