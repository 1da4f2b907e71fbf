#pragma once

// Which scale every activation of a graph gets.

#include <cstdint>
#include <vector>

#include "primer/base/result.h"
#include "src/model_file.h"
#include "src/quantizer/calibration.h"

namespace primer::toolkit {

struct ScaleAndZero {
  float scale = 0;  // 0: the tensor is no activation
  std::int64_t zero_point = 0;
};

// kUnsupported names an operator without an int8 form here; also for a model that is quantised
// already, has several subgraphs, or an input that is not float.
Status checkQuantizable(const tflite::ModelT& model);

// One entry a tensor of the main graph. Tensors that must share a scale do; where a CONCATENATION's
// input has a scale of its own all the same (it comes from a soft-max), the writer puts a QUANTIZE
// between.
std::vector<ScaleAndZero> planScales(const tflite::ModelT& model, const Statistics& statistics,
                                     RangeRule rule);

// Asymmetric int8 for a range; zero is always exact.
ScaleAndZero scaleFor(const ActivationRange& range);

}  // namespace primer::toolkit
