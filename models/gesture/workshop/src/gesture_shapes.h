#pragma once

// The gestures themselves, drawn over a place on the page.

#include "primer/gesture/gesture_reader.h"
#include "primer/handwriting/ink_features.h"
#include "primer/toolkit/random.h"

namespace primer::gesture::workshop {

// Over what a gesture is drawn. For kInsert: the gap between two symbols, from the end of the one
// to the beginning of the next.
struct Target {
  handwriting::Extent box;
  float size = 1;       // of the ink around: a symbol's longest side
  bool single = false;  // one symbol
};

// One stroke, with an unsteady hand, in any of the ways in which people draw it.
void drawGesture(Gesture gesture, const Target& target, toolkit::Random& random,
                 handwriting::FlatInk& stroke);

// A hand's unsteadiness: a smooth wave and a tremble, in units of `size`; some samples dropped.
void shake(toolkit::Random& random, float size, handwriting::FlatInk& stroke);

}  // namespace primer::gesture::workshop
