#include "lines/hand_style.h"

#include <algorithm>
#include <cmath>

#include "symbols/random_floats.h"

namespace primer::handwriting::workshop {

using toolkit::Random;

Stroke recordStroke(const std::vector<PlanePoint>& points, const HandStyle& style, float wave,
                    float phase, Random& random) {
  Stroke stroke;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool end = i == 0 || i + 1 == points.size();
    if (!end && random.chance(style.coarse)) continue;
    const auto& p = points[i];
    const float x = p.x - style.slant * p.y;
    const float y = p.y + style.tilt * p.x + wave * std::sin(0.6f * p.x + phase);
    const InkPoint at{std::round(x * style.grid), std::round(y * style.grid), 0, 1};
    if (!stroke.empty() && stroke.back() == at) continue;
    stroke.push_back(at);
  }
  return stroke;
}

HandStyle HandStyle::draw(Random& random, double freedom) {
  const auto range = [&](double low, double high) {
    const double more = freedom * (high - low) / 2;
    return uniform(random, low - more, high + more);
  };
  // Of what cannot be below 0.
  const auto above = [&](double low, double high) {
    return std::max(range(low, high), static_cast<float>(low) / 2);
  };
  const double loose = 1 + freedom;
  HandStyle s;
  s.gap = range(-0.04, 0.4);
  s.sign_gap = range(0.0, 0.5);
  s.low_height = above(0.48, 0.9);
  s.size_jitter = above(0.04, 0.14);
  s.height_jitter = above(0.02, 0.09);
  s.own_size = range(0.2, 0.8);
  s.power_scale = above(0.42, 0.8);
  s.power_raise = above(0.5, 0.88);
  s.fraction_scale = above(0.65, 1.05);
  s.fraction_gap = above(0.06, 0.38);
  s.bar_overhang = range(-0.06, 0.28);
  s.root_reach = range(-0.1, 0.25);
  s.slant = normal(random, 0.07 * loose);
  s.tilt = normal(random, 0.025 * loose);
  s.delayed = random.chance(0.3) ? 0.12f : 0.02f;
  s.grid = above(30, 240);
  s.coarse = random.chance(0.35) ? uniform(random, 0.2, 0.7) : 0.0f;
  const double order = random.uniform();
  s.bar_first = order < 0.13 * loose;
  s.bar_last = order > 1 - 0.13 * loose;
  s.root_last = random.chance(0.1 * loose);
  s.root_parted = random.chance(0.15 * loose);
  return s;
}

}  // namespace primer::handwriting::workshop
