#pragma once

// What the float model's values look like on real data.

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/quantize.h"

namespace primer::toolkit {

// Of one tensor, over all samples.
struct ValueStatistics {
  float low = 0;  // least and greatest value; 0 lies between
  float high = 0;
  std::vector<double> histogram;      // equal bins from low to high
  std::vector<double> channel_means;  // along the last dimension
};

// By index of the tensor in the main graph: the inputs and every operator's outputs.
using Statistics = std::map<std::size_t, ValueStatistics>;

// Runs the model over the set, twice. Errors as quantizeInt8.
Result<Statistics> calibrate(std::span<const std::byte> model, const CalibrationSet& set);

struct ActivationRange {
  float low = 0;
  float high = 0;
};

// One rule's choice (not kAuto) for values that share a scale.
ActivationRange chooseRange(const std::vector<const ValueStatistics*>& values, RangeRule rule);

}  // namespace primer::toolkit
