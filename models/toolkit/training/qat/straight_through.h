#pragma once

// Rounding in the forward pass, none in the backward pass.

#include <torch/types.h>

#include "src/quantizer/ranges.h"

namespace primer::toolkit {

// `rounded` in place of `real`; gradients go to `real` unchanged.
torch::Tensor straightThrough(const torch::Tensor& real, const torch::Tensor& rounded);

// The same for an activation, whose values outside `range` were cut off: their gradients go to the
// end of the range that cut them, and those of the others in part, by what rounding added.
// The ends move with two numbers: low = l * exp(ends[0]), high = h * exp(ends[1]).
torch::Tensor straightThrough(const torch::Tensor& real, const torch::Tensor& rounded,
                              const ActivationRange& range, const torch::Tensor& ends);

}  // namespace primer::toolkit
