#pragma once

// Which part of the values' range an activation's levels cover.

#include <vector>

#include "primer/toolkit/quantize.h"
#include "src/quantizer/operator_rules.h"
#include "src/quantizer/statistics.h"

namespace primer::toolkit {

struct ActivationRange {
  float low = 0;
  float high = 0;
};

// One rule's choice (not kAuto) for values that share a scale.
ActivationRange chooseRange(const std::vector<const ValueStatistics*>& values, RangeRule rule);

// The scale for a range: asymmetric int8, symmetric int16. Zero is always exact.
ScaleAndZero scaleFor(const ActivationRange& range, Precision precision);

}  // namespace primer::toolkit
