#pragma once

// A story to be read aloud. The words follow the reader; where the reader is stuck, the word is
// offered; afterwards what was read is told in words, and a few questions are asked.

#include <QColor>

#include "pages/item_page.h"
#include "primer/app/heard.h"

namespace primer::ui {

class Card;
class IconRound;
class KeepButton;
class PictureBadge;
class ScrollArea;
class SoundWave;
class SpeakingFacts;
class StoryText;
class TalkButton;

class ReadingPage : public ItemPage {
  Q_OBJECT
 public:
  // Without a sound for so long in the middle of a story, the next word is offered.
  static constexpr int kStuckMs = 4000;

  explicit ReadingPage(QWidget* parent = nullptr);

  void showItem(const app::ItemView& item) override;
  void showHeard(const app::HeardNow& heard);
  void showSaid(const app::SaidView& said);
  void showPlaying(bool playing);
  void showKeep(app::KeepState state);
  void showJudgement(const app::JudgementView& judgement) override;
  void showHint(const app::HintView& hint) override;
  void showSkipped() override;
  void comeBack() override;

  StoryText* story() { return story_; }

 signals:
  void listenWanted();
  void mayEnd();
  void stopWanted();
  void playBackWanted(int begins_ms, int ends_ms);
  void stopPlayingWanted();
  void keepWanted();
  void readQuietly();  // by oneself, where nothing can be heard
  // A question was answered; each is one event.
  void questionAnswered(int question, const QString& answer);

 protected:
  QString aloud() const override;
  void toggleKeys() override {}
  void done() override {}
  void resizeEvent(QResizeEvent* event) override;

 private:
  // What stands beside the story: about whom it is by its ground, and a sign where there is room.
  struct Side {
    QColor ground;
    QString sign;  // an icon; empty: none
    QColor ink = {};
    QString picture = {};  // a drawing, in the place of the icon
  };

  void makeSide();
  void tell(const Side& side, const QString& heading, const QString& words,
            const QList<QPair<QString, QString>>& facts = {});
  void showSign();
  void showTrouble(app::ListenTrouble trouble, const app::TroubleWords& words);
  void makeFoot(QLayout* column);
  void beginListening();
  void endListening();
  void tellListening();
  void offer(int word);
  void ask(int question);
  void answer(int choice);
  void showChoices(const QStringList& words);

  app::SaidView said_;
  int offered_ = -1;
  int question_ = -1;  // that is asked now
  int next_question_ = 0;
  bool playing_ = false;
  bool drawn_ = false;   // what stands beside the story has a picture,
  bool signed_ = false;  // or a sign
  int rights_ = 0;       // questions answered rightly

  Card* sheet_;
  ScrollArea* scroll_;
  StoryText* story_;
  Card* side_;
  SpeakingFacts* facts_;
  IconRound* sign_;
  PictureBadge* picture_;
  Button* quietly_;
  Button* hear_word_;
  Button* hear_yourself_;
  Button* to_questions_;
  QBoxLayout* choices_;  // the answers to the question that is asked
  SoundWave* wave_;
  KeepButton* keep_;
  TalkButton* talk_;
};

}  // namespace primer::ui
