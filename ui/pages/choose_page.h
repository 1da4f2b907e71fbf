#pragma once

// Free choice: everything that is open to this pupil, each with its flower as far as it has grown,
// under the names of the lessons.

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
  QString group() const { return choice_.group; }
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
  QString spoken() const;

  RoundButton* voice_;
  Canvas* field_;
  QGridLayout* grid_;
  std::vector<SkillTile*> tiles_;
  std::vector<TextLabel*> groups_;  // one before each tile that begins a lesson
};

}  // namespace primer::ui
