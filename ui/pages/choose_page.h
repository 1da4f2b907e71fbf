#pragma once

// Free choice: everything that is open to this pupil, each with its flower as far as it has grown.

#include <vector>

#include "pages/page.h"
#include "widgets/control.h"

class QGridLayout;

namespace primer::ui {

class RoundButton;
class TextLabel;

// A skill to be chosen: its flower and its name.
class SkillTile : public Control {
  Q_OBJECT
 public:
  explicit SkillTile(const app::SkillChoice& choice, QWidget* parent = nullptr);

  int skill() const { return choice_.skill; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  double corner() const override;
  bool raised() const override { return true; }
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  app::SkillChoice choice_;
  TextLabel* title_;
};

class ChoosePage : public Page {
  Q_OBJECT
 public:
  explicit ChoosePage(QWidget* parent = nullptr);

  void showSkills(const QList<app::SkillChoice>& skills);
  void setVoice(bool there);  // it says the titles in their order

 signals:
  void skillPressed(int skill);
  void backPressed();
  void readAloudPressed(const QString& text);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrange();

  RoundButton* voice_;
  Canvas* field_;
  QGridLayout* grid_;
  std::vector<SkillTile*> tiles_;
};

}  // namespace primer::ui
