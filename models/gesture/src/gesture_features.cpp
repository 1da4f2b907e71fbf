#include "primer/gesture/gesture_features.h"

#include <algorithm>
#include <cmath>

namespace primer::gesture {

namespace {

using handwriting::Extent;
using handwriting::extentOf;
using handwriting::FlatInk;
using handwriting::PlanePoint;
using Points = std::vector<PlanePoint>;

constexpr float kPi = 3.14159265f;

// A stroke is framed so that its longest side, or this share of the ink's scale where it is
// smaller, takes kFramed of the map's pixels; the rest is margin, in which the ink around can be
// seen.
constexpr float kLeastFrame = 0.5f;
constexpr float kFramed = 11;
constexpr float kMapClip = 1.5f;

// Shares of the ink's scale.
constexpr float kNear = 0.15f;   // nearer than this a point is on ink
constexpr float kBeside = 0.5f;  // how far left and right neighbours are looked for

// A turn back along an axis counts once it is this share of the stroke's longest side.
constexpr float kReversal = 0.12f;

float distance(PlanePoint a, PlanePoint b) { return std::hypot(a.x - b.x, a.y - b.y); }

// `count` points at equal steps along the points from `begin` to `end`.
void resample(const PlanePoint* begin, const PlanePoint* end, std::size_t count, Points& even) {
  even.clear();
  float length = 0;
  for (const auto* p = begin + 1; p < end; ++p) length += distance(p[-1], *p);
  if (length <= 0) {
    even.assign(count, *begin);
    return;
  }
  const float step = length / static_cast<float>(count - 1);
  float passed = 0;  // length up to *p
  const auto* p = begin;
  for (std::size_t i = 0; i < count; ++i) {
    const float wanted = step * static_cast<float>(i);
    while (p + 1 < end - 1 && passed + distance(p[0], p[1]) < wanted) {
      passed += distance(p[0], p[1]);
      ++p;
    }
    const float piece = distance(p[0], p[1]);
    const float u = piece > 0 ? std::clamp((wanted - passed) / piece, 0.0f, 1.0f) : 0.0f;
    even.push_back({p[0].x + u * (p[1].x - p[0].x), p[0].y + u * (p[1].y - p[0].y)});
  }
}

float gap(const Extent& a, const Extent& b) {
  const float dx = std::max({0.0f, a.left - b.right, b.left - a.right});
  const float dy = std::max({0.0f, a.top - b.bottom, b.top - a.bottom});
  return std::hypot(dx, dy);
}

float longestSide(const Extent& box) { return std::max(box.width(), box.height()); }
PlanePoint centreOf(const Extent& box) {
  return {(box.left + box.right) / 2, (box.top + box.bottom) / 2};
}

bool isInside(const Points& polygon, PlanePoint p) {
  bool inside = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const auto& a = polygon[i];
    const auto& b = polygon[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
      inside = !inside;
    }
  }
  return inside;
}

bool cross(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint d) {
  const auto side = [](PlanePoint p, PlanePoint q, PlanePoint r) {
    return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  };
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

int reversals(const Points& points, float PlanePoint::*axis, float least) {
  int turns = 0;
  float extreme = points.front().*axis;
  int sense = 0;
  for (const auto& p : points) {
    const float moved = p.*axis - extreme;
    if (sense == 0) {
      if (std::abs(moved) >= least) {
        sense = moved > 0 ? 1 : -1;
        extreme = p.*axis;
      }
    } else if (moved * static_cast<float>(sense) > 0) {
      extreme = p.*axis;
    } else if (std::abs(moved) >= least) {
      sense = -sense;
      extreme = p.*axis;
      ++turns;
    }
  }
  return turns;
}

struct Turning {
  float sum = 0;
  float absolute = 0;
};

Turning turningOf(const Points& points) {
  Turning turning;
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const PlanePoint a{points[i].x - points[i - 1].x, points[i].y - points[i - 1].y};
    const PlanePoint b{points[i + 1].x - points[i].x, points[i + 1].y - points[i].y};
    const float angle = std::atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y);
    turning.sum += angle;
    turning.absolute += std::abs(angle);
  }
  return turning;
}

// Adds `amount` at a place of a channel, shared among the four pixels around it.
void splat(GestureFeatures& features, float x, float y, std::size_t channel, float amount) {
  constexpr int kSide = GestureFeatures::kMapSide;
  const float left = std::floor(x);
  const float top = std::floor(y);
  for (int dy = 0; dy <= 1; ++dy) {
    for (int dx = 0; dx <= 1; ++dx) {
      const int column = static_cast<int>(left) + dx;
      const int row = static_cast<int>(top) + dy;
      if (column < 0 || row < 0 || column >= kSide || row >= kSide) continue;
      const float share = (1 - std::abs(x - left - static_cast<float>(dx))) *
                          (1 - std::abs(y - top - static_cast<float>(dy)));
      const auto pixel = static_cast<std::size_t>(row * kSide + column);
      features.maps[pixel * GestureFeatures::kMapChannels + channel] += amount * share;
    }
  }
}

}  // namespace

void GestureFeatureMaker::make(const FlatInk& stroke, const FlatInk& beneath,
                               GestureFeatures& features) {
  resample(stroke.points.data(), stroke.points.data() + stroke.points.size(), kStrokePoints, even_);
  const auto box = extentOf(stroke);
  gather(box, beneath);
  const float longest = longestSide(box);
  fillMaps(box, longest, features);
  fillScalars(box, longest, features);
}

void GestureFeatureMaker::gather(const Extent& box, const FlatInk& beneath) {
  struct Near {
    float distance = 0;
    std::size_t stroke = 0;
  };
  std::vector<Near> near;
  std::vector<Extent> boxes(beneath.strokeCount());
  for (std::size_t s = 0; s < beneath.strokeCount(); ++s) {
    auto& extent = boxes[s];
    for (std::size_t i = beneath.strokeBegin(s); i < beneath.ends[s]; ++i) {
      const auto& p = beneath.points[i];
      extent.left = std::min(extent.left, p.x);
      extent.right = std::max(extent.right, p.x);
      extent.top = std::min(extent.top, p.y);
      extent.bottom = std::max(extent.bottom, p.y);
    }
    near.push_back({gap(box, extent), s});
  }
  const auto count = std::min(near.size(), kMostContextStrokes);
  std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(count), near.end(),
                    [](const Near& a, const Near& b) {
                      return a.distance < b.distance ||
                             (a.distance == b.distance && a.stroke < b.stroke);
                    });
  context_.resize(count);
  std::vector<float> sides;
  for (std::size_t k = 0; k < count; ++k) {
    const auto s = near[k].stroke;
    auto& one = context_[k];
    one.box = boxes[s];
    one.distance = near[k].distance;
    resample(beneath.points.data() + beneath.strokeBegin(s),
             beneath.points.data() + beneath.ends[s], kContextPoints, one.points);
    sides.push_back(longestSide(one.box));
  }
  scale_ = 0;
  if (!sides.empty()) {
    const auto middle = sides.begin() + static_cast<std::ptrdiff_t>(sides.size() / 2);
    std::nth_element(sides.begin(), middle, sides.end());
    scale_ = *middle;
  }
}

void GestureFeatureMaker::fillMaps(const Extent& box, float longest,
                                   GestureFeatures& features) const {
  features.maps.fill(0);
  const float frame = std::max(longest, kLeastFrame * scale_);
  const float pixels = frame > 0 ? kFramed / frame : 1.0f;
  const auto centre = centreOf(box);
  constexpr float kMiddle = (GestureFeatures::kMapSide - 1) / 2.0f;
  const auto place = [&](PlanePoint p) {
    return PlanePoint{kMiddle + pixels * (p.x - centre.x), kMiddle + pixels * (p.y - centre.y)};
  };
  // Draws a line in steps of half a pixel; `amountOf` puts each step into its channels.
  const auto draw = [&](PlanePoint from, PlanePoint to, const auto& amountOf) {
    from = place(from);
    to = place(to);
    const float length = distance(from, to);
    // Far outside nothing is to be seen, and a long line must not take long.
    const int steps = std::clamp(static_cast<int>(std::ceil(2 * length)), 1, 64);
    for (int i = 0; i < steps; ++i) {
      const float u = (static_cast<float>(i) + 0.5f) / static_cast<float>(steps);
      amountOf(PlanePoint{from.x + u * (to.x - from.x), from.y + u * (to.y - from.y)},
               length / static_cast<float>(steps));
    }
  };
  for (std::size_t i = 1; i < even_.size(); ++i) {
    const float angle = std::atan2(even_[i].y - even_[i - 1].y, even_[i].x - even_[i - 1].x);
    const float turn = angle / (kPi / 4) + 8;  // of eight, from 4 to 12
    const float low = std::floor(turn);
    const auto first = static_cast<std::size_t>(low) % 4;
    draw(even_[i - 1], even_[i], [&](PlanePoint p, float amount) {
      splat(features, p.x, p.y, first, amount * (1 - (turn - low)));
      splat(features, p.x, p.y, (first + 1) % 4, amount * (turn - low));
    });
  }
  for (const auto& end : {even_.front(), even_.back()}) {
    const auto p = place(end);
    splat(features, p.x, p.y, 4, 1);
  }
  for (const auto& one : context_) {
    for (std::size_t i = 1; i < one.points.size(); ++i) {
      draw(one.points[i - 1], one.points[i],
           [&](PlanePoint p, float amount) { splat(features, p.x, p.y, 5, amount); });
    }
  }
  for (auto& value : features.maps) value = std::min(value, kMapClip) / kMapClip;
}

void GestureFeatureMaker::fillScalars(const Extent& box, float longest,
                                      GestureFeatures& features) const {
  auto& out = features.scalars;
  out.fill(0);
  const float unit = longest > 0 ? longest : 1.0f;
  const float scale = scale_ > 0 ? scale_ : unit;
  const auto logOf = [](float value) { return std::clamp(std::log2(value) / 4, -1.0f, 1.0f); };
  float length = 0;
  for (std::size_t i = 1; i < even_.size(); ++i) length += distance(even_[i - 1], even_[i]);
  const auto turning = turningOf(even_);
  const float ends = distance(even_.front(), even_.back());

  // The stroke by itself, and its size.
  out[0] = context_.empty() ? 0.0f : 1.0f;
  out[1] = logOf(std::max(longest, 1e-6f * scale) / scale);
  out[2] = logOf(std::max(box.height(), 0.05f * scale) / scale);
  out[3] = logOf(std::max(box.width(), 0.05f * scale) / scale);
  out[4] = box.width() / unit;
  out[5] = box.height() / unit;
  out[6] = std::min(length / std::hypot(unit, std::min(box.width(), box.height())) / 10, 1.5f);
  out[7] = static_cast<float>(reversals(even_, &PlanePoint::x, kReversal * unit)) / 10;
  out[8] = static_cast<float>(reversals(even_, &PlanePoint::y, kReversal * unit)) / 10;
  out[9] = std::clamp(std::abs(turning.sum) / (4 * kPi), 0.0f, 1.5f);
  out[10] = std::clamp(turning.absolute / (8 * kPi), 0.0f, 1.5f);
  out[11] = std::min(ends / unit, 1.5f);
  out[12] = length > 0 ? ends / length : 0.0f;
  if (context_.empty()) return;

  // What of the ink beneath lies inside, and what the stroke runs over.
  float points_in_box = 0;
  float points_inside = 0;
  float strokes_inside = 0;
  float crossings = 0;
  float crossed = 0;
  float ink_in_box = 0;
  float left = box.right;  // of the crossed strokes, within the stroke's width
  float right = box.left;
  for (const auto& one : context_) {
    const auto middle = centreOf(one.box);
    if (middle.x >= box.left && middle.x <= box.right && middle.y >= box.top &&
        middle.y <= box.bottom) {
      strokes_inside += 1;
    }
    float own = 0;
    if (one.distance <= 0) {
      for (std::size_t i = 0; i < one.points.size(); ++i) {
        const auto& p = one.points[i];
        if (p.x >= box.left && p.x <= box.right && p.y >= box.top && p.y <= box.bottom) {
          points_in_box += 1;
          points_inside += isInside(even_, p) ? 1 : 0;
          if (i > 0) ink_in_box += distance(one.points[i - 1], p);
        }
        if (i == 0) continue;
        for (std::size_t k = 1; k < even_.size(); ++k) {
          if (cross(one.points[i - 1], p, even_[k - 1], even_[k])) own += 1;
        }
      }
    }
    if (own == 0) continue;
    crossings += own;
    crossed += 1;
    left = std::min(left, std::max(one.box.left, box.left));
    right = std::max(right, std::min(one.box.right, box.right));
  }
  float near_points = 0;
  for (const auto& p : even_) {
    bool on_ink = false;
    for (const auto& one : context_) {
      if (one.distance > kNear * scale) break;  // nearest first
      for (const auto& q : one.points) on_ink = on_ink || distance(p, q) < kNear * scale;
    }
    near_points += on_ink ? 1 : 0;
  }
  // What stands left and right of it, and at what height.
  const auto centre = centreOf(box);
  bool on_left = false;
  bool on_right = false;
  float height_sum = 0;
  float neighbours = 0;
  for (const auto& one : context_) {
    if (one.box.right < box.left - kBeside * scale || one.box.left > box.right + kBeside * scale) {
      continue;
    }
    const auto middle = centreOf(one.box);
    if (std::abs(middle.y - centre.y) > 2 * scale) continue;
    (middle.x < centre.x ? on_left : on_right) = true;
    height_sum += middle.y;
    neighbours += 1;
  }
  const auto count = static_cast<float>(context_.size());
  out[13] = points_in_box > 0 ? points_inside / points_in_box : 0.0f;
  out[14] = std::min(strokes_inside, 8.0f) / 8;
  out[15] = near_points / static_cast<float>(even_.size());
  out[16] = std::min(crossed, 8.0f) / 8;
  out[17] = length > 0 ? std::min(ink_in_box / length, 2.0f) / 2 : 0.0f;
  out[18] = box.width() > 0 && right > left ? (right - left) / box.width() : 0.0f;
  out[19] = neighbours > 0
                ? std::clamp((centre.y - height_sum / neighbours) / scale, -2.0f, 2.0f) / 2
                : 0.0f;
  out[20] = (on_left ? 0.5f : 0.0f) + (on_right ? 0.5f : 0.0f);
  out[21] = std::min(crossings / 20 + crossed / count / 4, 1.5f);
}

}  // namespace primer::gesture
