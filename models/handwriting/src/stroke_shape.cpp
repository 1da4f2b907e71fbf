#include "primer/handwriting/lines/stroke_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace primer::handwriting {

namespace {

constexpr std::size_t kShapePoints = 48;

}  // namespace

float boxDistance(const StrokeBox& a, const StrokeBox& b) {
  const float dx = std::max({0.0f, a.left - b.right, b.left - a.right});
  const float dy = std::max({0.0f, a.top - b.bottom, b.top - a.bottom});
  return std::sqrt(dx * dx + dy * dy);
}

float inkDistance(const StrokeShape& a, const StrokeShape& b, float limit) {
  if (boxDistance(a.box, b.box) > limit) return boxDistance(a.box, b.box);
  float least = std::numeric_limits<float>::max();
  for (const auto& p : a.points) {
    for (const auto& q : b.points) {
      const float dx = p.x - q.x;
      const float dy = p.y - q.y;
      least = std::min(least, dx * dx + dy * dy);
    }
  }
  return std::sqrt(least);
}

void StrokeBox::include(const StrokeBox& other) {
  left = std::min(left, other.left);
  top = std::min(top, other.top);
  right = std::max(right, other.right);
  bottom = std::max(bottom, other.bottom);
}

StrokeShape shapeOf(const Stroke& stroke) {
  StrokeShape shape;
  shape.box = {stroke[0].x, stroke[0].y, stroke[0].x, stroke[0].y};
  float length = 0;
  for (std::size_t i = 0; i < stroke.size(); ++i) {
    shape.box.include({stroke[i].x, stroke[i].y, stroke[i].x, stroke[i].y});
    if (i > 0) length += std::hypot(stroke[i].x - stroke[i - 1].x, stroke[i].y - stroke[i - 1].y);
  }
  // Evenly along the ink, so that strokes that cross between two points are seen to touch.
  const float step = length / static_cast<float>(kShapePoints - 1);
  shape.points.push_back(stroke[0]);
  float until_next = step;
  for (std::size_t i = 1; i < stroke.size() && step > 0; ++i) {
    InkPoint at = stroke[i - 1];
    float piece = std::hypot(stroke[i].x - at.x, stroke[i].y - at.y);
    while (piece >= until_next && shape.points.size() < kShapePoints) {
      const float share = until_next / piece;
      at.x += share * (stroke[i].x - at.x);
      at.y += share * (stroke[i].y - at.y);
      shape.points.push_back(at);
      piece -= until_next;
      until_next = step;
    }
    until_next -= piece;
  }
  shape.points.push_back(stroke.back());
  return shape;
}

float writingScale(const std::vector<StrokeShape>& strokes) {
  std::vector<float> sides;
  float longest = 0;
  for (const auto& stroke : strokes) longest = std::max(longest, stroke.box.longest());
  for (const auto& stroke : strokes) {
    const bool dot = stroke.box.longest() < 0.15f * longest;
    const bool dash = stroke.box.height() < 0.25f * stroke.box.width();
    if (!dot && !dash) sides.push_back(stroke.box.longest());
  }
  if (sides.empty()) return longest;
  const auto middle = sides.begin() + static_cast<std::ptrdiff_t>(sides.size() / 2);
  std::nth_element(sides.begin(), middle, sides.end());
  return *middle;
}

}  // namespace primer::handwriting
