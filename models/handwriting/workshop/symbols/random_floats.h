#pragma once

// Random numbers as ink wants them.

#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

inline float normal(toolkit::Random& random, double deviation) {
  return static_cast<float>(random.normal(0, deviation));
}
inline float uniform(toolkit::Random& random, double low, double high) {
  return static_cast<float>(random.uniform(low, high));
}

}  // namespace primer::handwriting::workshop
