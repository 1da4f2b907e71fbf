#pragma once

// A stroke's place and shape, coarsely, and the scale of writing: what grouping stands on.

#include <vector>

#include "primer/base/ink.h"

namespace primer::handwriting {

struct StrokeBox {
  float left = 0, top = 0, right = 0, bottom = 0;
  float width() const { return right - left; }
  float height() const { return bottom - top; }
  float longest() const { return width() > height() ? width() : height(); }
  float centreX() const { return (left + right) / 2; }
  float centreY() const { return (top + bottom) / 2; }
  void include(const StrokeBox& other);
};

// A stroke's place and shape, coarsely.
struct StrokeShape {
  StrokeBox box;
  std::vector<InkPoint> points;  // at most a few dozen, along the stroke
};

// Shapes of strokes whose points are all finite and that have at least one.
StrokeShape shapeOf(const Stroke& stroke);

// The distance of two boxes; 0 where they touch.
float boxDistance(const StrokeBox& a, const StrokeBox& b);

// The least distance of the ink of two strokes. Where their boxes lie farther apart than `limit`
// the boxes' distance is given instead, which is above `limit` too.
float inkDistance(const StrokeShape& a, const StrokeShape& b, float limit);

// The scale of the writing: the median longest side of the strokes that are not dots or dashes; of
// all strokes where all are.
float writingScale(const std::vector<StrokeShape>& strokes);

}  // namespace primer::handwriting
