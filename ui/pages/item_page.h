#pragma once

// What every page that poses an item has: who is at work and how far, the ways out, and below the
// paper the help, the note and the button that ends it. A page of this kind adds what stands
// between.

#include <functional>
#include <utility>

#include "pages/page.h"

class QBoxLayout;

namespace primer::ui {

class AdviceCard;
class Button;
class PictureBadge;
class ProgressDots;
class RoundButton;
class SaveSign;
class SteppingStones;
class TextLabel;

class ItemPage : public Page {
  Q_OBJECT
 public:
  void showPupil(const app::PupilCard& pupil);
  void showSteps(const QList<app::Step>& steps);  // how the set goes
  virtual void showItem(const app::ItemView& item) = 0;
  // Of a try at the item as a whole.
  virtual void showJudgement(const app::JudgementView&) {}
  virtual void showHint(const app::HintView& hint) = 0;
  virtual void showExample(const app::ExampleView&) {}  // one like the item, step by step
  virtual void showSkipped() = 0;
  // The page is shown again after the pupil was elsewhere.
  virtual void comeBack() {}
  void showSaveState(app::SaveState state);
  // What can be read aloud. There is a button only where there is a voice for it.
  using CanSay = std::function<bool(const QString& text)>;
  void setVoice(CanSay can_say) { can_say_ = std::move(can_say); }

  // The paper on the left, for the hand that would hide it.
  void setLeftHanded(bool on);
  bool leftHanded() const { return left_handed_; }

  const AdviceCard* advice() const { return advice_; }
  const app::ItemView& item() const { return item_; }

 signals:
  void hintWanted();
  void exampleWanted();  // one like the item, step by step
  void skipPressed();
  void nextPressed();
  void homePressed();
  // What lies on the page, whenever it has changed.
  void workKept(const primer::app::SheetWork& work);
  void handChosen(bool left);
  void readAloudPressed(const QString& text);
  void readSlowlyPressed(const QString& text);
  void hushPressed();  // nobody reads aloud any more

 protected:
  static constexpr int kLastRung = 3;  // of the help

  // The top row, and an empty middle for the page's own widgets. `keys_name` is what the button
  // that changes from ink to keys is called.
  ItemPage(const QString& keys_name, QWidget* parent);
  // For a page without paper: no keys instead of a pen, and no other hand.
  void withoutPaper();
  // The last row, once the middle is made: the focus goes from widget to widget as they are made.
  void makeFoot(const QString& done_word);

  virtual QString aloud() const = 0;  // what is read aloud of the item at hand
  virtual void toggleKeys() = 0;
  virtual void done() = 0;  // the pupil ends the answer, or the line-by-line work

  // A new item at hand: nothing of the one before it is left in the rows.
  void beginItem(const app::ItemView& item);
  void showKeys(bool on);  // on the button that changes to them
  void showFoot(bool may_be_done);
  // Whether a worked example may be asked for: by a button of the advice, on a low screen, where
  // its words need the card, by one in the last row.
  void offerExample(bool on);
  void adviseToGoOn();  // after an item that was left for another day
  bool isCompact() const;
  bool canSay(const QString& text) const { return can_say_ && can_say_(text); }
  int leftWidth(double compact_share) const;
  void resizeEvent(QResizeEvent* event) override;

  app::ItemView item_;
  bool item_over_ = false;
  bool help_over_ = false;  // the last rung of the ladder is shown

  QBoxLayout* middle_;
  TextLabel* title_;
  AdviceCard* advice_ = nullptr;  // made by the page
  TextLabel* note_ = nullptr;
  Button* next_ = nullptr;

 private:
  void makeTop();
  void placeExample();

  const QString keys_name_;
  CanSay can_say_;
  bool left_handed_ = false;
  QBoxLayout* column_;
  PictureBadge* who_;
  ProgressDots* progress_;
  SteppingStones* stones_;
  SaveSign* saved_;
  RoundButton* voice_;
  RoundButton* keys_;
  RoundButton* swap_;
  bool paper_ = true;
  bool example_offered_ = false;
  Button* help_ = nullptr;
  RoundButton* example_button_ = nullptr;
  Button* done_ = nullptr;
};

}  // namespace primer::ui
