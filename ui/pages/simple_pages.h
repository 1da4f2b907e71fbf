#pragma once

// Pages with one thing to say or ask.

#include "pages/page.h"

class QVBoxLayout;

namespace primer::ui {

class Button;
class NumberPad;
class PictureBadge;
class PinDots;
class RoundButton;
class TextLabel;

// While the records are opened: the name, and nothing that moves.
class StartingPage : public Page {
  Q_OBJECT
 public:
  explicit StartingPage(QWidget* parent = nullptr);
};

// The records cannot be used: what is wrong, what to do, try again.
class StoppedPage : public Page {
  Q_OBJECT
 public:
  explicit StoppedPage(QWidget* parent = nullptr);

  void showProblems(const QList<app::Problem>& problems);

 signals:
  void tryAgainPressed();

 private:
  TextLabel* title_;
  TextLabel* words_;
  TextLabel* detail_;
};

// "Is it still you?": between two pupils, and after a while without a touch.
class HandOverPage : public Page {
  Q_OBJECT
 public:
  explicit HandOverPage(QWidget* parent = nullptr);

  void showPupil(const app::PupilCard& pupil);

 signals:
  void stillMePressed();
  void handOverPressed();

 private:
  PictureBadge* who_;
  TextLabel* what_;
};

// The reminder of a break, between two items: calm, and put off with one tap.
class BreakPage : public Page {
  Q_OBJECT
 public:
  explicit BreakPage(QWidget* parent = nullptr);

  void showBreak(const app::BreakView& view);
  void setVoice(bool there);  // without one there is no button for it

 signals:
  void backPressed();
  void laterPressed();
  void readAloudPressed(const QString& text);

 protected:
  void paintGround(QPainter& painter) override;

 private:
  TextLabel* title_;
  TextLabel* words_;
  Button* later_;
  RoundButton* voice_;
};

// The teacher's PIN.
class PinPage : public Page {
  Q_OBJECT
 public:
  explicit PinPage(QWidget* parent = nullptr);

  void startAfresh();
  void refuse(const QString& words);
  void setWaiting(bool on);  // while the PIN is looked at

 signals:
  void pinGiven(const QString& pin);
  void backPressed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void showPin(const QString& pin);
  void addDigit(int digit);
  void ready();

  QString pin_;
  bool waiting_ = false;
  PinDots* dots_;
  TextLabel* message_;
  NumberPad* pad_;
};

}  // namespace primer::ui
