#pragma once

// What a teacher sets for a class, each as a question with a few answers to tap. A tap is kept at
// once; it holds from a pupil's next visit on.

#include <QWidget>

#include "primer/app/teacher_values.h"

class QVBoxLayout;

namespace primer::ui {

class ChoiceRow;
class TextLabel;

class RulesPanel : public QWidget {
  Q_OBJECT
 public:
  explicit RulesPanel(QWidget* parent = nullptr);

  void showRules(const app::ClassRules& rules);
  // Who taps which three pictures, for telling a child.
  void showPictures(const QList<app::PupilRow>& pupils);
  const app::ClassRules& rules() const { return rules_; }

 signals:
  void rulesChosen(const primer::app::ClassRules& rules);

 private:
  ChoiceRow* ask(const QString& question, const QString& words);
  void chosen();

  app::ClassRules rules_;
  QVBoxLayout* column_;
  QVBoxLayout* faults_;
  ChoiceRow* session_;
  ChoiceRow* pause_;
  ChoiceRow* judged_;
  ChoiceRow* listening_;
  ChoiceRow* pictures_;
  TextLabel* pictures_list_;
};

// A few answers of which one holds.
class ChoiceRow : public QWidget {
  Q_OBJECT
 public:
  explicit ChoiceRow(QWidget* parent);

  struct Choice {
    QString word;
    double value;
  };
  void setChoices(const QList<Choice>& choices);
  void setValue(double value);
  double value() const { return value_; }

 signals:
  void valueChosen(double value);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrange();

  class Answer;
  QList<Answer*> answers_;
  double value_ = 0;
  int columns_ = 0;
};

}  // namespace primer::ui
