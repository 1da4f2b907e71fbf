#pragma once

// Chances and their log odds, in which what several judges say is added.

#include <algorithm>
#include <cmath>

namespace primer::pronunciation {

inline float oddsOf(float chance) {
  const float inside = std::clamp(chance, 1e-6f, 1 - 1e-6f);
  return std::log(inside / (1 - inside));
}
inline float chanceOf(float odds) { return 1 / (1 + std::exp(-odds)); }

}  // namespace primer::pronunciation
