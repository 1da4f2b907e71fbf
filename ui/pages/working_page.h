#pragma once

// A sum on the left, help below it, paper on the right. The page keeps no judgement of its own: it
// shows what the tutor says and tells the tutor what the pupil does.

#include <vector>

#include "pages/item_page.h"

namespace primer::ui {

class Card;
class ExampleCard;
class Sheet;

class WorkingPage : public ItemPage {
  Q_OBJECT
 public:
  explicit WorkingPage(QWidget* parent = nullptr);

  void showItem(const app::ItemView& item) override;
  void showReading(const app::ReadingView& reading);
  void showJudgement(const app::JudgementView& judgement) override;
  void showHint(const app::HintView& hint) override;
  void showExample(const app::ExampleView& example) override;
  void showSkipped() override;
  void comeBack() override;

  Sheet* sheet() { return sheet_; }

 signals:
  void readingWanted(const primer::Ink& ink, const primer::app::InkBox& room);
  void alternativeChosen(int digit, int alternative);
  void checkPressed();
  void typed(const QString& text);

 protected:
  QString aloud() const override;
  void toggleKeys() override;
  void done() override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void makeProblem();
  void sendInk();
  void showButtons();
  void showYourTurn();
  void setKeys(bool on);
  void note(const QString& text);
  void arrangeLeft(bool helping);
  bool mayAskForExample() const;
  void hideExample();

  bool waiting_ = false;   // for the judgement of what is on the paper
  bool ink_sent_ = false;  // the tutor has the ink as it is now

  Card* problem_;
  TextLabel* request_;
  TextLabel* prompt_;
  QWidget* left_;
  bool helping_ = false;
  int prompt_size_ = type::kProblem;  // design pixels
  Sheet* sheet_;
  ExampleCard* example_;  // in the paper's place
};

}  // namespace primer::ui
