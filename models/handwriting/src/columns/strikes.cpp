#include "src/columns/strikes.h"

#include <algorithm>
#include <cmath>

namespace primer::handwriting::columns {

namespace {

constexpr float kStraight = 0.93f;  // end to end over its length
constexpr float kSlant = 0.3f;      // the shorter side over the longer
constexpr float kLeast = 0.55f;     // in writing scales
constexpr float kMost = 2.2f;
constexpr float kCentred = 0.4f;  // how far its middle may miss the other's

bool isStraight(const StrokeShape& shape) {
  float length = 0;
  for (std::size_t i = 1; i < shape.points.size(); ++i) {
    length += std::hypot(shape.points[i].x - shape.points[i - 1].x,
                         shape.points[i].y - shape.points[i - 1].y);
  }
  const auto& a = shape.points.front();
  const auto& b = shape.points.back();
  return std::hypot(b.x - a.x, b.y - a.y) > kStraight * length;
}

}  // namespace

std::vector<std::size_t> possibleStrikes(const lines::LineStrokes& line) {
  std::vector<std::size_t> strikes;
  for (std::size_t s = 0; s < line.count() && strikes.size() < kMostStrikes; ++s) {
    const auto& box = line.shapes[s].box;
    if (box.longest() < kLeast * line.scale || box.longest() > kMost * line.scale) continue;
    if (std::min(box.width(), box.height()) < kSlant * box.longest()) continue;
    if (!isStraight(line.shapes[s])) continue;
    for (std::size_t under = 0; under < s; ++under) {
      const auto& digit = line.shapes[under].box;
      if (digit.height() < kLeast * line.scale) continue;
      const float away =
          std::hypot(digit.centreX() - box.centreX(), digit.centreY() - box.centreY());
      if (away > kCentred * digit.height() || line.distance(s, under) > 0.08f * line.scale)
        continue;
      strikes.push_back(s);
      break;
    }
  }
  return strikes;
}

}  // namespace primer::handwriting::columns
