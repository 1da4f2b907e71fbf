#pragma once

// Rounding weights with an eye on the data (Frantar et al. 2022, "Optimal brain compression"; the
// order of the weights as in "GPTQ"): one after the other, and what a rounding breaks in the
// layer's outputs is mended, as far as it can be, by the weights that are still free. Scales stay.

#include "primer/base/result.h"
#include "src/quantizer/integer_writer.h"

namespace primer::toolkit {

// For the convolutions and dense layers of subgraph `g` that the plan makes integers; `bytes` is
// the model beginning there. Layers of more than 640 weights an output, and grouped ones, are left
// out.
Result<RoundedWeights> roundWeights(const tflite::ModelT& model, std::size_t g,
                                    std::span<const std::byte> bytes, const GraphPlan& plan,
                                    const CalibrationSet& samples);

}  // namespace primer::toolkit
