#pragma once

// Things and a picture with places. A finger drags a thing, the nearest place that would take it
// lights, and there it snaps; dropped elsewhere it goes home. Or a tap takes a thing in hand and a
// second one, on a place, puts it there; with a keyboard and with one switch likewise. Nobody has
// to be exact, and everything can be moved or taken back until it is checked.

#include <map>
#include <memory>
#include <vector>

#include "quiz/answer_board.h"
#include "quiz/place_scene.h"

namespace primer::ui {

class PlacedThing;

class PlaceBoard : public AnswerBoard {
  Q_OBJECT
 public:
  explicit PlaceBoard(QWidget* parent);
  ~PlaceBoard() override;

  void setQuestion(const app::ItemView& item) override;
  app::QuizReply reply() const override;
  void takeUp(const app::QuizReply& reply) override;
  bool answered() const override;
  void showJudgement(const app::JudgementView& judgement) override;
  void showHow(const app::QuizReply& solution) override;
  bool takeKey(int key, const QString& text) override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

  // The side where things wait beside a tall picture: that of the hand.
  void setTrayLeft(bool on);

  // For hands that are not a person's: a thing by its name, and where a place is in this widget.
  PlacedThing* thingNamed(const QString& name) const;
  QPointF middleOf(int place) { return middlesIn(place, 1).front(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  static constexpr int kNone = -1;
  struct Thing {
    PlacedThing* widget;
    int place = kNone;
    QPoint home;  // in the tray
  };
  struct Area {
    PlaceScene::Spot spot;
    PlaceSpot* widget;
    std::map<int, std::vector<QPointF>> middles;  // of so many things; made when first asked for
    bool many() const { return !spot.region.isEmpty(); }
  };

  void makeThings();
  void makeSpots();
  void arrange();
  QRectF arrangeTray(const QSizeF& thing);
  QSizeF thingSize() const;
  void moveThings(bool moving);  // to where they belong now
  void showStates();
  void tapThing(int thing);
  void tapSpot(int place);
  void take(int thing);  // in hand; kNone: nothing is any more
  void put(int thing, int place);
  void drag(int thing);
  void drop(int thing);
  void light(int place);
  void goBack();
  void moveFocus(QWidget* from, int key);
  // The place that would take what is dropped there; kNone: none is near.
  int placeAt(const QPointF& where) const;
  int firstFree() const;
  const std::vector<QPointF>& middlesIn(int place, int count);
  std::vector<QPointF> middlesFor(const std::vector<int>& places);
  std::vector<int> placesNow() const;

  app::PlacingView view_;
  std::unique_ptr<PlaceScene> scene_;
  std::vector<Thing> things_;  // as they are shown
  std::vector<Area> areas_;
  std::vector<int> shown_;  // of the solution, per thing; empty: not shown
  QRectF tray_;
  int in_hand_ = kNone;
  int dragged_ = kNone;
  int lit_ = kNone;
  bool tray_left_ = false;
  bool over_ = false;
};

}  // namespace primer::ui
