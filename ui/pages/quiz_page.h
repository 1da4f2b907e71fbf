#pragma once

// A question of a quiz: one thing a page. What is asked and where it is answered on one card, what
// is said about it on another below. The page keeps no judgement of its own.

#include "pages/item_page.h"
#include "primer/app/heard.h"

namespace primer::ui {

class AnswerBoard;
class Card;
class EntryBoard;
class ExampleCard;
class GapText;
class LineBoard;
class PlaceBoard;
class SpokenBoard;
class TileBoard;

class QuizPage : public ItemPage {
  Q_OBJECT
 public:
  explicit QuizPage(QWidget* parent = nullptr);

  void showItem(const app::ItemView& item) override;
  void showJudgement(const app::JudgementView& judgement) override;
  void showHint(const app::HintView& hint) override;
  void showExample(const app::ExampleView& example) override;
  void showSkipped() override;
  void comeBack() override;
  void showHeard(const app::HeardNow& heard);
  void showAnswerHeard(const app::ChosenView& chosen);

  TileBoard* tiles() { return tiles_; }
  LineBoard* line() { return line_; }
  PlaceBoard* placing() { return placing_; }  // null before the first such question

 signals:
  void answered(const primer::app::QuizReply& reply);
  // Of an answer that is said: begin; it was a tap; now.
  void listenWanted();
  void mayEnd();
  void stopWanted();

 protected:
  QString aloud() const override;
  void toggleKeys() override {}
  void done() override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void placeBoard(AnswerBoard* board);
  AnswerBoard* boardFor(app::Answering answering);
  void showButtons();
  void typeOn();
  void arrange();
  void arrangeAdvice();  // below the question, or beside a picture

  bool waiting_ = false;      // for the judgement
  bool advice_read_ = false;  // what the card says; the keys may have its room
  AnswerBoard* board_;        // of the question at hand
  Card* question_card_;
  TextLabel* request_;
  GapText* question_;
  TileBoard* tiles_;
  LineBoard* line_;
  EntryBoard* entry_ = nullptr;
  SpokenBoard* spoken_ = nullptr;
  PlaceBoard* placing_ = nullptr;
  ExampleCard* example_;
};

}  // namespace primer::ui
