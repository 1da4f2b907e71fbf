#pragma once

#include <algorithm>
#include <cmath>

namespace primer::knowledge {

inline double logistic(double x) { return 1 / (1 + std::exp(-x)); }

// Bounded: a chance of 0 or 1 is never meant.
inline double logit(double p) {
  const double bounded = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::log(bounded / (1 - bounded));
}

}  // namespace primer::knowledge
