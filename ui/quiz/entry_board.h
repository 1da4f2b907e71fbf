#pragma once

// An answer that is typed: a number, with its unit beside it, a few words, or a word to be spelt.
// Keys stand on the screen; a keyboard does as well. A word to be spelt is heard; where there is no
// voice it is looked at for three seconds, covered, and written.

#include <QTimer>

#include "quiz/answer_board.h"

namespace primer::ui {

class LetterKeys;
class RoundButton;

class EntryBoard : public AnswerBoard {
  Q_OBJECT
 public:
  explicit EntryBoard(QWidget* parent);

  void setQuestion(const app::ItemView& item) override;
  app::QuizReply reply() const override;
  void takeUp(const app::QuizReply& reply) override;
  bool answered() const override { return !text_.trimmed().isEmpty(); }
  void showJudgement(const app::JudgementView& judgement) override;
  bool takeKey(int key, const QString& text) override;
  // On a low screen the keys make room for what is said about an answer, until one types on.
  void setKeysAway(bool away);
  void setVoice(bool there);
  QStringList inGaps() const override;

 signals:
  void typingWanted();  // what was typed so far is pressed
  void hearWanted();    // the word to be spelt

 private:
  class Field;
  void showKeys();

  void makeNumberKeys();
  void add(const QString& text);
  void rubOut();
  void show(const QString& text);
  void lookAtWord(bool on);

  bool in_words_ = false;  // letters, not digits
  bool spelt_ = false;
  bool voice_ = false;
  QString word_;
  QTimer looking_;
  bool over_ = false;
  bool keys_away_ = false;
  QString text_;
  RoundButton* hear_;
  Field* field_;
  QWidget* numbers_;
  LetterKeys* letters_;
};

}  // namespace primer::ui
