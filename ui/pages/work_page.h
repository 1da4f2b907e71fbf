#pragma once

// A problem that is worked line by line: problem and help on one side, ruled paper on the other.
// The page keeps no judgement of its own: it shows what the tutor says and tells the tutor what the
// pupil does.

#include <QElapsedTimer>
#include <vector>

#include "pages/page.h"
#include "widgets/marks.h"

class QBoxLayout;

namespace primer::ui {

class AdviceCard;
class Button;
class Card;
class ExampleCard;
class PictureBadge;
class RoundButton;
class RuledSheet;
class SaveSign;
class SteppingStones;
class TextLabel;

class WorkPage : public Page {
  Q_OBJECT
 public:
  explicit WorkPage(QWidget* parent = nullptr);

  void showPupil(const app::PupilCard& pupil);
  void showItem(const app::ItemView& item, const std::vector<ProgressDots::Dot>& dots);
  void showWork(const app::WorkView& work);
  void showHint(const app::HintView& hint);
  void showExample(const app::ExampleView& example);
  void showSkipped();
  void showSaveState(app::SaveState state);
  void comeBack();
  void setVoice(bool there);
  void setLeftHanded(bool on);

  RuledSheet* sheet() { return sheet_; }
  const AdviceCard* advice() const { return advice_; }
  const app::ItemView& item() const { return item_; }
  // Milliseconds from the last pen-up until what was read stood in print; -1: not yet.
  double lastReadingMs() const { return reading_ms_; }

 signals:
  void readingWanted(const primer::Ink& ink, const std::vector<primer::app::RuledLine>& rules,
                     bool looks_for_gesture);
  void linesTyped(const QStringList& lines);
  void judgeWanted(int lines);
  void donePressed();
  void lineChosen(int line, int alternative);
  void disagreed(int line);
  void hintWanted();
  void exampleWanted();
  void skipPressed();
  void nextPressed();
  void homePressed();
  void readAloudPressed(const QString& text);
  // The item is over; how its dot looks from now on.
  void dotChanged(primer::ui::ProgressDots::Dot dot);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  class Problem;

  void makeTop(QBoxLayout* column);
  void makeLeft();
  void makeFoot(QBoxLayout* column);
  void sendInk(bool looks_for_gesture);
  void setKeys(bool on);
  void showButtons();
  void showExplanation();
  void arrangeLeft();
  void over(bool right);
  void done();

  app::ItemView item_;
  app::WorkView work_;
  bool item_over_ = false;
  bool left_handed_ = false;
  bool help_over_ = false;
  QElapsedTimer pen_up_;
  double reading_ms_ = -1;

  PictureBadge* who_;
  TextLabel* title_;
  ProgressDots* progress_;
  SteppingStones* stones_;
  SaveSign* saved_;
  RoundButton* voice_;
  RoundButton* keys_;
  QWidget* left_;
  Card* problem_card_;
  TextLabel* request_;
  Problem* problem_;
  AdviceCard* advice_;
  QBoxLayout* middle_;
  RuledSheet* sheet_;
  ExampleCard* example_;
  Button* help_;
  TextLabel* note_;
  Button* done_;
  Button* next_;
};

}  // namespace primer::ui
