#include "primer/handwriting/ink_features.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace primer::handwriting {

namespace {

constexpr float kMapSpan = 13;  // pixels from the first to the last ink: 16 less a margin each side
constexpr float kMapStep = 0.35f;  // pixels between resampled points
constexpr float kInkClip = 1.5f;   // pixels of ink in one cell
constexpr std::size_t kDirections = 8;
// A stroke counts as this much longer (in longest sides) when points are dealt out, so that the
// dots of "÷" or "i" get one.
constexpr float kStrokeBonus = 0.04f;
constexpr float kLengthScale = 0.125f;  // ink length in longest sides, brought to about [0, 1]

float distance(PlanePoint a, PlanePoint b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  return std::sqrt(dx * dx + dy * dy);
}

// Which eighth of the circle a direction lies in, and how far it is towards the next one (0..1).
// Instead of an arc tangent, y/x inside the eighth: exact at its ends, within 0.1 between.
std::pair<std::size_t, float> octant(float dx, float dy) {
  const float ax = std::abs(dx);
  const float ay = std::abs(dy);
  const bool steep = ay > ax;
  const float ratio = steep ? ax / ay : (ax > 0 ? ay / ax : 0.0f);
  std::size_t base = 0;
  bool reversed = false;
  if (dx >= 0 && dy >= 0) {
    base = steep ? 1 : 0;
    reversed = steep;
  } else if (dx < 0 && dy >= 0) {
    base = steep ? 2 : 3;
    reversed = !steep;
  } else if (dx < 0) {
    base = steep ? 5 : 4;
    reversed = steep;
  } else {
    base = steep ? 6 : 7;
    reversed = !steep;
  }
  return {base, reversed ? 1 - ratio : ratio};
}

class Maps {
 public:
  explicit Maps(InkFeatures& features) : values_(features.maps) { values_.fill(0); }

  // `x` and `y` in pixels between cell centres, inside the map.
  void splat(float x, float y, std::size_t channel, float amount) {
    const auto column = static_cast<std::size_t>(x);
    const auto row = static_cast<std::size_t>(y);
    const float fx = x - static_cast<float>(column);
    const float fy = y - static_cast<float>(row);
    float* cell =
        &values_[(row * InkFeatures::kMapSide + column) * InkFeatures::kMapChannels + channel];
    constexpr std::size_t kNextColumn = InkFeatures::kMapChannels;
    constexpr std::size_t kNextRow = InkFeatures::kMapSide * InkFeatures::kMapChannels;
    cell[0] += amount * (1 - fx) * (1 - fy);
    cell[kNextColumn] += amount * fx * (1 - fy);
    cell[kNextRow] += amount * (1 - fx) * fy;
    cell[kNextRow + kNextColumn] += amount * fx * fy;
  }

  void clip() {
    for (auto& value : values_) value = std::min(value, kInkClip);
  }

 private:
  std::array<float, InkFeatures::kMapSide * InkFeatures::kMapSide * InkFeatures::kMapChannels>&
      values_;
};

}  // namespace

Extent extentOf(const FlatInk& ink) {
  Extent box;
  for (const auto& p : ink.points) {
    box.left = std::min(box.left, p.x);
    box.right = std::max(box.right, p.x);
    box.top = std::min(box.top, p.y);
    box.bottom = std::max(box.bottom, p.y);
  }
  return box;
}

bool flatten(const Ink& ink, FlatInk& flat) {
  flat.clear();
  for (const auto& stroke : ink.strokes) {
    const auto before = flat.points.size();
    for (const auto& p : stroke) {
      const bool usable = std::abs(p.x) <= kMaxCoordinate && std::abs(p.y) <= kMaxCoordinate;
      if (!usable) continue;  // NaN compares false
      if (flat.points.size() == kMaxPoints) return false;
      flat.points.push_back({p.x, p.y});
    }
    if (flat.points.size() == before) continue;
    if (flat.ends.size() == kMaxSymbolStrokes) {
      flat.points.resize(before);
      return false;
    }
    flat.ends.push_back(static_cast<std::uint32_t>(flat.points.size()));
  }
  return true;
}

// Fills even_ with points `step` apart along each stroke (and each stroke's own last point), and
// lengths_ with the ink length of each stroke.
void FeatureMaker::resample(const FlatInk& ink, float step) {
  even_.clear();
  lengths_.clear();
  for (std::size_t s = 0; s < ink.strokeCount(); ++s) {
    const auto begin = ink.strokeBegin(s);
    const auto end = static_cast<std::size_t>(ink.ends[s]);
    PlanePoint at = ink.points[begin];
    even_.points.push_back(at);
    float length = 0;
    float left = step;  // until the next point
    for (std::size_t i = begin + 1; i < end; ++i) {
      const PlanePoint to = ink.points[i];
      float piece = distance(at, to);
      length += piece;
      while (piece >= left && step > 0) {
        const float share = left / piece;
        at = {at.x + share * (to.x - at.x), at.y + share * (to.y - at.y)};
        even_.points.push_back(at);
        piece -= left;
        left = step;
      }
      left -= piece;
      at = to;
    }
    if (left < 0.7f * step) even_.points.push_back(ink.points[end - 1]);
    even_.ends.push_back(static_cast<std::uint32_t>(even_.points.size()));
    lengths_.push_back(length);
  }
}

void FeatureMaker::fillMaps(float centre_x, float centre_y, float longest,
                            InkFeatures& features) const {
  Maps maps(features);
  const float scale = longest > 0 ? kMapSpan / longest : 0.0f;
  constexpr float kMiddle = (InkFeatures::kMapSide - 1) / 2.0f;
  // Rounding may push a border point past the margin by a hair; the map's last cell bounds it.
  const auto place = [&](PlanePoint p) {
    constexpr float kLast = InkFeatures::kMapSide - 1.001f;
    return PlanePoint{std::clamp((p.x - centre_x) * scale + kMiddle, 0.0f, kLast),
                      std::clamp((p.y - centre_y) * scale + kMiddle, 0.0f, kLast)};
  };
  for (std::size_t s = 0; s < even_.strokeCount(); ++s) {
    const auto begin = even_.strokeBegin(s);
    const auto end = static_cast<std::size_t>(even_.ends[s]);
    for (std::size_t i = begin; i < end && end - begin > 1; ++i) {
      const PlanePoint a = even_.points[i > begin ? i - 1 : i];
      const PlanePoint b = even_.points[i + 1 < end ? i + 1 : i];
      const auto [direction, share] = octant(b.x - a.x, b.y - a.y);
      const PlanePoint at = place(even_.points[i]);
      maps.splat(at.x, at.y, direction, kMapStep * (1 - share));
      maps.splat(at.x, at.y, (direction + 1) % kDirections, kMapStep * share);
    }
    const PlanePoint first = place(even_.points[begin]);
    const PlanePoint last = place(even_.points[end - 1]);
    maps.splat(first.x, first.y, kDirections, 1);
    maps.splat(last.x, last.y, kDirections + 1, 1);
  }
  maps.clip();
}

void FeatureMaker::fillPoints(const FlatInk& ink, float centre_x, float centre_y, float longest,
                              InkFeatures& features) {
  features.points.fill(0);
  const float scale = longest > 0 ? 2 / longest : 0.0f;  // to [-1, 1]
  const float bonus = longest > 0 ? kStrokeBonus * longest : 1.0f;
  float total = 0;
  for (const float length : lengths_) total += length + bonus;
  const float step = total / InkFeatures::kPointCount;

  std::array<PlanePoint, InkFeatures::kPointCount> points;
  std::array<std::size_t, InkFeatures::kPointCount> stroke_of;
  std::size_t made = 0;
  float begins_at = 0;  // of the stroke, in dealt-out length
  for (std::size_t s = 0; s < ink.strokeCount(); ++s) {
    const auto end = static_cast<std::size_t>(ink.ends[s]);
    std::size_t i = ink.strokeBegin(s);
    float walked = 0;  // ink length from the stroke's start to point i
    const float ends_at = begins_at + lengths_[s] + bonus;
    const bool last = s + 1 == ink.strokeCount();
    while (made < InkFeatures::kPointCount) {
      const float target = (static_cast<float>(made) + 0.5f) * step;
      if (target >= ends_at && !last) break;
      // The bonus is spread over the stroke, so that its points stay at equal distances.
      const float wanted =
          std::min((target - begins_at) / (lengths_[s] + bonus), 1.0f) * lengths_[s];
      float piece = 0;
      while (i + 1 < end &&
             walked + (piece = distance(ink.points[i], ink.points[i + 1])) < wanted) {
        walked += piece;
        ++i;
      }
      PlanePoint at = ink.points[i];
      if (i + 1 < end && piece > 0) {
        const float share = std::clamp((wanted - walked) / piece, 0.0f, 1.0f);
        at.x += share * (ink.points[i + 1].x - at.x);
        at.y += share * (ink.points[i + 1].y - at.y);
      }
      points[made] = {(at.x - centre_x) * scale, (at.y - centre_y) * scale};
      stroke_of[made++] = s;
    }
    begins_at = ends_at;
  }

  float previous_cos = 0;
  float previous_sin = 0;
  for (std::size_t k = 0; k < InkFeatures::kPointCount; ++k) {
    float* row = &features.points[k * InkFeatures::kPointChannels];
    const bool down = k == 0 || stroke_of[k] != stroke_of[k - 1];
    const bool up = k + 1 == InkFeatures::kPointCount || stroke_of[k + 1] != stroke_of[k];
    const PlanePoint a = points[down ? k : k - 1];
    const PlanePoint b = points[up ? k : k + 1];
    const float span = distance(a, b);
    const float cosine = span > 1e-6f ? (b.x - a.x) / span : 0.0f;
    const float sine = span > 1e-6f ? (b.y - a.y) / span : 0.0f;
    row[0] = points[k].x;
    row[1] = points[k].y;
    row[2] = cosine;
    row[3] = sine;
    if (!down) {
      row[4] = cosine * previous_cos + sine * previous_sin;
      row[5] = sine * previous_cos - cosine * previous_sin;
    }
    row[6] = down ? 1.0f : 0.0f;
    previous_cos = cosine;
    previous_sin = sine;
  }
}

void FeatureMaker::make(const FlatInk& ink, std::optional<float> relative_size,
                        InkFeatures& features) {
  if (ink.points.empty()) {
    features.maps.fill(0);
    features.points.fill(0);
    features.scalars.fill(0);
    return;
  }
  const Extent box = extentOf(ink);
  const float width = box.width();
  const float height = box.height();
  const float longest = std::max(width, height);
  const float centre_x = (box.left + box.right) / 2;
  const float centre_y = (box.top + box.bottom) / 2;

  resample(ink, longest * kMapStep / kMapSpan);
  fillMaps(centre_x, centre_y, longest, features);
  fillPoints(ink, centre_x, centre_y, longest, features);

  float length = 0;
  for (const float stroke_length : lengths_) length += stroke_length;
  const float scale = longest > 0 ? 1 / longest : 0.0f;
  const auto strokes = std::min<std::size_t>(ink.strokeCount(), 4);
  auto& scalars = features.scalars;
  scalars.fill(0);
  scalars[0] = width * scale;
  scalars[1] = height * scale;
  scalars[1 + strokes] = 1;
  scalars[6] = std::min(length * scale * kLengthScale, 1.5f);
  scalars[7] = 2 * (ink.points.front().x - centre_x) * scale;
  scalars[8] = 2 * (ink.points.front().y - centre_y) * scale;
  scalars[9] = 2 * (ink.points.back().x - centre_x) * scale;
  scalars[10] = 2 * (ink.points.back().y - centre_y) * scale;
  if (relative_size && *relative_size > 0) {
    scalars[11] = std::clamp(std::log(*relative_size) / 2, -1.5f, 1.5f);
    scalars[12] = 1;
  }
}

}  // namespace primer::handwriting
