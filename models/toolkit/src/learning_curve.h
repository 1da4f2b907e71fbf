#pragma once

// A training's learning curve as a picture.

#include <string>

#include "primer/toolkit/fields.h"

namespace primer::toolkit {

struct CurveLabels {
  std::string title;   // what is learned
  std::string figure;  // the entry of the history that is judged by; empty: loss alone
  std::string split;   // whose figure that is
};

// SVG: the figure on the development split above, with its best point marked, the training loss
// below, both over the epochs. `history` is an array of {"epoch", "loss", <figure>...}; entries
// without numbers are left out. An empty history gives axes alone.
std::string learningCurve(const Json& history, const CurveLabels& labels);

}  // namespace primer::toolkit
