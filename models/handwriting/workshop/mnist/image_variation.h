#pragma once

// Variations of a small picture of a digit, as other hands and other pens would have made it.

#include <span>

#include "primer/base/result.h"
#include "primer/toolkit/fields.h"
#include "primer/toolkit/random.h"

namespace primer::handwriting {

struct ImageVariation {
  double rotation = 9;     // degrees, standard deviation
  double shear = 0.12;     // standard deviation
  double scale = 0.1;      // standard deviation of the logarithm, both ways together
  double aspect = 0.07;    // the same, one way against the other
  double shift = 1.3;      // pixels, standard deviation
  double elastic = 1.1;    // pixels, standard deviation of a 5x5 net of displacements
  double thickness = 0.5;  // share of the pictures whose strokes are made thinner or thicker

  static Result<ImageVariation> parse(const toolkit::Json& json);

  // `pixels` are side x side numbers of 0..1, 0 is paper; replaced.
  void apply(std::span<float> pixels, int side, toolkit::Random& random) const;
};

}  // namespace primer::handwriting
