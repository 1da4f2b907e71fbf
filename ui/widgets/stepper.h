#pragma once

// A whole number with a round button on either side.

#include "widgets/button.h"

namespace primer::ui {

class Stepper : public QWidget {
  Q_OBJECT
 public:
  Stepper(int least, int most, int value, QWidget* parent = nullptr);

  int value() const { return value_; }
  void setValue(int value);

 signals:
  void valueChanged(int value);

 private:
  class Figure;
  int least_;
  int most_;
  int value_ = 0;
  RoundButton* fewer_;
  RoundButton* more_;
  Figure* figure_;
};

}  // namespace primer::ui
