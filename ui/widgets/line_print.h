#pragma once

// What was read of a line, in print. Doubt has the dotted ring. Tapped, it asks what else the line
// may be.

#include "widgets/control.h"

namespace primer::ui {

class LinePrint : public Control {
  Q_OBJECT
 public:
  explicit LinePrint(QWidget* parent = nullptr);

  // `asks`: something can be said about the line, so that it can be pressed.
  void setLine(const QString& text, bool doubtful, bool asks);
  void setChosen(bool on);  // what it may be is offered at this moment
  bool isDoubtful() const { return doubtful_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  double corner() const override;
  void paintEvent(QPaintEvent* event) override;

 private:
  bool doubtful_ = false;
  bool chosen_ = false;
};

}  // namespace primer::ui
