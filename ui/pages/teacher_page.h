#pragma once

// The teacher's pages, behind the PIN: the class, one pupil's answers with their ink, what waits
// for the teacher, what is set, the tablet. First what to do, then the evidence.

#include "pages/page.h"
#include "primer/app/teacher_values.h"

class QVBoxLayout;

namespace primer::ui {

class Card;
class DisputeList;
class PageStack;
class PupilPanel;
class RulesPanel;
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
  const Table* answerTable() const;
  DisputeList* disputes() const { return disputes_; }
  RulesPanel* rules() const { return rules_; }

 signals:
  void pupilPressed(const primer::LearnerId& learner);
  void classWanted();
  void lockPressed();
  void soundPressed(int sound);  // app::AnswerRow::sound
  void stopPlayingWanted();
  void remarked(const primer::LearnerId& pupil, const QString& key, bool right);
  void rulesChosen(const primer::app::ClassRules& rules);
  // Of the pupil whose page is shown.
  void renamed(const primer::LearnerId& pupil, const QString& name);
  void pictureChosen(const primer::LearnerId& pupil, const QString& picture);
  void picturesChanged(const primer::LearnerId& pupil, primer::app::PicturesChange change);

 private:
  enum Section { kClass, kPupil, kDisputes, kRules, kTablet };

  QWidget* makeClass();
  QWidget* makePupil();
  QWidget* makeDisputes();
  QWidget* makeRules();
  QWidget* makeTablet();
  void fillNotices(QVBoxLayout* column, const QList<app::Problem>& problems, bool with_detail);

  app::ClassView class_;
  Sidebar* sidebar_;
  PageStack* places_;

  TextLabel* class_title_;
  TextLabel* class_summary_;
  QVBoxLayout* class_notices_;
  Table* class_table_;

  PupilPanel* pupil_;

  TextLabel* disputes_summary_;
  DisputeList* disputes_;
  QVBoxLayout* rules_notices_;
  RulesPanel* rules_;

  QVBoxLayout* tablet_notices_;
};

}  // namespace primer::ui
