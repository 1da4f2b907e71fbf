#pragma once

// A question whose answer is placed, as its page needs it: the picture, its places, the things.
// Plain values; every QString in here is ready to be shown unless it says that it is a key.

#include <QList>
#include <QString>
#include <QStringList>

#include "primer/content/placing.h"

namespace primer::app {

struct ThingView {
  int id = 0;     // its place in QuizReply::places
  QString text;   // what stands on it; where it is drawn, what it is called
  QString drawn;  // a key: "apple", "small-hand"; empty: it is written
};

struct PlaceView {
  QString name;  // as it is spoken: where on the picture it is, and not what belongs there
  content::PictureSpot spot;
};

struct PlacingView {
  content::Picture picture;  // sound; its texts are shown by what follows
  QStringList titles;
  QList<PlaceView> places;  // as the picture's
  QList<ThingView> things;  // in the order in which they are shown
};

}  // namespace primer::app
