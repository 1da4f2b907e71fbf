#pragma once

// "Who is learning now?": the pictures of a class, big, and nothing that has to be read.

#include <vector>

#include "pages/page.h"

class QGridLayout;

namespace primer::ui {

class Button;
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

 signals:
  void pupilPressed(const primer::LearnerId& learner);
  void teacherPressed();
  void classPressed(const primer::ClassId& next);
  void readAloudPressed(const QString& text);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrange();

  app::LogInGrid grid_;
  std::vector<PictureTile*> tiles_;
  TextLabel* class_label_;
  Button* class_button_;
  RoundButton* voice_;
  Canvas* field_;
  QGridLayout* tiles_layout_;
};

}  // namespace primer::ui
