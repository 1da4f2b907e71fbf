#pragma once

// A sum on the left, help below it, paper on the right. The page keeps no judgement of its own: it
// shows what the tutor says and tells the tutor what the pupil does.

#include <vector>

#include "pages/page.h"
#include "widgets/marks.h"

class QBoxLayout;

namespace primer::ui {

class AdviceCard;
class Button;
class Card;
class PictureBadge;
class RoundButton;
class SaveSign;
class Sheet;
class SteppingStones;
class TextLabel;

class WorkingPage : public Page {
  Q_OBJECT
 public:
  explicit WorkingPage(QWidget* parent = nullptr);

  void showPupil(const app::PupilCard& pupil);
  void showItem(const app::ItemView& item);
  void showReading(const app::ReadingView& reading);
  void showJudgement(const app::JudgementView& judgement);
  void showHint(const app::HintView& hint);
  void showSaveState(app::SaveState state);
  void showSkipped();
  // Keeps count of an item that another page shows.
  void trackItem(const app::ItemView& item);
  void setDot(ProgressDots::Dot dot);  // of the item at hand
  // The page is shown again after the pupil was elsewhere.
  void comeBack();
  void setVoice(bool there);  // without one there is no button for it

  // The paper on the left, for the hand that would hide it.
  void setLeftHanded(bool on);
  bool leftHanded() const { return left_handed_; }

  Sheet* sheet() { return sheet_; }
  const AdviceCard* advice() const { return advice_; }
  const app::ItemView& item() const { return item_; }
  const std::vector<ProgressDots::Dot>& progress() const { return dots_; }

 signals:
  void readingWanted(const primer::Ink& ink, const primer::app::InkBox& room);
  void alternativeChosen(int digit, int alternative);
  void checkPressed();
  void typed(const QString& text);
  void hintWanted();
  void skipPressed();
  void nextPressed();
  void homePressed();
  void readAloudPressed(const QString& text);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void makeTop(QBoxLayout* column);
  void makeProblem();
  void makeFoot(QBoxLayout* column);
  void check();
  void goOn();
  void sendInk();
  void showButtons();
  void showYourTurn();
  void setKeys(bool on);
  void note(const QString& text);
  void arrangeLeft(bool helping);

  app::ItemView item_;
  std::vector<ProgressDots::Dot> dots_;
  bool item_over_ = false;
  bool waiting_ = false;   // for the judgement of what is on the paper
  bool ink_sent_ = false;  // the tutor has the ink as it is now
  bool left_handed_ = false;
  int attempts_ = 0;
  bool help_over_ = false;  // the last rung of the ladder is shown

  PictureBadge* who_;
  TextLabel* title_;
  ProgressDots* progress_;
  SteppingStones* stones_;
  SaveSign* saved_;
  RoundButton* voice_;
  RoundButton* keys_;
  Card* problem_;
  TextLabel* request_;
  TextLabel* prompt_;
  AdviceCard* advice_;
  QWidget* left_;
  bool helping_ = false;
  QBoxLayout* middle_;
  Sheet* sheet_;
  Button* help_;
  TextLabel* note_;
  Button* check_;
  Button* next_;
};

}  // namespace primer::ui
