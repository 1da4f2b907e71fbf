#pragma once

// Batch norm (Ioffe and Szegedy 2015) and the activation behind it in one step, over the last
// dimension of a contiguous tensor.
//
// libtorch's own channels-last batch norm takes longer than the convolutions around it where the
// channels are no multiple of its vector (27 ms against 2 for 128x28x28x12); this one reads the
// data twice forward and twice back.

#include <torch/types.h>

#include "src/model_file.h"

namespace primer::toolkit {

// Normalises by the batch's own mean and variance and moves `mean` and `variance` a tenth of the
// way to them. The activation is NONE, RELU or RELU6.
torch::Tensor fusedNorm(const torch::Tensor& x, const torch::Tensor& scale,
                        const torch::Tensor& shift, torch::Tensor mean, torch::Tensor variance,
                        double epsilon, tflite::ActivationFunctionType activation);

bool fusable(tflite::ActivationFunctionType activation);

}  // namespace primer::toolkit
