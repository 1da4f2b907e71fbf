#pragma once

// How one hand sets a line or a page, and what a tablet keeps of its strokes.

#include <vector>

#include "primer/base/ink.h"
#include "primer/handwriting/ink_features.h"
#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

// How one hand sets a line; lengths in heights of a digit. Drawn anew for every line.
struct HandStyle {
  float gap = 0.15f;         // between glyphs' boxes
  float sign_gap = 0.1f;     // more, around operators and relations
  float low_height = 0.65f;  // of x, a, n
  float size_jitter = 0.08f;
  float height_jitter = 0.04f;  // of the base line
  float own_size = 0.5f;        // how far glyphs keep the size that their writer gave them
  float power_scale = 0.65f;
  float power_raise = 0.5f;  // of the base's height
  float fraction_scale = 0.85f;
  float fraction_gap = 0.18f;
  float bar_overhang = 0.12f;
  float root_reach = 0.1f;  // of the bar beyond its content
  float slant = 0;
  float tilt = 0;          // of the whole line
  float delayed = 0.05f;   // chance that a symbol's last stroke comes later
  float grid = 60;         // units of the tablet per height
  float coarse = 0;        // share of the points that are missing
  bool bar_first = false;  // a fraction's bar before its numerator
  bool bar_last = false;   // after both
  bool root_last = false;
  bool root_parted = false;  // hook and bar in two strokes

  // `freedom` as ComposerOptions.
  static HandStyle draw(toolkit::Random& random, double freedom = 0);
};

// What a tablet keeps of a stroke: lean, tilt and drift of the whole line, its grid, lost points.
Stroke recordStroke(const std::vector<PlanePoint>& points, const HandStyle& style, float wave,
                    float phase, toolkit::Random& random);

}  // namespace primer::handwriting::workshop
