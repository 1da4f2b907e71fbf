#pragma once

// A number line and a flag: drag it, tap where it belongs, press the arrows of the keyboard, or the
// two buttons. It stands on steps only, so that nobody misses by a hair.

#include "quiz/answer_board.h"

namespace primer::ui {

class RoundButton;

class LineBoard : public AnswerBoard {
  Q_OBJECT
 public:
  explicit LineBoard(QWidget* parent);

  void setQuestion(const app::ItemView& item) override;
  app::QuizReply reply() const override;
  void takeUp(const app::QuizReply& reply) override;
  bool answered() const override { return moved_; }
  void showJudgement(const app::JudgementView& judgement) override;
  bool takeKey(int key, const QString& text) override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

  QPointF placeOf(int step) const;  // on the line, in this widget's coordinates

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void put(int step);
  void putAt(const QPointF& where);
  int steps() const { return (quiz_.high - quiz_.low) * quiz_.parts; }
  void paintFlag(QPainter& painter) const;

  app::QuizView quiz_;
  int at_ = 0;
  bool moved_ = false;
  bool over_ = false;
  bool right_ = false;
  RoundButton* back_;
  RoundButton* on_;
};

}  // namespace primer::ui
