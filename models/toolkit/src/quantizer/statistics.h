#pragma once

// What the float model's values look like on real data.

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/quantize.h"

namespace primer::toolkit {

// Of one tensor, over all samples.
struct ValueStatistics {
  float low = 0;  // least and greatest finite value; 0 lies between
  float high = 0;
  std::vector<double> histogram;      // equal bins from low to high
  std::vector<double> channel_means;  // along the last dimension
};

// By index of the tensor in the graph at which the model begins: the inputs and every operator's
// float outputs.
using Statistics = std::map<std::size_t, ValueStatistics>;

// Whether a set can calibrate a model: at least two samples, all inputs, of the right size,
// numbers, not all zero. kInvalidArgument names the sample and the input.
Status checkSamples(std::span<const std::byte> model, const CalibrationSet& set);

// Every float value of a run: the tensor, its numbers, the size of its last dimension.
using ValueVisitor =
    std::function<void(std::size_t tensor, std::span<const float> values, std::size_t channels)>;

// Runs the model on the first `most` samples of a set and shows all values. kDamaged where one is
// not a number (infinities are).
Status visitValues(std::span<const std::byte> model, const CalibrationSet& set, std::size_t most,
                   const ValueVisitor& visit);

// Runs the model over the set, twice.
Result<Statistics> calibrate(std::span<const std::byte> model, const CalibrationSet& set);

// The same of a constant.
ValueStatistics statisticsOf(std::span<const float> values);

}  // namespace primer::toolkit
