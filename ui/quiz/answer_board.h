#pragma once

// Where a question of a quiz is answered. One class for every way of doing it; each is worked by
// finger, by keyboard and by one switch, and its parts are no smaller than a finger.

#include <QWidget>

#include "primer/app/values.h"

namespace primer::ui {

class AnswerBoard : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;

  virtual void setQuestion(const app::ItemView& item) = 0;
  virtual app::QuizReply reply() const = 0;
  // An answer that was begun and left. After setQuestion(); what does not fit it is passed over.
  virtual void takeUp(const app::QuizReply& reply) = 0;
  virtual bool answered() const = 0;  // there is something to be checked
  // What fits stays, what does not is marked and laid back; where the item is over, the solution.
  virtual void showJudgement(const app::JudgementView& judgement) = 0;
  // Where everything belongs, to be done after it: the last rung of the help. After
  // showJudgement().
  virtual void showHow(const app::QuizReply&) {}
  // A key of the keyboard; false: not for this board.
  virtual bool takeKey(int key, const QString& text) = 0;
  // What stands in the question's gaps so far; empty texts for those that wait.
  virtual QStringList inGaps() const { return {}; }

 signals:
  void changed();
};

}  // namespace primer::ui
