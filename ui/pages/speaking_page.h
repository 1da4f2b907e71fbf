#pragma once

// A word or a sentence to be said: listened to, said while the words light up, and shown again with
// each sound under its letters. At most two sounds are worked on; what cannot be judged is told
// kindly, and where the tablet is in doubt it says nothing.

#include "pages/item_page.h"
#include "primer/app/heard.h"

namespace primer::ui {

class Card;
class IconRound;
class KeepButton;
class MouthPicture;
class SoundLetters;
class SoundWave;
class SpeakingFacts;
class TalkButton;

class SpeakingPage : public ItemPage {
  Q_OBJECT
 public:
  explicit SpeakingPage(QWidget* parent = nullptr);

  void showItem(const app::ItemView& item) override;
  void showHeard(const app::HeardNow& heard);
  void showSaid(const app::SaidView& said);
  void showPlaying(bool playing);
  void showKeep(app::KeepState state);
  void showJudgement(const app::JudgementView& judgement) override;
  void showHint(const app::HintView& hint) override;
  void showSkipped() override;
  void comeBack() override;

  SoundLetters* letters() { return letters_; }

 signals:
  void listenWanted();  // begin
  void mayEnd();        // it was a tap
  void stopWanted();    // now
  void playBackWanted(int begins_ms, int ends_ms);
  void stopPlayingWanted();
  void keepWanted();
  void drillWanted(const QString& phone);  // app::SoundDrill

 protected:
  QString aloud() const override;
  void toggleKeys() override {}
  void done() override {}
  void resizeEvent(QResizeEvent* event) override;

 private:
  void makeSentence(QLayout* column);
  void makeCards(QLayout* column);
  void makeFoot(QLayout* column);
  void beginListening();
  void endListening();
  void setHearing(bool on);    // whether the text can be heard: not while the page listens
  void showSound(int number);  // of those to try
  QString toHear() const;      // what "Hear it" says
  void showIdle();
  void showFacts(bool in_compact);
  void showTrouble(app::ListenTrouble trouble, const app::TroubleWords& words);
  void arrange();

  app::SaidView said_;
  int sound_ = 0;  // which of said_.to_try is shown
  int last_clear_ = -1;
  bool playing_ = false;
  bool facts_in_compact_ = false;

  QBoxLayout* cards_;
  Card* sentence_;
  SoundLetters* letters_;
  Card* sound_card_;
  MouthPicture* mouth_;
  IconRound* sign_;
  TextLabel* heading_;
  TextLabel* how_;
  Button* hear_it_;
  Button* other_;      // the other sound to try
  Button* elsewhere_;  // where nothing can be heard
  Button* drill_;
  Button* hear_yourself_;
  Card* facts_card_;
  SpeakingFacts* facts_;
  Button* listen_;
  RoundButton* slowly_;
  SoundWave* wave_;
  KeepButton* keep_;
  TalkButton* talk_;
};

}  // namespace primer::ui
