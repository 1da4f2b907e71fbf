#pragma once

// The teacher's pages, behind the PIN: the class, one pupil's answers with their ink, the tablet.
// First what to do, then the evidence.

#include "pages/page.h"

class QStackedWidget;
class QVBoxLayout;

namespace primer::ui {

class Card;
class EmptyState;
class PictureBadge;
class Sidebar;
class Table;
class TextLabel;

class TeacherPage : public Page {
  Q_OBJECT
 public:
  explicit TeacherPage(QWidget* parent = nullptr);

  void showClass(const app::ClassView& view);
  void showPupil(const app::PupilView& view);
  void showProblems(const QList<app::Problem>& problems);
  // Of what a pupil kept: whether it is being played.
  void showPlaying(bool playing);
  void openClass();  // turns to the class

  const Table* classTable() const { return class_table_; }
  const Table* answerTable() const { return answer_table_; }

 signals:
  void pupilPressed(const primer::LearnerId& learner);
  void classWanted();
  void lockPressed();
  void soundPressed(int sound);  // app::AnswerRow::sound
  void stopPlayingWanted();

 private:
  enum Section { kClass, kPupil, kTablet };

  QWidget* makeClass();
  QWidget* makePupil();
  QWidget* makeTablet();
  void fillNotices(QVBoxLayout* column, const QList<app::Problem>& problems, bool with_detail);

  app::ClassView class_;
  QList<app::AnswerRow> answers_;  // with ink and sound, as they stand in the table
  int playing_row_ = -1;           // of the answers, that is or will be played
  bool playing_ = false;
  Sidebar* sidebar_;
  QStackedWidget* places_;

  TextLabel* class_title_;
  TextLabel* class_summary_;
  QVBoxLayout* class_notices_;
  Table* class_table_;

  PictureBadge* pupil_picture_;
  TextLabel* pupil_name_;
  TextLabel* pupil_summary_;
  Table* answer_table_;
  EmptyState* no_answers_;
  TextLabel* older_;

  QVBoxLayout* tablet_notices_;
};

}  // namespace primer::ui
