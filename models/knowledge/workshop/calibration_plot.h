#pragma once

// Chances against what came of them, as a picture.

#include <string>
#include <vector>

#include "primer/toolkit/chances.h"

namespace primer::knowledge::workshop {

struct CalibrationCurve {
  std::string name;
  std::vector<toolkit::Judged> judged;
};

// An SVG with a small diagram for each curve: a dot for each bin, as large as
// its share of answers, on the diagonal where the chance is what it says.
std::string calibrationPlot(const std::vector<CalibrationCurve>& curves);

}  // namespace primer::knowledge::workshop
