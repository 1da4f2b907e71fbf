#pragma once

// A place on a picture that takes a thing: a dotted box, the title of a place for many, or nothing
// to be seen where the picture shows it by itself. It lights when it would take what is dragged.

#include "widgets/control.h"

namespace primer::ui {

class PlaceSpot : public Control, public TextFitting {
  Q_OBJECT
 public:
  enum class Look { kBox, kTitle, kUnseen };

  PlaceSpot(const QString& name, QWidget* parent);

  // `title` is shown by Look::kTitle.
  void setLook(Look look, const QString& title = {});
  void setLit(bool on);
  bool textFits() const override;

  Control* litNext() const override { return lit_next_; }
  void setLitNext(Control* next) { lit_next_ = next; }

 signals:
  void arrowPressed(int key);
  void backPressed();

 protected:
  double corner() const override;
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  Look look_ = Look::kBox;
  QString title_;
  bool lit_ = false;
  Control* lit_next_ = nullptr;
};

}  // namespace primer::ui
