#include "symbols/drawings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace primer::handwriting::workshop {

namespace {

using toolkit::Random;

constexpr float kPi = 3.14159265f;

// Puts strokes into ink with an unsteady hand.
class Pencil {
 public:
  Pencil(Random& random, FlatInk& ink) : random_(random), ink_(ink) {}

  float between(double low, double high) { return static_cast<float>(random_.uniform(low, high)); }
  bool chance(double share) { return random_.chance(share); }

  void line(const std::vector<PlanePoint>& corners) {
    constexpr int kSteps = 6;
    const PlanePoint first = shaken(corners.front());
    PlanePoint from = first;
    add(from);
    for (std::size_t i = 1; i < corners.size(); ++i) {
      const bool closes =
          i + 1 == corners.size() && corners[i].x == corners[0].x && corners[i].y == corners[0].y;
      const PlanePoint to = closes ? shaken(first) : shaken(corners[i]);
      for (int k = 1; k <= kSteps; ++k) {
        const float u = static_cast<float>(k) / kSteps;
        add({from.x + u * (to.x - from.x), from.y + u * (to.y - from.y)});
      }
      from = to;
    }
    lift();
  }

  // Part of an ellipse, angles in radians.
  void arc(PlanePoint centre, float across, float down, float from = 0, float to = 2 * kPi) {
    centre = shaken(centre);
    const float start = from + (to - from >= 2 * kPi ? between(0, 6) : 0.0f);
    const float overshoot = between(-0.1, 0.25);
    constexpr int kSteps = 22;
    for (int k = 0; k <= kSteps; ++k) {
      const float a = start + (to - from + overshoot) * static_cast<float>(k) / kSteps;
      add({centre.x + across * std::cos(a), centre.y + down * std::sin(a)});
    }
    lift();
  }

  void box(float left, float top, float right, float bottom) {
    line({{left, top}, {right, top}, {right, bottom}, {left, bottom}, {left, top}});
  }

 private:
  PlanePoint shaken(PlanePoint p) {
    return {p.x + static_cast<float>(random_.normal(0, 0.025)),
            p.y + static_cast<float>(random_.normal(0, 0.025))};
  }
  void add(PlanePoint p) { ink_.points.push_back(p); }
  void lift() { ink_.ends.push_back(static_cast<std::uint32_t>(ink_.points.size())); }

  Random& random_;
  FlatInk& ink_;
};

void house(Pencil& pen) {
  const float half = pen.between(0.3, 0.5);
  pen.box(-half, 0, half, 0.5f);
  pen.line({{-half, 0}, {0, -pen.between(0.25, 0.5)}, {half, 0}});
  if (pen.chance(0.8)) pen.line({{-0.08f, 0.5f}, {-0.08f, 0.2f}, {0.1f, 0.2f}, {0.1f, 0.5f}});
  if (pen.chance(0.5)) pen.box(0.18f, 0.1f, 0.3f, 0.25f);
}

void face(Pencil& pen) {
  pen.arc({0, 0}, 0.5f, pen.between(0.42, 0.52));
  pen.arc({-0.17f, -0.14f}, 0.04f, pen.between(0.03, 0.08));
  pen.arc({0.17f, -0.14f}, 0.04f, pen.between(0.03, 0.08));
  if (pen.chance(0.5)) pen.line({{0, -0.04f}, {-0.03f, 0.08f}, {0.03f, 0.09f}});
  const bool happy = pen.chance(0.7);
  pen.arc({0, happy ? 0.1f : 0.33f}, 0.24f, 0.16f, happy ? 0.3f : kPi + 0.3f,
          happy ? kPi - 0.3f : 2 * kPi - 0.3f);
}

void star(Pencil& pen) {
  const float turn = pen.between(-0.25, 0.25) - kPi / 2;
  std::vector<PlanePoint> corners;
  const bool outline = pen.chance(0.3);
  const int count = outline ? 10 : 5;
  for (int i = 0; i <= count; ++i) {
    const float a = turn + (outline ? kPi / 5 : 4 * kPi / 5) * static_cast<float>(i % count);
    const float r = outline && i % 2 == 1 ? 0.21f : 0.5f;
    corners.push_back({r * std::cos(a), r * std::sin(a)});
  }
  corners.back() = corners.front();
  pen.line(corners);
}

void heart(Pencil& pen) {
  const float wide = pen.between(0.8, 1.2);
  std::vector<PlanePoint> edge;
  for (int i = 0; i <= 12; ++i) {
    const float a = 2 * kPi * static_cast<float>(i) / 12;
    const float s = std::sin(a);
    edge.push_back({wide * 0.5f * s * s * s,
                    -0.4f * std::cos(a) + 0.15f * std::cos(2 * a) + 0.06f * std::cos(3 * a)});
  }
  edge.back() = edge.front();
  pen.line(edge);
  if (pen.chance(0.4)) pen.line({{-0.5f, 0.3f}, {0.5f, -0.3f}});
}

void flower(Pencil& pen) {
  pen.arc({0, -0.2f}, 0.09f, 0.09f);
  const int petals = pen.chance(0.5) ? 5 : 6;
  for (int i = 0; i < petals; ++i) {
    const float a = 2 * kPi * static_cast<float>(i) / static_cast<float>(petals);
    pen.arc({0.2f * std::cos(a), -0.2f + 0.2f * std::sin(a)}, 0.1f, 0.1f);
  }
  pen.line({{0, 0.1f}, {0.02f, 0.5f}});
}

void tree(Pencil& pen) {
  pen.line({{-0.06f, 0.5f}, {-0.06f, 0.1f}});
  pen.line({{0.06f, 0.5f}, {0.06f, 0.1f}});
  if (pen.chance(0.5)) {
    for (int i = 0; i < 3; ++i) {
      const float y = 0.15f - 0.2f * static_cast<float>(i);
      const float half = 0.34f - 0.08f * static_cast<float>(i);
      pen.line({{-half, y}, {0, y - 0.25f}, {half, y}, {-half, y}});
    }
  } else {
    pen.arc({-0.15f, -0.05f}, 0.2f, 0.18f);
    pen.arc({0.15f, -0.08f}, 0.2f, 0.18f);
    pen.arc({0, -0.28f}, 0.2f, 0.18f);
  }
}

void person(Pencil& pen) {
  pen.arc({0, -0.36f}, 0.12f, 0.13f);
  pen.line({{0, -0.22f}, {0, 0.16f}});
  const float lift = pen.between(-0.15, 0.15);
  pen.line({{-0.24f, lift}, {0, -0.1f}, {0.24f, -lift}});
  pen.line({{-0.18f, 0.5f}, {0, 0.16f}, {0.18f, 0.5f}});
}

void grid(Pencil& pen) {
  const int lines = pen.chance(0.5) ? 2 : 3;
  pen.box(-0.5f, -0.5f, 0.5f, 0.5f);
  for (int i = 1; i <= lines; ++i) {
    const float at = static_cast<float>(i) / static_cast<float>(lines + 1) - 0.5f;
    pen.line({{at, -0.5f}, {at, 0.5f}});
    pen.line({{-0.5f, at}, {0.5f, at}});
  }
}

void fish(Pencil& pen) {
  pen.arc({-0.1f, 0}, 0.38f, pen.between(0.16, 0.26));
  pen.line({{0.26f, 0}, {0.5f, -0.18f}, {0.5f, 0.18f}, {0.26f, 0}});
  pen.arc({-0.3f, -0.05f}, 0.03f, 0.03f);
}

void car(Pencil& pen) {
  pen.box(-0.5f, -0.05f, 0.5f, 0.2f);
  pen.line({{-0.3f, -0.05f}, {-0.18f, -0.28f}, {0.2f, -0.28f}, {0.32f, -0.05f}});
  pen.arc({-0.26f, 0.22f}, 0.11f, 0.11f);
  pen.arc({0.26f, 0.22f}, 0.11f, 0.11f);
}

void cat(Pencil& pen) {
  pen.arc({0, 0.08f}, 0.4f, 0.36f);
  pen.line({{-0.34f, -0.1f}, {-0.32f, -0.48f}, {-0.1f, -0.26f}});
  pen.line({{0.34f, -0.1f}, {0.32f, -0.48f}, {0.1f, -0.26f}});
  pen.arc({-0.14f, 0}, 0.03f, 0.05f);
  pen.arc({0.14f, 0}, 0.03f, 0.05f);
  for (const float side : {-1.0f, 1.0f}) {
    pen.line({{side * 0.12f, 0.16f}, {side * 0.5f, 0.1f}});
    pen.line({{side * 0.12f, 0.2f}, {side * 0.5f, 0.24f}});
  }
}

void cup(Pencil& pen) {
  pen.arc({-0.08f, -0.3f}, 0.34f, 0.1f);
  pen.line({{-0.42f, -0.3f}, {-0.32f, 0.4f}, {0.16f, 0.4f}, {0.26f, -0.3f}});
  pen.arc({0.26f, 0}, 0.2f, 0.18f, -kPi / 2, kPi / 2);
  if (pen.chance(0.5)) pen.line({{-0.2f, -0.42f}, {-0.14f, -0.48f}, {-0.2f, -0.54f}});
}

}  // namespace

void makeDrawing(std::string_view kind, Random& random, FlatInk& ink) {
  static const std::map<std::string_view, void (*)(Pencil&)> kMakers = {
      {"house", house},   {"face", face}, {"star", star}, {"heart", heart},
      {"flower", flower}, {"tree", tree}, {"grid", grid}, {"person", person},
      {"fish", fish},     {"car", car},   {"cat", cat},   {"cup", cup}};
  ink.clear();
  Pencil pen(random, ink);
  const auto maker = kMakers.find(kind);
  if (maker != kMakers.end()) maker->second(pen);
  const float stretch = std::exp(static_cast<float>(random.normal(0, 0.12)));
  for (auto& p : ink.points) p = {p.x * stretch, p.y / stretch};
}

}  // namespace primer::handwriting::workshop
