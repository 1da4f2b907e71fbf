#pragma once

// Answers on tiles: choosing one or all that are right, filling the gaps of a sentence, putting
// into order, putting together what belongs together. A tap does it, and another tap takes it back;
// nothing has to be dragged.

#include <vector>

#include "quiz/answer_board.h"

class QGridLayout;

namespace primer::ui {

class OptionTile;

class TileBoard : public AnswerBoard {
  Q_OBJECT
 public:
  explicit TileBoard(QWidget* parent);

  void setQuestion(const app::ItemView& item) override;
  app::QuizReply reply() const override;
  void takeUp(const app::QuizReply& reply) override;
  bool answered() const override;
  void showJudgement(const app::JudgementView& judgement) override;
  bool takeKey(int key, const QString& text) override;
  QStringList inGaps() const override;

 protected:
  bool event(QEvent* event) override;

 private:
  struct Tile {
    OptionTile* tile;
    int id;
    bool partner;
  };

  bool chooses() const;
  bool choosesOne() const {  // also what was to be said, where nothing can be heard
    return quiz_.answering == app::Answering::kChooseOne || quiz_.answering == app::Answering::kSay;
  }
  bool matches() const { return quiz_.answering == app::Answering::kMatch; }
  void makeTiles();
  void tap(const Tile& tapped);
  void tapChoice(const Tile& tapped);
  void tapPlace(int id);
  void tapPair(const Tile& tapped);
  void showTiles();
  void alignWords();  // one size of words for all tiles
  OptionTile* tileOf(int id, bool partner) const;

  app::QuizView quiz_;
  QGridLayout* grid_;
  std::vector<Tile> tiles_;
  std::vector<int> chosen_;     // of a choice
  std::vector<int> put_aside_;  // options that were tried and do not fit
  // Of gaps and of an order: per place the option; of a match: per option the partner. -1: none.
  std::vector<int> places_;
  int waiting_ = -1;  // of a match: tapped, and still without its other half
  bool waiting_partner_ = false;
  bool over_ = false;
};

}  // namespace primer::ui
