#pragma once

// What places and things on a picture have in common: arrows go from one to the next, Escape lays
// back what is in hand, and one switch is led from a thing to the places that take it.

#include "widgets/control.h"

namespace primer::ui {

class PlacePart : public Control {
  Q_OBJECT
 public:
  using Control::Control;

  Control* litNext() const override { return lit_next_; }
  void setLitNext(Control* next) { lit_next_ = next; }

 signals:
  void arrowPressed(int key);
  void backPressed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  Control* lit_next_ = nullptr;
};

}  // namespace primer::ui
