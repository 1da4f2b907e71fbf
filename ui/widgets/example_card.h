#pragma once

// A problem like the one at hand, done step by step: a line in print, and beside it what was done.
// Of a sum the picture that its hints have, too.

#include "primer/app/values.h"
#include "widgets/card.h"

class QVBoxLayout;

namespace primer::ui {

class Button;
class ScrollArea;
struct Sum;
class TextLabel;

class ExampleCard : public Card {
  Q_OBJECT
 public:
  explicit ExampleCard(QWidget* parent = nullptr);

  // `sum`: that its picture is of; null: none.
  void showExample(const app::ExampleView& example, const Sum* sum = nullptr);

 signals:
  void backPressed();

 private:
  ScrollArea* scroll_;
  Button* back_;
};

}  // namespace primer::ui
