#include "primer/handwriting/lines/group_context.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace primer::handwriting::lines {

namespace {

constexpr float kBound = 1.5f;
constexpr float kFar = std::numeric_limits<float>::max();
constexpr float kTouching = 0.06f;  // in scales

// Collects numbers, each bounded.
class Numbers {
 public:
  explicit Numbers(GroupContext& into) : into_(into) { into_.fill(0); }
  void put(float value) {
    if (used_ < into_.size()) into_[used_++] = std::clamp(value, -kBound, kBound);
  }
  void skip(std::size_t count) { used_ += count; }

 private:
  GroupContext& into_;
  std::size_t used_ = 0;
};

float logRatio(float a, float b, float least) {
  return std::log((std::max(a, 0.0f) + least) / (std::max(b, 0.0f) + least)) / 2;
}

// Shared part of two ranges over the shorter; 1 where the shorter is a point inside the other.
float overlap(float a0, float a1, float b0, float b1, float least) {
  const float shared = std::min(a1, b1) - std::max(a0, b0) + least;
  return std::clamp(shared / (std::min(a1 - a0, b1 - b0) + least), 0.0f, 1.0f);
}

class Surroundings {
 public:
  Surroundings(const LineStrokes& line, const LineGroup& group, GroupContext& context)
      : line_(line),
        group_(group),
        box_(group.box),
        scale_(line.scale),
        least_(0.05f * line.scale),
        out_(context) {}

  void shape() {
    out_.put(logRatio(box_.width(), scale_, least_));
    out_.put(logRatio(box_.height(), scale_, least_));
    out_.put(logRatio(box_.longest(), scale_, least_));
    out_.put((box_.width() - box_.height()) / (box_.width() + box_.height() + least_));
    out_.put(static_cast<float>(group_.members.size()) / 4);
    float ink = 0;
    for (const auto s : group_.members) ink += length(line_.strokes[s]);
    out_.put(logRatio(ink, box_.longest(), least_));
    const auto& first = line_.strokes[group_.members.front()].front();
    const auto& last = line_.strokes[group_.members.back()].back();
    const float side = box_.longest() + least_;
    out_.put((first.x - box_.centreX()) / side);
    out_.put((first.y - box_.centreY()) / side);
    out_.put((last.x - box_.centreX()) / side);
    out_.put((last.y - box_.centreY()) / side);
  }

  void inside() {
    const auto& members = group_.members;
    if (members.size() == 1) {
      out_.skip(7);
      return;
    }
    float widest_gap = 0;  // to the nearest of the other members
    float least_gap = kFar;
    float x_shared = 1;
    float y_shared = 1;
    for (const auto a : members) {
      float nearest = kFar;
      StrokeBox rest{kFar, kFar, -kFar, -kFar};
      for (const auto b : members) {
        if (a == b) continue;
        nearest = std::min(nearest, line_.distance(a, b));
        rest.include(line_.shapes[b].box);
      }
      widest_gap = std::max(widest_gap, nearest);
      least_gap = std::min(least_gap, nearest);
      const auto& box = line_.shapes[a].box;
      x_shared = std::min(x_shared, overlap(box.left, box.right, rest.left, rest.right, least_));
      y_shared = std::min(y_shared, overlap(box.top, box.bottom, rest.top, rest.bottom, least_));
    }
    const auto span = members.back() - members.front() + 1 - members.size();
    float shortest = kFar;
    float longest = 0;
    for (const auto a : members) {
      shortest = std::min(shortest, line_.shapes[a].box.longest());
      longest = std::max(longest, line_.shapes[a].box.longest());
    }
    out_.put(widest_gap / scale_);
    out_.put(least_gap / scale_);
    out_.put(x_shared);
    out_.put(y_shared);
    out_.put(static_cast<float>(span) / 4);
    out_.put(logRatio(longest, shortest, least_));
    out_.put(1);
  }

  void others() {
    float nearest = 1.5f * scale_;
    std::size_t touching = 0;
    std::size_t within = 0;
    std::size_t flat_near = 0;
    for (std::size_t s = 0; s < line_.count(); ++s) {
      if (group_.strokes.contains(s)) continue;
      const float d = distanceTo(s);
      nearest = std::min(nearest, d);
      touching += d < kTouching * scale_ ? 1 : 0;
      flat_near += d < 0.4f * scale_ && line_.isFlat(s) ? 1 : 0;
      const auto& other = line_.shapes[s].box;
      within += other.centreX() > box_.left && other.centreX() < box_.right &&
                        other.centreY() > box_.top && other.centreY() < box_.bottom
                    ? 1
                    : 0;
    }
    out_.put(nearest / scale_);
    out_.put(static_cast<float>(touching) / 3);
    out_.put(static_cast<float>(within) / 3);
    out_.put(static_cast<float>(flat_near) / 2);
  }

  void inTime() {
    const auto first = group_.members.front();
    const auto last = group_.members.back();
    neighbourInTime(first > 0 ? std::optional(first - 1) : std::nullopt);
    neighbourInTime(last + 1 < line_.count() ? std::optional(last + 1) : std::nullopt);
  }

  void inSpace() {
    std::optional<std::size_t> left;
    std::optional<std::size_t> right;
    std::optional<std::size_t> above;
    std::optional<std::size_t> below;
    float left_gap = kFar;
    float right_gap = kFar;
    float above_gap = kFar;
    float below_gap = kFar;
    for (std::size_t s = 0; s < line_.count(); ++s) {
      if (group_.strokes.contains(s)) continue;
      const auto& other = line_.shapes[s].box;
      const float shared_y = std::min(other.bottom, box_.bottom) - std::max(other.top, box_.top);
      if (shared_y > -0.35f * scale_) {
        const float to_left = box_.centreX() - other.centreX();
        if (to_left > 0 && to_left < left_gap) left_gap = to_left, left = s;
        if (to_left <= 0 && -to_left < right_gap) right_gap = -to_left, right = s;
      }
      const float shared_x = std::min(other.right, box_.right) - std::max(other.left, box_.left);
      if (shared_x > -0.05f * scale_) {
        const float up = box_.centreY() - other.centreY();
        if (up > 0 && up < above_gap) above_gap = up, above = s;
        if (up <= 0 && -up < below_gap) below_gap = -up, below = s;
      }
    }
    beside(left, [&](const StrokeBox& other) { return box_.left - other.right; });
    beside(right, [&](const StrokeBox& other) { return other.left - box_.right; });
    stacked(above, [&](const StrokeBox& other) { return box_.top - other.bottom; });
    stacked(below, [&](const StrokeBox& other) { return other.top - box_.bottom; });
  }

  void inLine() {
    float top = 0;
    float bottom = 0;
    float weight = 0;
    for (const auto& shape : line_.shapes) {
      if (shape.box.longest() < 0.4f * scale_) continue;
      // What lies near in x counts most: lines drift.
      const float away = std::abs(shape.box.centreX() - box_.centreX()) / (3 * scale_);
      const float w = 1 / (1 + away * away);
      top += w * shape.box.top;
      bottom += w * shape.box.bottom;
      weight += w;
    }
    if (weight <= 0) return;
    out_.put((box_.centreY() - (top + bottom) / (2 * weight)) / scale_);
    out_.put((box_.bottom - bottom / weight) / scale_);
  }

 private:
  static float length(const Stroke& stroke) {
    float sum = 0;
    for (std::size_t i = 1; i < stroke.size(); ++i) {
      sum += std::hypot(stroke[i].x - stroke[i - 1].x, stroke[i].y - stroke[i - 1].y);
    }
    return sum;
  }

  float distanceTo(std::size_t stroke) const {
    float nearest = kFar;
    for (const auto s : group_.members) nearest = std::min(nearest, line_.distance(s, stroke));
    return nearest;
  }

  void neighbourInTime(std::optional<std::size_t> stroke) {
    if (!stroke || group_.strokes.contains(*stroke)) {
      out_.skip(6);
      return;
    }
    const auto& other = line_.shapes[*stroke].box;
    out_.put(1);
    out_.put((other.centreX() - box_.centreX()) / (2 * scale_));
    out_.put((other.centreY() - box_.centreY()) / scale_);
    out_.put(logRatio(other.width(), box_.width(), least_));
    out_.put(logRatio(other.height(), box_.height(), least_));
    out_.put(distanceTo(*stroke) / scale_);
  }

  template <typename Gap>
  void beside(std::optional<std::size_t> stroke, Gap gap) {
    if (!stroke) {
      out_.skip(5);
      return;
    }
    const auto& other = line_.shapes[*stroke].box;
    out_.put(1);
    out_.put(gap(other) / scale_);
    out_.put((other.top - box_.top) / scale_);
    out_.put((other.bottom - box_.bottom) / scale_);
    out_.put(logRatio(other.width(), other.height(), least_));
  }

  template <typename Gap>
  void stacked(std::optional<std::size_t> stroke, Gap gap) {
    if (!stroke) {
      out_.skip(5);
      return;
    }
    const auto& other = line_.shapes[*stroke].box;
    out_.put(1);
    out_.put(gap(other) / scale_);
    out_.put(logRatio(other.width(), box_.width(), least_));
    out_.put(logRatio(other.height(), box_.height(), least_));
    out_.put((other.centreX() - box_.centreX()) / scale_);
  }

  const LineStrokes& line_;
  const LineGroup& group_;
  const StrokeBox& box_;
  const float scale_;
  const float least_;
  Numbers out_;
};

}  // namespace

GroupContext contextOf(const LineStrokes& line, const LineGroup& group) {
  GroupContext context;
  Surroundings surroundings(line, group, context);
  surroundings.shape();    // 10
  surroundings.inside();   // 7
  surroundings.others();   // 4
  surroundings.inTime();   // 12
  surroundings.inSpace();  // 20
  surroundings.inLine();   // 2
  return context;
}

}  // namespace primer::handwriting::lines
