#pragma once

// Varies ink as hands, pens and tablets vary it.

#include "primer/base/result.h"
#include "primer/handwriting/ink_features.h"
#include "primer/toolkit/fields.h"
#include "primer/toolkit/random.h"

namespace primer::handwriting::workshop {

// Deviations are of normal distributions, in units of the ink's longest side unless said otherwise.
struct DistortionOptions {
  double rotation = 8;        // degrees
  double shear = 0.12;        // of x by y
  double aspect = 0.18;       // of the logarithm of width over height
  double elastic = 0.03;      // largest shift of a smooth field
  double perspective = 0.12;  // change of scale from one side to the other
  double stroke_shift = 0.03;
  double stroke_scale = 0.05;
  double reversed = 0.04;  // chance, per stroke
  double shuffled = 0.08;  // chance that two strokes change places in time
  double joined = 0.06;    // chance that two strokes become one, the lift drawn
  double broken = 0.06;    // chance that a stroke is written in two
  double trimmed = 0.25;   // chance that ends are cut off
  double coarse = 0.15;    // chance that 30 to 75 of 100 points are missing
  double jitter = 0.004;
  double hide_size = 0.3;  // chance that the relative size is hidden

  // The recipe's "augmentation" object.
  static Result<DistortionOptions> parse(const toolkit::Json& json);
};

// Moves the ink to its own unit square (centre 0, longest side 1) and distorts it there.
void distort(const DistortionOptions& options, toolkit::Random& random, FlatInk& ink);

// Only moves and scales.
void toUnitSquare(FlatInk& ink);

}  // namespace primer::handwriting::workshop
