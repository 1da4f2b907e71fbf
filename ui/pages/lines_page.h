#pragma once

// What was written in the set that is over, to be looked at again: each problem with its ink, or
// with its typed lines, and its mark.

#include "pages/page.h"

namespace primer::ui {

class ScrollArea;

class LinesPage : public Page {
  Q_OBJECT
 public:
  explicit LinesPage(QWidget* parent = nullptr);

  void showDone(const QList<app::DoneItem>& done);

 signals:
  void backPressed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  ScrollArea* scroll_;
};

}  // namespace primer::ui
