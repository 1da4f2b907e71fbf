#pragma once

// A problem that is worked line by line: problem and help on one side, ruled paper on the other.
// The page keeps no judgement of its own: it shows what the tutor says and tells the tutor what the
// pupil does.

#include <QElapsedTimer>
#include <vector>

#include "pages/item_page.h"

namespace primer::ui {

class Card;
class ExampleCard;
class RuledSheet;

class WorkPage : public ItemPage {
  Q_OBJECT
 public:
  explicit WorkPage(QWidget* parent = nullptr);

  void showItem(const app::ItemView& item) override;
  void showWork(const app::WorkView& work);
  void showHint(const app::HintView& hint) override;
  void showExample(const app::ExampleView& example) override;
  void showSkipped() override;
  void comeBack() override;

  RuledSheet* sheet() { return sheet_; }
  // Milliseconds from the last pen-up until what was read stood in print; -1: not yet.
  double lastReadingMs() const { return reading_ms_; }

 signals:
  void readingWanted(const primer::Ink& ink, const primer::app::SheetPaper& paper,
                     bool looks_for_gesture);
  void linesTyped(const QStringList& lines);
  void judgeWanted(int lines);
  void donePressed();
  void lineChosen(int line, int alternative);
  void disagreed(int line);

 protected:
  QString aloud() const override;
  void toggleKeys() override;
  void done() override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  class Problem;

  void makeLeft();
  void sendInk(bool looks_for_gesture);
  void setKeys(bool on);
  void showButtons();
  void showExplanation();
  void arrangeLeft();
  void over(bool right);

  app::WorkView work_;
  QElapsedTimer pen_up_;
  double reading_ms_ = -1;

  QWidget* left_;
  Card* problem_card_;
  TextLabel* request_;
  Problem* problem_;
  RuledSheet* sheet_;
  ExampleCard* example_;
};

}  // namespace primer::ui
