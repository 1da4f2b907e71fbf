#include "primer/handwriting/drawn_digits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace primer::handwriting {

namespace {

struct Knot {
  float x, y;  // in heights, y downward
};
using Path = std::vector<Knot>;

// The knots through which the pen goes; a repeated knot is a corner.
const std::array<std::vector<Path>, 10>& digitPaths() {
  static const std::array<std::vector<Path>, 10> kPaths = {{
      {{{.36f, .02f},
        {.12f, .12f},
        {.02f, .5f},
        {.12f, .88f},
        {.32f, .99f},
        {.54f, .86f},
        {.62f, .5f},
        {.52f, .12f},
        {.34f, .01f}}},
      {{{.0f, .26f}, {.12f, .15f}, {.22f, .0f}, {.22f, .0f}, {.215f, .5f}, {.21f, 1.f}}},
      {{{.04f, .24f},
        {.12f, .06f},
        {.32f, .0f},
        {.54f, .1f},
        {.56f, .32f},
        {.4f, .6f},
        {.02f, .98f},
        {.02f, .98f},
        {.3f, .97f},
        {.64f, .97f}}},
      {{{.06f, .14f},
        {.22f, .01f},
        {.46f, .04f},
        {.54f, .22f},
        {.42f, .42f},
        {.22f, .47f},
        {.22f, .47f},
        {.48f, .52f},
        {.6f, .74f},
        {.46f, .95f},
        {.2f, .99f},
        {.02f, .86f}}},
      {{{.4f, .0f}, {.22f, .3f}, {.02f, .66f}, {.02f, .66f}, {.34f, .66f}, {.68f, .65f}},
       {{.48f, .38f}, {.47f, .7f}, {.46f, 1.f}}},
      {{{.1f, .02f},
        {.08f, .22f},
        {.06f, .44f},
        {.06f, .44f},
        {.3f, .38f},
        {.54f, .5f},
        {.58f, .76f},
        {.4f, .97f},
        {.16f, .98f},
        {.0f, .86f}},
       {{.1f, .02f}, {.32f, .015f}, {.58f, .0f}}},
      {{{.44f, .0f},
        {.22f, .18f},
        {.06f, .5f},
        {.04f, .78f},
        {.18f, .98f},
        {.42f, .97f},
        {.56f, .78f},
        {.46f, .58f},
        {.24f, .54f},
        {.06f, .72f}}},
      {{{.02f, .03f}, {.3f, .02f}, {.58f, .0f}, {.58f, .0f}, {.4f, .4f}, {.22f, 1.f}}},
      {{{.5f, .14f},
        {.32f, .0f},
        {.1f, .08f},
        {.1f, .28f},
        {.3f, .46f},
        {.54f, .66f},
        {.52f, .9f},
        {.3f, 1.f},
        {.06f, .9f},
        {.08f, .68f},
        {.32f, .46f},
        {.52f, .28f},
        {.5f, .12f}}},
      {{{.54f, .12f},
        {.34f, .0f},
        {.1f, .1f},
        {.04f, .32f},
        {.2f, .5f},
        {.44f, .44f},
        {.56f, .18f},
        {.56f, .18f},
        {.55f, .5f},
        {.5f, .8f},
        {.4f, 1.f}}},
  }};
  return kPaths;
}

// Catmull-Rom: passes through its knots with a continuous direction.
Knot between(const Knot& a, const Knot& b, const Knot& c, const Knot& d, float u) {
  const auto blend = [u](float p, float q, float r, float s) {
    return 0.5f * (2 * q + (r - p) * u + (2 * p - 5 * q + 4 * r - s) * u * u +
                   (3 * q - p - 3 * r + s) * u * u * u);
  };
  return {blend(a.x, b.x, c.x, d.x), blend(a.y, b.y, c.y, d.y)};
}

bool same(const Knot& a, const Knot& b) { return a.x == b.x && a.y == b.y; }

constexpr float kMillisecondsPerPoint = 12;
constexpr float kPenLift = 120;
constexpr float kDigitPause = 250;
constexpr int kPointsPerPiece = 6;

// The std distributions differ between libraries; this keeps a seed's ink the same everywhere.
float uniform(std::minstd_rand& random) {
  return static_cast<float>(random() % 20001) / 10000.0f - 1.0f;
}

}  // namespace

std::vector<Stroke> drawDigit(int digit, float left, float top, const PenStyle& style,
                              float start_ms) {
  std::vector<Stroke> strokes;
  if (digit < 0 || digit > 9) return strokes;
  std::minstd_rand random(style.seed * 7919u + static_cast<std::uint32_t>(digit) + 1u);
  float time = start_ms;
  for (auto path : digitPaths()[static_cast<std::size_t>(digit)]) {
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (i > 0 &&
          same(path[i], digitPaths()[static_cast<std::size_t>(digit)][strokes.size()][i - 1])) {
        path[i] = path[i - 1];  // a corner stays one
        continue;
      }
      path[i].x += style.wobble * uniform(random);
      path[i].y += style.wobble * uniform(random);
    }
    Stroke stroke;
    const auto put = [&](const Knot& knot) {
      const float x = knot.x + style.slant * (0.5f - knot.y);
      stroke.push_back({left + style.height * x, top + style.height * knot.y, time, 0.6f});
      time += kMillisecondsPerPoint;
    };
    put(path.front());
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
      if (same(path[i], path[i + 1])) continue;
      const bool corner_before = i == 0 || same(path[i - 1], path[i]);
      const bool corner_after = i + 2 >= path.size() || same(path[i + 1], path[i + 2]);
      const Knot& before = corner_before ? path[i] : path[i - 1];
      const Knot& after = corner_after ? path[i + 1] : path[i + 2];
      for (int k = 1; k <= kPointsPerPiece; ++k) {
        put(between(before, path[i], path[i + 1], after,
                    static_cast<float>(k) / static_cast<float>(kPointsPerPiece)));
      }
    }
    strokes.push_back(std::move(stroke));
    time += kPenLift;
  }
  return strokes;
}

Ink drawNumber(std::string_view digits, float left, float top, const PenStyle& style) {
  Ink ink;
  float x = left;
  float time = 0;
  PenStyle own = style;
  for (const char character : digits) {
    ++own.seed;  // two equal digits of one number are not copies
    const auto strokes = drawDigit(character - '0', x, top, own, time);
    float right = x + 0.4f * style.height;
    if (!strokes.empty()) right = x;
    for (const auto& stroke : strokes) {
      for (const auto& point : stroke) right = std::max(right, point.x);
      time = stroke.back().t + kDigitPause;
      ink.strokes.push_back(stroke);
    }
    x = right + style.gap * style.height;
  }
  return ink;
}

}  // namespace primer::handwriting
