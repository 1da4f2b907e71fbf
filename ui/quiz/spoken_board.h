#pragma once

// An answer that is said. What was heard is shown before it is checked, so nobody is blamed for
// what the tablet heard; where nothing can be heard, or twice not surely, the answers stand there
// to be tapped instead.

#include "primer/app/heard.h"
#include "quiz/answer_board.h"

namespace primer::ui {

class Button;
class OptionTile;
class SoundWave;
class TalkButton;
class TextLabel;
class TileBoard;

class SpokenBoard : public AnswerBoard {
  Q_OBJECT
 public:
  explicit SpokenBoard(QWidget* parent);

  void setQuestion(const app::ItemView& item) override;
  app::QuizReply reply() const override;
  void takeUp(const app::QuizReply& reply) override;
  bool answered() const override;
  void showJudgement(const app::JudgementView& judgement) override;
  bool takeKey(int key, const QString& text) override;

  void showHeard(const app::HeardNow& heard);  // while it is listened
  void showAnswer(const app::ChosenView& chosen);
  void stopListening();

 signals:
  void listenWanted();  // begin
  void mayEnd();        // it was a tap
  void stopWanted();    // now

 private:
  void say(const QString& words);
  void showTile(int choice);  // -1: none
  void tapInstead(const QString& words);

  app::ItemView item_;
  int heard_ = -1;  // the option that was heard
  int unheard_ = 0;
  bool tapping_ = false;
  bool over_ = false;

  TextLabel* words_;
  QWidget* middle_;
  OptionTile* tile_;  // what was heard
  SoundWave* wave_;
  Button* tap_;  // for who would rather not speak now
  TalkButton* talk_;
  TileBoard* tiles_;
};

}  // namespace primer::ui
