#pragma once

// The first start: the teacher makes a class. One question at a time, with keys on the screen.

#include <array>

#include "pages/page.h"

class QStackedLayout;

namespace primer::ui {

class Button;
class LetterKeys;
class NumberPad;
class PinDots;
class ProgressDots;
class Stepper;
class TextLabel;

class SetUpPage : public Page {
  Q_OBJECT
 public:
  explicit SetUpPage(QWidget* parent = nullptr);

  void showFaults(const app::ClassSetUpFaults& faults);
  // Which question is asked: 0 name, 1 PIN, 2 PIN again, 3 how many.
  int step() const { return step_; }

 signals:
  void ready(const primer::app::ClassSetUp& set_up);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void paintGround(QPainter& painter) override;

 private:
  enum Step { kName, kPin, kPinAgain, kPupils, kSteps };

  void goTo(int step);
  void goOn();
  void back();
  void refresh();
  void addDigit(int digit);
  void rubOut();
  QString& pinNow();
  void setMessage(const QString& text, bool fault);

  int step_ = kName;
  bool waiting_ = false;
  app::ClassSetUp set_up_;

  ProgressDots* progress_;
  TextLabel* title_;
  TextLabel* message_;
  TextLabel* name_;
  PinDots* dots_;
  Stepper* pupils_;
  QWidget* pictures_;
  LetterKeys* letters_;
  NumberPad* pad_;
  Button* back_;
  Button* next_;
};

}  // namespace primer::ui
