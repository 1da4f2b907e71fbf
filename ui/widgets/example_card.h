#pragma once

// A problem like the one at hand, done step by step: a line in print, and beside it what was done.

#include "primer/app/values.h"
#include "widgets/card.h"

class QVBoxLayout;

namespace primer::ui {

class Button;
class ScrollArea;
class TextLabel;

class ExampleCard : public Card {
  Q_OBJECT
 public:
  explicit ExampleCard(QWidget* parent = nullptr);

  void showExample(const app::ExampleView& example);

 signals:
  void backPressed();

 private:
  ScrollArea* scroll_;
  Button* back_;
};

}  // namespace primer::ui
