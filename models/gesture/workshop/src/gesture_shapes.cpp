#include "gesture_shapes.h"

#include <algorithm>
#include <cmath>

namespace primer::gesture::workshop {

namespace {

using handwriting::Extent;
using handwriting::FlatInk;
using handwriting::PlanePoint;
using toolkit::Random;

constexpr float kPi = 3.14159265f;

float uniform(Random& random, double low, double high) {
  return static_cast<float>(random.uniform(low, high));
}

class Pen {
 public:
  explicit Pen(FlatInk& ink) : ink_(ink) { ink_.clear(); }
  void add(PlanePoint p) { ink_.points.push_back(p); }
  void lineTo(PlanePoint to, int steps) {
    const auto from = ink_.points.back();
    for (int i = 1; i <= steps; ++i) {
      const float u = static_cast<float>(i) / static_cast<float>(steps);
      add({from.x + u * (to.x - from.x), from.y + u * (to.y - from.y)});
    }
  }
  void reverse() { std::reverse(ink_.points.begin(), ink_.points.end()); }
  void lift() { ink_.ends.assign(1, static_cast<std::uint32_t>(ink_.points.size())); }

 private:
  FlatInk& ink_;
};

// To and fro while going along: passes across `across`, the way along `along`, both from the
// centre.
void zigzag(const Target& t, Random& random, Pen& pen) {
  const float cx = (t.box.left + t.box.right) / 2;
  const float cy = (t.box.top + t.box.bottom) / 2;
  const float half_w = t.box.width() / 2 * uniform(random, 0.65, 1.4) + 0.08f * t.size;
  const float half_h = t.box.height() / 2 * uniform(random, 0.4, 1.35) + 0.04f * t.size;
  const bool upright = random.chance(0.45);  // passes go up and down, the way leads to the right
  const float long_side = std::max(half_w, half_h);
  // A wide place is covered by more passes.
  const auto least = upright ? 3 + static_cast<int>(std::min(8.0f, 1.5f * half_w / half_h)) : 4;
  const int passes = least + static_cast<int>(random.below(8));
  const float lean = uniform(random, -0.5, 0.5);
  const bool round = random.chance(0.35);
  const float drift = upright ? 1.0f : uniform(random, 0.2, 1);
  PlanePoint from{};
  for (int i = 0; i <= passes; ++i) {
    const float along = (2 * static_cast<float>(i) / static_cast<float>(passes) - 1) * drift;
    const float side = (i % 2 == 0 ? -1.0f : 1.0f) * uniform(random, 0.75, 1.1);
    const PlanePoint to =
        upright ? PlanePoint{cx + half_w * along + 0.25f * lean * half_h * side, cy + half_h * side}
                : PlanePoint{cx + half_w * side, cy + half_h * along + 0.3f * lean * half_h * side};
    if (i == 0) {
      pen.add(to);
    } else if (round) {
      for (int k = 1; k <= 8; ++k) {
        const float u = (1 - std::cos(kPi * static_cast<float>(k) / 8)) / 2;
        const float bulge = 0.15f * long_side * std::sin(kPi * static_cast<float>(k) / 8);
        const PlanePoint p{from.x + u * (to.x - from.x), from.y + u * (to.y - from.y)};
        pen.add(upright ? PlanePoint{p.x + bulge / 2, p.y} : PlanePoint{p.x, p.y + bulge / 2});
      }
    } else {
      pen.lineTo(to, 6);
    }
    from = to;
  }
}

// Loops that lead over the place.
void coil(const Target& t, Random& random, Pen& pen) {
  const float cy = (t.box.top + t.box.bottom) / 2;
  const float radius = t.box.height() / 2 * uniform(random, 0.6, 1.1) + 0.05f * t.size;
  const float narrow = uniform(random, 0.35, 0.9);
  const float way = t.box.width() * uniform(random, 0.7, 1.1);
  const float turns = std::clamp(way / radius * uniform(random, 0.9, 1.6), 3.0f, 12.0f);
  const float sense = random.chance(0.5) ? 1.0f : -1.0f;
  const int steps = static_cast<int>(turns * 14);
  const float start = (t.box.left + t.box.right - way) / 2;
  for (int i = 0; i <= steps; ++i) {
    const float u = static_cast<float>(i) / static_cast<float>(steps);
    const float a = sense * 2 * kPi * turns * u;
    pen.add({start + way * u + narrow * radius * std::cos(a), cy + radius * std::sin(a)});
  }
}

void circle(const Target& t, Random& random, Pen& pen) {
  const float margin_x = t.size * uniform(random, 0, 0.7);
  const float margin_y = t.size * uniform(random, 0, 0.6);
  const float cx = (t.box.left + t.box.right) / 2 + t.size * uniform(random, -0.08, 0.08);
  const float cy = (t.box.top + t.box.bottom) / 2 + t.size * uniform(random, -0.08, 0.08);
  // Around corners an ellipse must be wider than the box; a rounded box need not be.
  const float corner = uniform(random, 0.45, 1);  // exponent: 1 an ellipse, below it boxier
  const float widen = 1 + 0.3f * corner;
  const float rx = t.box.width() / 2 * widen + margin_x;
  const float ry = t.box.height() / 2 * widen + margin_y;
  const float start = uniform(random, 0, 2 * kPi);
  const float turn =
      (random.chance(0.5) ? 1.0f : -1.0f) * 2 * kPi *
      (random.chance(0.2) ? uniform(random, 0.86, 0.97) : uniform(random, 0.97, 1.5));
  const float shrink = uniform(random, -0.12, 0.12);  // the end does not meet the beginning
  const int steps = 48;
  for (int i = 0; i <= steps; ++i) {
    const float u = static_cast<float>(i) / steps;
    const float a = start + turn * u;
    const float c = std::cos(a);
    const float s = std::sin(a);
    const float r = 1 + shrink * u;
    pen.add({cx + rx * r * std::copysign(std::pow(std::abs(c), corner), c),
             cy + ry * r * std::copysign(std::pow(std::abs(s), corner), s)});
  }
}

void strike(const Target& t, Random& random, Pen& pen) {
  const float over = t.size * uniform(random, 0.08, 0.5);
  const float cy = (t.box.top + t.box.bottom) / 2;
  const float height = t.box.height();
  const bool diagonal = t.single ? random.chance(0.75) : random.chance(0.25);
  PlanePoint from{t.box.left - over, 0};
  PlanePoint to{t.box.right + t.size * uniform(random, 0.08, 0.5), 0};
  if (diagonal) {
    const float reach = height / 2 * uniform(random, 0.75, 1.3);
    const float sense = random.chance(0.65) ? 1.0f : -1.0f;
    from.y = cy + sense * reach;
    to.y = cy - sense * reach;
  } else {
    const float tilt = std::min((to.x - from.x) * uniform(random, -0.2, 0.2), 0.8f * height);
    const float at = cy + height * uniform(random, -0.2, 0.2);
    from.y = at + tilt / 2;
    to.y = at - tilt / 2;
  }
  const float sag = t.size * uniform(random, -0.15, 0.15);
  // Some write a wave.
  const float wave = random.chance(0.12) ? height * uniform(random, 0.05, 0.15) : 0.0f;
  const float waves = uniform(random, 2, 5);
  const int steps = 24;
  for (int i = 0; i <= steps; ++i) {
    const float u = static_cast<float>(i) / steps;
    pen.add({from.x + u * (to.x - from.x), from.y + u * (to.y - from.y) + 4 * sag * u * (1 - u) +
                                               wave * std::sin(2 * kPi * waves * u)});
  }
  if (random.chance(0.25)) pen.reverse();
}

void caret(const Target& t, Random& random, Pen& pen) {
  const float x = (t.box.left + t.box.right) / 2 + t.size * uniform(random, -0.1, 0.1);
  const float half = t.size * uniform(random, 0.1, 0.45);
  const float tall = half * uniform(random, 0.8, 3);
  const bool below = random.chance(0.8);
  // The tip points into the gap: from below at about the foot of the line, from above at its top.
  const float tip = below ? t.box.bottom + t.size * uniform(random, -0.35, 0.15)
                          : t.box.top + t.size * uniform(random, -0.15, 0.35);
  const float foot = below ? tip + tall : tip - tall;
  const float lean = t.size * uniform(random, -0.1, 0.1);
  const float even = uniform(random, 0.65, 1.35);  // one arm longer than the other
  pen.add({x - half + lean, foot});
  const float round = random.chance(0.3) ? half * uniform(random, 0.1, 0.4) : 0.0f;
  pen.lineTo({x - round, tip + (below ? round : -round)}, 8);
  pen.lineTo({x, tip}, 2);
  pen.lineTo({x + round, tip + (below ? round : -round)}, 2);
  pen.lineTo({x + half * even + lean, tip + even * (foot - tip)}, 8);
  if (random.chance(0.2)) pen.reverse();
}

}  // namespace

void shake(Random& random, float size, FlatInk& stroke) {
  struct Wave {
    float amplitude, frequency, phase;
    float at(float s) const { return amplitude * std::sin(frequency * s + phase); }
  };
  const auto wave = [&] {
    return Wave{size * uniform(random, 0, 0.05), uniform(random, 2, 9),
                uniform(random, 0, 2 * kPi)};
  };
  const Wave across = wave();
  const Wave down = wave();
  const float tremble = size * uniform(random, 0, 0.012);
  const float coarse = random.chance(0.2) ? uniform(random, 0.2, 0.6) : 0.0f;
  std::size_t kept = 0;
  float s = 0;
  PlanePoint before = stroke.points.front();
  const auto count = stroke.points.size();
  for (std::size_t i = 0; i < count; ++i) {
    auto p = stroke.points[i];
    s += std::hypot(p.x - before.x, p.y - before.y) / size * 0.3f;
    before = p;
    p = {p.x + across.at(s) + uniform(random, -tremble, tremble),
         p.y + down.at(s) + uniform(random, -tremble, tremble)};
    if (i > 0 && i + 1 < count && random.chance(coarse)) continue;
    stroke.points[kept++] = p;
  }
  stroke.points.resize(kept);
  stroke.ends.assign(1, static_cast<std::uint32_t>(kept));
}

void drawGesture(Gesture gesture, const Target& target, Random& random, FlatInk& stroke) {
  Pen pen(stroke);
  switch (gesture) {
    case Gesture::kScratchOut:
      if (random.chance(0.7)) {
        zigzag(target, random, pen);
      } else {
        coil(target, random, pen);
      }
      if (random.chance(0.2)) pen.reverse();
      break;
    case Gesture::kCircle:
      circle(target, random, pen);
      break;
    case Gesture::kStrike:
      strike(target, random, pen);
      break;
    case Gesture::kInsert:
    case Gesture::kWriting:
      caret(target, random, pen);
      break;
  }
  pen.lift();
  shake(random, target.size, stroke);
}

}  // namespace primer::gesture::workshop
