#pragma once

// Ruled paper for work line by line: ink below, and beside every line a mark in the margin and what
// was read in print. The paper is longer than the sheet shows and moves without losing ink. Where
// somebody cannot write, keys stand on the sheet instead and lines are typed.

#include <QStringList>
#include <QTimer>
#include <optional>
#include <vector>

#include "primer/app/values.h"
#include "widgets/card.h"

namespace primer::ui {

class Chip;
class InkBox;
class LinePrint;
class MathsKeys;
class RoundButton;

class RuledSheet : public Card {
  Q_OBJECT
 public:
  explicit RuledSheet(QWidget* parent = nullptr);

  InkBox* inkBox() { return ink_box_; }
  std::vector<app::RuledLine> rules() const;  // of the whole paper, in the ink's units
  app::SheetPaper paper() const;

  void startItem();          // a clean paper
  void setSquared(bool on);  // squares instead of rules, for column work
  bool squared() const { return squared_; }
  // A division that is printed on the squares; nothing: none.
  void setDivision(const std::optional<app::DivisionView>& division);
  void showWork(const app::WorkView& work);
  const app::WorkView& work() const { return work_; }
  void setWritable(bool on);

  void setKeys(bool on);
  bool keys() const { return keys_on_; }
  QStringList typedLines() const;  // the finished ones, and the one that is being typed
  void typeText(const QString& text);
  void rubOutText();
  void finishTypedLine();

  bool hasWork() const;
  // What lies on it, and a sheet that was left with that on it. After startItem().
  app::SheetWork kept() const;
  void takeUp(const app::SheetWork& work);

 signals:
  void inkChanged(bool stroke_added);
  void typedChanged();
  void lineFinished();                  // a line of keys
  void nextLineBegun(int lines_above);  // the pen went on to a line below all that is written
  void quiet();                         // nothing was written for a while
  void lineChosen(int line, int alternative);
  void disagreed(int line);

 protected:
  void paintGround(QPainter& painter) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void paintPaper(QPainter& painter) const;
  void paintMarks(QPainter& painter) const;
  void paintTick(QPainter& painter, const app::InkBox& digit) const;
  void paintTyped(QPainter& painter) const;
  void arrange();
  void arrangeTools();
  void arrangeLines();
  void offer(int line);
  void closeOffer();
  void strokeBegun();
  void scroll(double by);
  double lastInk() const;  // the lowest point that was written, in the ink's units
  int marginWidth() const;
  int sideWidth() const;  // the column of the print, or of the keys
  double lineMiddle(int line) const;
  QRectF onPage(const QRectF& ink) const;
  bool hasDivision() const { return division_ && !keys_on_; }
  QRectF flipped(QRectF at) const;

  app::WorkView work_;
  bool writable_ = true;
  bool keys_on_ = false;
  bool squared_ = false;
  std::optional<app::DivisionView> division_;
  QStringList typed_;
  QString typing_;
  size_t strokes_before_ = 0;
  int offered_ = -1;

  InkBox* ink_box_;
  std::vector<LinePrint*> prints_;
  std::vector<Chip*> chips_;
  QWidget* offer_;
  RoundButton* up_;
  RoundButton* down_;
  RoundButton* undo_;
  RoundButton* redo_;
  RoundButton* eraser_;
  MathsKeys* pad_;
  QTimer quiet_;
};

}  // namespace primer::ui
