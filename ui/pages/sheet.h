#pragma once

// The sheet of paper on the working page: earlier tries on top, the place to write below them, a
// mark in the margin, and beside the ink what was read, in print. Where there is no handwriting,
// number keys stand on the sheet instead.

#include <QString>
#include <deque>
#include <vector>

#include "primer/app/values.h"
#include "widgets/card.h"
#include "widgets/marks.h"

namespace primer::ui {

class Chip;
class InkBox;
class NumberPad;
class PrintLine;
class RoundButton;
class TextLabel;

class Sheet : public Card {
  Q_OBJECT
 public:
  explicit Sheet(QWidget* parent = nullptr);

  InkBox* inkBox() { return ink_box_; }
  const InkBox* inkBox() const { return ink_box_; }
  // The inside of the ink box, in the ink's units.
  app::InkBox inkRoom() const;

  // How far the first ruled line to write on lies below the ink box's upper edge, in the ink's
  // units.
  float firstRule() const;

  void startItem();  // a clean sheet
  // What lies on it, and a sheet that was left with that on it. After startItem().
  app::SheetWork work() const;
  void takeUp(const app::SheetWork& work);
  void showReading(const app::ReadingView& reading);
  void showMark(MarkBadge::Mark mark);
  // The try moves up to the earlier ones and leaves clean paper.
  void keepTry(const QString& read, MarkBadge::Mark mark);
  void setWritable(bool on);

  void setKeys(bool on);  // number keys instead of ink
  bool keys() const { return keys_on_; }
  QString typed() const { return typed_; }
  void typeDigit(int digit);
  void rubOutDigit();

  bool hasAnswer() const;
  // What is written, read and still asked about.
  const app::ReadingView& reading() const { return reading_; }

 signals:
  void inkChanged();     // by pen, undo or rubbing out
  void readingWanted();  // a quiet pause, or ink that went away
  void answerChanged();  // hasAnswer() or typed() may have changed
  void alternativeChosen(int digit, int alternative);
  void typedReady();

 protected:
  void paintGround(QPainter& painter) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Try {
    Ink ink;
    QString read;
    MarkBadge::Mark mark;
  };

  void arrange();
  void offerAlternatives(int digit);
  void closeAlternatives();
  void clearReading();
  int triesHeight() const;
  int marginWidth() const;
  int printWidth() const;
  double firstRuleY() const;  // on the screen
  double inkMiddle() const;
  void paintTries(QPainter& painter);

  std::deque<Try> tries_;
  app::ReadingView reading_;
  bool has_reading_ = false;
  bool writable_ = true;
  bool keys_on_ = false;
  QString typed_;

  InkBox* ink_box_;
  MarkBadge* badge_;
  PrintLine* print_;
  TextLabel* print_note_;
  QWidget* chips_;
  std::vector<Chip*> chip_list_;
  RoundButton* undo_;
  RoundButton* redo_;
  RoundButton* rub_out_;
  NumberPad* pad_;
};

}  // namespace primer::ui
