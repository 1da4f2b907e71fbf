#pragma once

// Home: three doors with their reasons, the garden, and the quiet ways on. On a first visit one
// wide door, which leads to the walk.

#include <vector>

#include "pages/page.h"

class QHBoxLayout;

namespace primer::ui {

class Button;
class Card;
class DoorCard;
class PictureBadge;
class RoundButton;
class TextLabel;

class HomePage : public Page {
  Q_OBJECT
 public:
  explicit HomePage(QWidget* parent = nullptr);

  void showPupil(const app::PupilCard& pupil);
  void showHome(const app::HomeView& home);
  void setVoice(bool there);  // without one there is no button for it

 signals:
  void doorPressed(primer::app::DoorKind door);
  void choosePressed();
  void handOverPressed();
  void oneSwitchPressed();
  void readAloudPressed(const QString& text);

 protected:
  void paintGround(QPainter& painter) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void makeTop();
  void makeNews();
  void makeFoot();
  QRectF garden() const;
  int gardenHeight() const;

  app::HomeView home_;
  QString picture_;
  PictureBadge* who_;
  TextLabel* hello_;
  RoundButton* voice_;
  Card* news_card_;
  TextLabel* news_;
  QHBoxLayout* doors_;
  std::vector<DoorCard*> cards_;
  Button* choose_;
  TextLabel* garden_words_;
  QWidget* bed_;  // keeps the room in which the garden is painted
};

}  // namespace primer::ui
