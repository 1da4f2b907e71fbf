#pragma once

// How far a quantised model's values are from the float model's, tensor by tensor.

#include <cstdint>
#include <span>
#include <vector>

#include "primer/base/result.h"
#include "primer/toolkit/quantize.h"

namespace primer::toolkit {

inline constexpr double kNoErrorDb = 200;  // of values that are the same to the last bit

// All float activations of the main graph, in the order in which they are made. `place[t]` is where
// the quantised model has the float model's tensor t (-1: nowhere). Runs both on the engine.
Result<std::vector<TensorError>> compareTensors(std::span<const std::byte> model,
                                                std::span<const std::byte> reference,
                                                const std::vector<std::int32_t>& place,
                                                const CalibrationSet& inputs);

// The least SNR: what a choice is judged by.
double leastSnr(const std::vector<TensorError>& errors);

}  // namespace primer::toolkit
