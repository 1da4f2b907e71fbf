#include "primer/gesture/corrected_page.h"

#include <algorithm>
#include <cmath>

namespace primer::gesture {

namespace {

constexpr float kBeneath = 0.6f;  // of a stroke's points, for it to be scratched out
constexpr float kMargin = 0.08f;  // by which a scratch-out reaches beyond its ink, of its height

struct Room {
  float left = 1e30f, top = 1e30f, right = -1e30f, bottom = -1e30f;

  void include(const InkPoint& p) {
    left = std::min(left, p.x), right = std::max(right, p.x);
    top = std::min(top, p.y), bottom = std::max(bottom, p.y);
  }
  bool holds(const InkPoint& p) const {
    return p.x >= left && p.x <= right && p.y >= top && p.y <= bottom;
  }
};

Room roomOf(const Stroke& stroke) {
  Room room;
  for (const auto& p : stroke) {
    if (std::isfinite(p.x) && std::isfinite(p.y)) room.include(p);
  }
  const float margin = kMargin * std::max(room.bottom - room.top, 0.0f);
  room.left -= margin, room.right += margin;
  room.top -= margin, room.bottom += margin;
  return room;
}

bool liesIn(const Stroke& stroke, const Room& room) {
  const auto held =
      std::count_if(stroke.begin(), stroke.end(), [&room](const auto& p) { return room.holds(p); });
  return !stroke.empty() &&
         static_cast<float>(held) >= kBeneath * static_cast<float>(stroke.size());
}

// Whether two pieces cross.
bool cross(const InkPoint& a, const InkPoint& b, const InkPoint& c, const InkPoint& d) {
  const auto side = [](const InkPoint& p, const InkPoint& q, const InkPoint& r) {
    return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  };
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

// A strike is nearly straight: its ends tell where it goes.
bool isCrossedBy(const Stroke& stroke, const Stroke& strike) {
  for (std::size_t i = 1; i < stroke.size(); ++i) {
    if (cross(stroke[i - 1], stroke[i], strike.front(), strike.back())) return true;
  }
  return false;
}

}  // namespace

Gesture CorrectedPage::add(const Stroke& stroke) {
  const auto number = added_++;
  const auto gesture = reader_.read(stroke, ink_).gesture;
  if (gesture == Gesture::kCircle || gesture == Gesture::kInsert) return gesture;
  if (gesture == Gesture::kStrike) {
    for (std::size_t i = 0; i < ink_.strokes.size(); ++i) {
      if (isCrossedBy(ink_.strokes[i], stroke)) struck_[i] = true;
    }
    return gesture;
  }
  if (gesture == Gesture::kScratchOut) {
    const Room room = roomOf(stroke);
    const auto before = ink_.strokes.size();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < before; ++i) {
      if (liesIn(ink_.strokes[i], room)) continue;
      if (kept != i) ink_.strokes[kept] = std::move(ink_.strokes[i]);
      numbers_[kept] = numbers_[i];
      struck_[kept] = struck_[i];
      ++kept;
    }
    ink_.strokes.resize(kept);
    numbers_.resize(kept);
    struck_.resize(kept);
    if (kept < before) return gesture;
  }
  ink_.strokes.push_back(stroke);
  numbers_.push_back(number);
  struck_.push_back(false);
  return Gesture::kWriting;
}

std::vector<std::size_t> CorrectedPage::struck() const {
  std::vector<std::size_t> strokes;
  for (std::size_t i = 0; i < struck_.size(); ++i) {
    if (struck_[i]) strokes.push_back(i);
  }
  return strokes;
}

void CorrectedPage::clear() {
  ink_.strokes.clear();
  numbers_.clear();
  struck_.clear();
  added_ = 0;
}

}  // namespace primer::gesture
