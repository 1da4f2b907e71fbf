#pragma once

// "Who is learning now?": the pictures of a class, big, and nothing that has to be read.

#include <vector>

#include "pages/page.h"

class QGridLayout;
class QVBoxLayout;

namespace primer::ui {

class Button;
class Card;
class PictureTile;
class RoundButton;
class ScrollArea;
class TextLabel;

class LogInPage : public Page {
  Q_OBJECT
 public:
  explicit LogInPage(QWidget* parent = nullptr);

  void showGrid(const app::LogInGrid& grid);
  void setVoice(bool there);  // without one there is no button for it
  // What keeps everybody from working is said here, kindly; nothing else is.
  void showProblems(const QList<app::Problem>& problems);

 signals:
  void pupilPressed(const primer::LearnerId& learner);
  void guestPressed();
  void tryAgainPressed();
  void teacherPressed();
  void classPressed(const primer::ClassId& next);
  void readAloudPressed(const QString& text);
  void oneSwitchPressed();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrange();
  void makeTrouble(QVBoxLayout* column);

  app::LogInGrid grid_;
  std::vector<PictureTile*> tiles_;
  TextLabel* class_label_;
  Button* class_button_;
  RoundButton* voice_;
  Canvas* field_;
  Card* trouble_;
  TextLabel* trouble_words_;
  Button* guest_;
  QGridLayout* tiles_layout_;
};

}  // namespace primer::ui
