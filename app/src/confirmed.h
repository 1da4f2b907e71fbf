#pragma once

// What a pupil has said about a piece of ink: a digit, a line. It holds for that ink only: known
// again by its strokes and by where it lies, also after the ink was kept and read once more.

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "primer/app/values.h"

namespace primer::app {

struct Confirmed {
  std::vector<std::size_t> strokes;
  InkBox box;
  std::string text;

  bool isAbout(const std::vector<std::size_t>& of, const InkBox& at) const {
    constexpr float kSamePlace = 1;  // of the ink's units: keeping ink rounds it
    const auto near = [](float a, float b) { return std::abs(a - b) < kSamePlace; };
    return strokes == of && near(box.left, at.left) && near(box.top, at.top) &&
           near(box.right, at.right) && near(box.bottom, at.bottom);
  }
};

}  // namespace primer::app
