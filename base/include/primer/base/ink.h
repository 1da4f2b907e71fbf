#pragma once

// Ink: what a pen or finger left on the glass. The word that the pages, the recognisers and the
// records share.

#include <vector>

namespace primer {

// x grows to the right, y downward, in any unit, the same for the whole ink. t is milliseconds
// since the first point of the ink and may be 0 throughout where it is not known. pressure is 0..1,
// or 1 where the device has none.
struct InkPoint {
  float x = 0;
  float y = 0;
  float t = 0;
  float pressure = 1;
  friend bool operator==(const InkPoint&, const InkPoint&) = default;
};

// From pen-down to pen-up, in time order. A dot is a stroke of one point.
using Stroke = std::vector<InkPoint>;

struct Ink {
  std::vector<Stroke> strokes;  // in the order in which they were written

  bool empty() const { return strokes.empty(); }
  friend bool operator==(const Ink&, const Ink&) = default;
};

}  // namespace primer
