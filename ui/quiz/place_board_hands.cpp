// What is done on a PlaceBoard: by finger, by taps, by keys.

#include <QLineF>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "quiz/place_board.h"
#include "quiz/placed_thing.h"
#include "theme/metrics.h"

namespace primer::ui {
namespace {

constexpr int kReach = 92;  // how far from a place's middle a thing may be dropped

using State = PlacedThing::State;

}  // namespace

void PlaceBoard::take(int thing) {
  in_hand_ = thing;
  if (thing != kNone) things_[size_t(thing)].widget->setState(State::kInHand);
  showStates();
}

void PlaceBoard::tapThing(int thing) {
  if (over_) return;
  const int place = things_[size_t(thing)].place;
  if (in_hand_ == thing) {  // a second tap: it goes home
    take(kNone);
    if (place != kNone) put(thing, kNone);
    return;
  }
  // What lies there shows the place: the thing in hand is put to it.
  if (in_hand_ != kNone && place != kNone) return tapSpot(place);
  auto* widget = things_[size_t(thing)].widget;
  const bool by_key = widget->focusVisible();
  take(thing);
  const int free = firstFree();
  if (by_key && widget->hasFocus() && free != kNone) {
    areas_[size_t(free)].widget->setFocus(Qt::TabFocusReason);
  }
}

void PlaceBoard::tapSpot(int place) {
  if (over_ || in_hand_ == kNone) return;
  const int thing = in_hand_;
  const bool by_key = areas_[size_t(place)].widget->focusVisible();
  in_hand_ = kNone;
  put(thing, place);
  if (!by_key) return;
  // Where it went on: the next thing that waits, or the one that was put.
  QWidget* next = things_[size_t(thing)].widget;
  for (const auto& one : things_) {
    if (one.place == kNone) {
      next = one.widget;
      break;
    }
  }
  next->setFocus(Qt::TabFocusReason);
}

void PlaceBoard::put(int thing, int place) {
  if (place != kNone && !areas_[size_t(place)].many()) {
    for (auto& other : things_) {
      if (other.place == place) other.place = kNone;
    }
  }
  auto& put = things_[size_t(thing)];
  put.place = place;
  put.widget->setState(State::kFree);
  put.widget->raise();
  moveThings(true);
  showStates();
  emit changed();
}

void PlaceBoard::drag(int thing) {
  if (over_) {
    things_[size_t(thing)].widget->letGo();
    return moveThings(true);
  }
  if (dragged_ != thing) {
    // A second finger or the pen: what the first holds goes back to where it lay.
    if (dragged_ != kNone) things_[size_t(dragged_)].widget->letGo();
    dragged_ = thing;
    in_hand_ = kNone;
    things_[size_t(thing)].widget->setState(State::kFree);
    showStates();
    moveThings(true);
  }
  light(placeAt(things_[size_t(thing)].widget->geometry().center()));
}

void PlaceBoard::drop(int thing) {
  if (dragged_ != thing) return moveThings(true);
  const int place = placeAt(things_[size_t(thing)].widget->geometry().center());
  dragged_ = kNone;
  light(kNone);
  put(thing, place);
}

void PlaceBoard::light(int place) {
  if (lit_ == place) return;
  for (size_t i = 0; i < areas_.size(); ++i) areas_[i].widget->setLit(int(i) == place);
  lit_ = place;
  update();
}

int PlaceBoard::placeAt(const QPointF& where) const {
  int nearest = kNone;
  double least = pxf(kReach);
  for (size_t i = 0; i < areas_.size(); ++i) {
    const auto& spot = areas_[i].spot;
    if (areas_[i].many()) {
      if (spot.region.contains(where) || spot.box.contains(where)) return int(i);
      continue;
    }
    const double off = QLineF(where, spot.box.center()).length();
    if (off < least) {
      least = off;
      nearest = int(i);
    }
  }
  return tray_.contains(where) ? kNone : nearest;
}

void PlaceBoard::goBack() {
  if (over_) return;
  if (in_hand_ != kNone) {
    auto* widget = things_[size_t(in_hand_)].widget;
    take(kNone);
    widget->setFocus(Qt::TabFocusReason);
    return;
  }
  for (size_t i = 0; i < things_.size(); ++i) {
    if (things_[i].widget->hasFocus() && things_[i].place != kNone) return put(int(i), kNone);
  }
}

void PlaceBoard::moveFocus(QWidget* from, int key) {
  const QPoint ways[] = {{-1, 0}, {0, -1}, {1, 0}, {0, 1}};  // as the keys: left, up, right, down
  const QPointF way = ways[std::clamp(key - Qt::Key_Left, 0, 3)];
  Control* best = nullptr;
  double least = 1e9;
  for (auto* control : findChildren<Control*>()) {
    if (control == from || !control->isVisible() || !control->isEnabled()) continue;
    const QPointF to = control->geometry().center() - from->geometry().center();
    const double ahead = QPointF::dotProduct(to, way);
    const double aside = std::abs(to.x() * way.y() - to.y() * way.x());
    if (ahead <= 1 || ahead + 2 * aside >= least) continue;
    least = ahead + 2 * aside;
    best = control;
  }
  if (best) best->setFocus(Qt::TabFocusReason);
}

void PlaceBoard::mousePressEvent(QMouseEvent* event) {
  if (over_ || in_hand_ == kNone) return;
  const QPointF where = event->position();
  const int place = placeAt(where);
  if (place != kNone) {
    tapSpot(place);
  } else if (tray_.contains(where)) {
    const int thing = in_hand_;
    take(kNone);
    if (things_[size_t(thing)].place != kNone) put(thing, kNone);
  }
}

bool PlaceBoard::takeKey(int key, const QString&) {
  const int number = key - Qt::Key_1;
  if (number < 0 || number >= int(things_.size()) || key > Qt::Key_9) return false;
  things_[size_t(number)].widget->setFocus(Qt::TabFocusReason);
  things_[size_t(number)].widget->click();
  return true;
}

}  // namespace primer::ui
