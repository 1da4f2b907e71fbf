#pragma once

// What was read, in print. A doubtful symbol has the dotted ring; tapping it asks for the
// alternatives.

#include <QString>
#include <vector>

#include "widgets/control.h"

namespace primer::ui {

struct PrintedSymbol {
  QString symbol;
  bool doubtful = false;
};

class PrintLine : public Control {
  Q_OBJECT
 public:
  explicit PrintLine(QWidget* parent = nullptr);

  void setSymbols(const std::vector<PrintedSymbol>& symbols);
  QString text() const;
  // The symbol whose alternatives are open, marked by a filled ring; -1: none.
  void setChosen(int index);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 signals:
  void doubtfulTapped(int index);

 protected:
  double corner() const override;
  void paintEvent(QPaintEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  QRectF placeOf(int index) const;
  int firstDoubtful() const;

  std::vector<PrintedSymbol> symbols_;
  int chosen_ = -1;
};

}  // namespace primer::ui
