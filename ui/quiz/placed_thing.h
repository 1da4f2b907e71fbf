#pragma once

// A thing that is dragged onto a picture, or tapped and put there by a second tap. What state it is
// in shows by a mark before colour.

#include "primer/app/placing.h"
#include "quiz/place_part.h"

class QPropertyAnimation;

namespace primer::ui {

class PlacedThing : public PlacePart, public TextFitting {
  Q_OBJECT
 public:
  enum class State { kFree, kInHand, kRight, kNotYet };

  PlacedThing(const app::ThingView& thing, const QString& name, QWidget* parent);

  const app::ThingView& thing() const { return thing_; }
  void setState(State state);
  State state() const { return state_; }
  // Where it is, for who does not see it.
  void setWhereabouts(const QString& words);
  // Only a ring: what it stands for is painted on the picture.
  void setBare(bool on);
  // Goes there by a short movement, or at once.
  void goTo(const QPoint& place, bool moving);
  bool isDragged() const { return dragged_; }
  void letGo();  // whatever the finger does
  // Of its words, in design pixels: the largest in which they fit, and the one they are set in.
  int fittingSize() const;
  void setWordSize(int design_px);
  bool textFits() const override;
  // What its words want, in screen pixels.
  static int wantedWidth(const app::ThingView& thing);
  void paintFace(QPainter& painter, const QRectF& where) const;

 signals:
  void dragged();  // it was moved
  void dropped();

 protected:
  double corner() const override;
  bool raised() const override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  bool isOnCard() const;

  const app::ThingView thing_;
  State state_ = State::kFree;
  bool bare_ = false;
  bool held_ = false;     // a finger is on it
  bool dragged_ = false;  // and has moved it
  QPoint grip_;           // where it is held
  int word_size_ = 0;
  QPropertyAnimation* moving_;
};

}  // namespace primer::ui
